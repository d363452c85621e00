import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameStructure } from '../../src/compile/cache.js';
import { structureOf } from '../../src/compile/structure.js';
import {
  createReactor,
  createSimulator,
  type Network,
  type SimulateOptions,
  simulate,
  simulateMany,
} from '../../src/index.js';
import { netChange } from '../../src/network/change.js';
import { e5, referenceProblems } from '../problems/index.js';
import { kernelAt } from '../tools/kernel-at.js';
import { naiveDerivative } from '../tools/naive.js';
import { digits, networkOf } from '../tools/network.js';
import { closedNetwork } from '../tools/random-network.js';

const runs = { seed: 20_240_902, numRuns: 150 };

describe.each(['wasm', 'js'] as const)('elimination by conserved sums, in the %s kernel', (engine) => {
  it('leaves the derivative as it is, and differentiates along the sums', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(closedNetwork, async ({ network, constants, state }) => {
        const at = await kernelAt(network, constants, state, { engine, eliminate: true });
        const { value, magnitude } = naiveDerivative(network, constants, state);
        for (const { species, sum } of at.eliminated) {
          found++;
          expect([...sum.keys()].at(-1)).toBe(species);
          for (const reaction of network.reactions) {
            const moved = netChange(reaction).reduce(
              (total, t) => total + (sum.get(t.species) ?? 0) * t.value,
              0,
            );
            expect(moved).toBe(0);
          }
          expect(at.eliminated.filter((other) => other.sum.has(species))).toHaveLength(1);
        }
        for (const i of at.dynamic) {
          expect(Math.abs(at.derivative[i] - value[i])).toBeLessThanOrEqual(1e-12 * magnitude[i]);
        }
        for (const j of at.dynamic) {
          const h = 1e-5 * state[j];
          const along = (shift: number) => {
            const moved = [...state];
            moved[j] += shift;
            for (const { species, sum } of at.eliminated) {
              moved[species] -= (shift * (sum.get(j) ?? 0)) / sum.get(species)!;
            }
            return naiveDerivative(network, constants, moved);
          };
          const [up, down] = [along(h), along(-h)];
          for (const i of at.dynamic) {
            const wanted = (up.value[i] - down.value[i]) / (2 * h);
            const bound = (1e-6 * up.magnitude[i]) / Math.min(...state) + 1e-9;
            expect(Math.abs(at.jacobian[i][j] - wanted)).toBeLessThanOrEqual(bound);
          }
        }
      }),
      runs,
    );
    expect(found).toBeGreaterThan(100);
  });
});

async function both(network: Network, options: SimulateOptions) {
  return [
    await simulate(network, { ...options, conservation: 'eliminate' }),
    await simulate(network, { ...options, conservation: 'restore' }),
  ];
}

describe("conservation: 'eliminate'", () => {
  it('keeps the digits of E5 to the end, where two species differ by what is left of a third', async () => {
    const end = 8.861233521289e-23;
    for (const engine of ['wasm', 'js'] as const) {
      const { final } = await simulate(networkOf(e5.text), {
        to: 1e13,
        rtol: 1e-10,
        atol: 1e-32,
        conservation: 'eliminate',
        engine,
      });
      expect(final.y2).toBe(final.y3 + final.y4);
      expect(digits(final.y2, end)).toBeGreaterThan(8);
      expect(digits(final.y3, end)).toBeGreaterThan(8);
    }
  });

  it.each(referenceProblems)('$name: as when sums are restored', async ({ text, ends }) => {
    const [{ to, atol }] = ends;
    const options = { to, rtol: 1e-9, save: 5, atol: atol ?? 1e-12 };
    const [eliminated, restored] = await both(networkOf(text), options);
    const largest = Math.max(...Object.values(restored.final));
    for (let i = 0; i < restored.times.length; i++) {
      const wanted = restored.row(i);
      eliminated.row(i).forEach((x, s) => {
        expect(Math.abs(x - wanted[s])).toBeLessThanOrEqual(1e-5 * Math.abs(wanted[s]) + 1e-8 * largest);
      });
    }
  });

  it('as when sums are restored, on random networks', async () => {
    await fc.assert(
      fc.asyncProperty(closedNetwork, async ({ network }) => {
        const options = { to: 0.05, rtol: 1e-9, atol: 1e-12, save: 4 };
        let eliminated: number[];
        let restored: number[];
        try {
          [eliminated, restored] = (await both(network, options)).map((one) =>
            [0, 1, 2, 3, 4].flatMap((i) => [...one.row(i)]),
          );
        } catch {
          return;
        }
        restored.forEach((wanted, i) => {
          expect(Math.abs(eliminated[i] - wanted)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(wanted)));
        });
      }),
      runs,
    );
  });

  const enzyme = 'init E = 0.3, S = 2 \n E + S <->{50}{3} ES \n ES ->{4} E + P \n';

  it('doses and crossings of what is eliminated', async () => {
    // Every species once as what crosses and once as what is dosed: some of them are eliminated.
    for (const [species, level, way] of [
      ['E', 0.1, 'rises'],
      ['S', 1, 'falls'],
      ['ES', 0.1, 'falls'],
      ['P', 1, 'rises'],
    ] as const) {
      for (const dosed of ['E', 'S', 'ES', 'P']) {
        const network = networkOf(`${enzyme} dose ${dosed} += 0.25 when ${species} ${way} ${level}`);
        const [one, other] = await both(network, { to: 6, rtol: 1e-9, atol: 1e-12, save: 10 });
        expect(one.stats.events).toBe(other.stats.events);
        expect(one.stats.events).toBeGreaterThan(0);
        for (let i = 0; i <= 10; i++) {
          const wanted = other.row(i);
          one.row(i).forEach((x, s) => {
            expect(x).toBeCloseTo(wanted[s], 7);
          });
        }
      }
    }
  });

  it.each(['auto', 'rodas4', 'tsit5', 'bdf'] as const)('%s: rows, doses and crossings', async (method) => {
    const network = networkOf(`${enzyme} dose S += 0.25 when ES falls 0.1 \n dose P = 0 when E rises 0.25`);
    const options = { to: 6, rtol: 1e-9, atol: 1e-12, save: 10, method };
    const [one, other] = await both(network, options);
    expect(one.stats.events).toBe(other.stats.events);
    expect(one.stats.events).toBeGreaterThan(1);
    for (let i = 0; i <= 10; i++) {
      const wanted = other.row(i);
      one.row(i).forEach((x, s) => {
        expect(Math.abs(x - wanted[s])).toBeLessThan(1e-6);
      });
    }
    const inJs = await simulate(network, { ...options, conservation: 'eliminate', engine: 'js' });
    for (let i = 0; i <= 10; i++) expect(inJs.row(i)).toEqual(one.row(i));
    expect(inJs.stats).toEqual(one.stats);
  });

  it('many at once: the bits of each alone', async () => {
    const network = networkOf(enzyme);
    const runs = Array.from({ length: 6 }, (_, k) => ({ initial: { S: k } }));
    const options = { to: 3, save: 5, conservation: 'eliminate' } as const;
    const alone = await Promise.all(runs.map((run) => simulate(network, { ...options, ...run })));
    for (const kernels of ['auto', 'interpreted'] as const) {
      const together = await simulateMany(network, runs, { ...options, kernels });
      together.forEach((one, k) => {
        for (let i = 0; i <= 5; i++) expect(one.row(i)).toEqual(alone[k].row(i));
        expect(one.stats).toEqual(alone[k].stats);
      });
    }
  });

  it('GMRES goes without it', async () => {
    const options = { to: 3, method: 'bdf', linearSolver: 'gmres' } as const;
    const [one, other] = await both(networkOf(enzyme), options);
    expect(one.final).toEqual(other.final);
    expect(one.stats.linearIterations).toBeGreaterThan(0);
  });

  it('stays as a simulator is made', async () => {
    const simulator = await createSimulator(networkOf(enzyme), { to: 1, conservation: 'eliminate' });
    expect(() => simulator.run({ conservation: 'restore' } as object)).toThrow(/conservation is fixed/);
    simulator.dispose();
    await expect(simulate(networkOf(enzyme), { to: 1, conservation: 'none' as 'restore' })).rejects.toThrow(
      /conservation/,
    );
  });

  it('is compiled apart from what it is not', () => {
    const network = networkOf(enzyme);
    expect(sameStructure(structureOf(network, [0]), structureOf(network, [0], true))).toBe(false);
  });

  it('a reactor with it runs until a crossing of any species', async () => {
    const network = networkOf(`${enzyme} phase go 10: *`);
    for (const [species, level, direction] of [
      ['E', 0.1, 'rises'],
      ['S', 1, 'falls'],
      ['P', 1, 'rises'],
    ] as const) {
      const elapsed = [];
      for (const conservation of ['eliminate', 'restore'] as const) {
        const reactor = await createReactor(network, { conservation, rtol: 1e-10, atol: 1e-13 });
        elapsed.push(reactor.run('go', { until: { species, direction, level } }).elapsed);
        expect(reactor.state[reactor.index(species)]).toBeCloseTo(level, 10);
        reactor.dispose();
      }
      expect(elapsed[0]).toBeCloseTo(elapsed[1], 7);
      expect(elapsed[0]).toBeLessThan(10);
    }
  });

  it('a step that takes what is eliminated below 0 is rejected', async () => {
    // B is used up by a law that does not ask for it, and is what the sum A + B leaves.
    const network = networkOf('init A = 1, B = 0.5 \n B -> A [rate 1*A] \n A -> C [rate 0.001*A]');
    await expect(simulate(network, { to: 10, conservation: 'eliminate' })).rejects.toMatchObject({
      code: 'negative',
      species: 'B',
    });
  });
});
