import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowEngine } from '../../src/engine/pool.js';
import { type SimulateOptions, simulate } from '../../src/index.js';
import { crossingTime } from '../../src/sensitivity/crossing.js';
import { type SensitivityOptions, sensitivities } from '../../src/sensitivity/index.js';
import { NetworkRuns } from '../../src/simulate/network-runs.js';
import type { Placed } from '../../src/simulate/placed.js';
import { NetworkSimulator } from '../../src/simulate/simulator.js';
import { referenceProblems } from '../problems/index.js';
import { allQuantities, differences } from '../tools/differences.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';
import { saveAt, scheduled } from './examples.js';

const engines = ['wasm', 'js'] as const;
const methods = ['rodas5p', 'rodas4', 'tsit5', 'auto'] as const;
const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Largest difference to what a formula gives. */
const off = (found: Float64Array, times: Float64Array, wanted: (t: number) => number) =>
  largest(found.map((value, i) => value - wanted(times[i])));

describe('closed forms', () => {
  const cases = engines.flatMap((engine) => methods.map((method) => ({ engine, method })));

  it.each(cases)('a decay by $method in $engine', async ({ engine, method }) => {
    const network = networkOf('param k = 0.7; init A = 2; A ->{k} B');
    const of = ['k', 'init:A', 'init:B', 'rate:1'];
    const solution = await sensitivities(network, { of, to: 3, rtol: 1e-9, atol: 1e-12, engine, method });
    const { times } = solution;
    const slope = (t: number) => -2 * t * Math.exp(-0.7 * t);
    expect(off(solution.sensitivity('A', 'k'), times, slope)).toBeLessThan(1e-8);
    expect(off(solution.sensitivity('B', 'k'), times, (t) => -slope(t))).toBeLessThan(1e-8);
    expect(off(solution.sensitivity('A', 'init:A'), times, (t) => Math.exp(-0.7 * t))).toBeLessThan(1e-8);
    expect(off(solution.sensitivity('B', 'init:B'), times, () => 1)).toBe(0);
    expect(solution.sensitivity('A', 'rate:1')).toEqual(solution.sensitivity('A', 'k'));
  });

  it('a reversible pair, whose sum keeps its derivatives', async () => {
    const [f, b] = [2, 0.5];
    const network = networkOf(`param f = ${f}, b = ${b}; init A = 1; A <->{f}{b} B`);
    const solution = await sensitivities(network, {
      of: ['f', 'b', 'init:B'],
      to: 4,
      rtol: 1e-10,
      atol: 1e-13,
    });
    const { times } = solution;
    // A = (b + f e^−(f+b)t)/(f+b), and what B adds relaxes in the same way.
    const e = (t: number) => Math.exp(-(f + b) * t);
    const byF = (t: number) => (-b * (1 - e(t))) / (f + b) ** 2 - (f * t * e(t)) / (f + b);
    const byB = (t: number) => (f * (1 - e(t))) / (f + b) ** 2 - (f * t * e(t)) / (f + b);
    expect(off(solution.sensitivity('A', 'f'), times, byF)).toBeLessThan(1e-9);
    expect(off(solution.sensitivity('A', 'b'), times, byB)).toBeLessThan(1e-9);
    expect(off(solution.sensitivity('A', 'init:B'), times, (t) => (b * (1 - e(t))) / (f + b))).toBeLessThan(
      1e-9,
    );
    for (const p of ['f', 'b']) {
      const sum = solution.sensitivity('A', p).map((value, i) => value + solution.sensitivity('B', p)[i]);
      expect(largest(sum)).toBeLessThan(1e-15);
    }
  });

  it('held species and merged reactions, by way of the folded constants', async () => {
    const network = networkOf(`
      param k = 0.3, j = 0.2
      init A = 1; const F = 1.7; const G = 0.9
      A -> B [rate k*A*F^1.5*G]
      A -> B [rate j*A*G^0.5]
      2 A -> 2 B [rate 0.1*A]`);
    const of = ['k', 'j', 'init:F', 'init:G', 'rate:3'];
    const solution = await sensitivities(network, { of, to: 2, rtol: 1e-10, atol: 1e-13 });
    const rate = 0.3 * 1.7 ** 1.5 * 0.9 + 0.2 * 0.9 ** 0.5 + 0.2;
    const slopes: Record<string, number> = {
      k: 1.7 ** 1.5 * 0.9,
      j: 0.9 ** 0.5,
      'init:F': 0.3 * 1.5 * 1.7 ** 0.5 * 0.9,
      'init:G': 0.3 * 1.7 ** 1.5 + 0.2 * 0.5 * 0.9 ** -0.5,
      'rate:3': 2,
    };
    for (const [p, slope] of Object.entries(slopes)) {
      const wanted = (t: number) => -t * slope * Math.exp(-rate * t);
      expect(off(solution.sensitivity('A', p), solution.times, wanted), p).toBeLessThan(1e-9);
    }
    expect(off(solution.sensitivity('F', 'init:F'), solution.times, () => 1)).toBe(0);
  });
});

/**
 * With steps of a fixed size what is computed is a smooth function of all quantities, whatever its error, and a tangent is
 * its derivative to rounding: second derivatives in the stages and all.
 */
describe('tangents are the derivatives of the steps that were made', () => {
  it.each(['rodas5p', 'rodas4', 'tsit5'] as const)('%s on random networks', async (method) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomNetwork(), async ({ network, constants, state }) => {
        const options: SimulateOptions = { to: 0.02, fixedStep: 0.01, saveAt: [0.013, 0.02], method };
        const of = [
          ...network.reactions.map((_, r) => `rate:${r + 1}`),
          ...network.species.map(({ name }) => `init:${name}`),
        ];
        const sizes = [...constants, ...state];
        const found = await sensitivities(network, { of, ...options }).catch(() => undefined);
        // Laws of one's own may use up what is not there, or make it without bound.
        if (found === undefined) return;
        const other = await sensitivities(network, { of, ...options, engine: 'js' });
        // Four quantities make a block: one of each, and of the part that is left over.
        for (const q of [0, of.length >> 1, of.length - 1]) {
          const wanted = await differences(network, of[q], options, 1e-3 * sizes[q]).catch(() => undefined);
          found.times.forEach((_, i) => {
            const row = found.sensitivityRow(i, of[q]);
            expect(other.sensitivityRow(i, of[q])).toEqual(row);
            if (wanted === undefined) return;
            row.forEach((value, s) => {
              // Its own error is of order 10⁻¹², times the fifth derivative by the quantity's size.
              const difference = wanted[i * row.length + s];
              const scale = found.row(i)[s] + Math.abs(sizes[q] * difference);
              expect(Math.abs(sizes[q] * (value - difference)), of[q]).toBeLessThan(1e-8 * scale);
              compared++;
            });
          });
        }
      }),
      { seed: 20_260_700, numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

describe('what moves a state but reactions', () => {
  it.each(Object.entries(scheduled))('%s, against differences', async (_, text) => {
    const network = networkOf(text);
    const of = allQuantities(network);
    const options = { saveAt, rtol: 1e-11, atol: 1e-13 };
    const solution = await sensitivities(network, { of, ...options });
    for (const p of of) {
      // Quantities that start at 0 cannot be less.
      const isZero = p.startsWith('init:') && solution.column(p.slice(5))[0] === 0;
      if (isZero) continue;
      const wanted = await differences(network, p, options, 2e-3);
      const size = Math.max(largest(wanted), 1e-3);
      const rows = Array.from(saveAt, (__, i) => [...solution.sensitivityRow(i, p)]).flat();
      rows.forEach((value, i) => {
        expect(Math.abs(value - wanted[i]), `${p} at ${i}`).toBeLessThan(1e-6 * size);
      });
    }
  });

  it('events and phases change no run that is not differentiated', async () => {
    for (const text of Object.values(scheduled)) {
      const network = networkOf(text);
      const plain = await simulate(network, { saveAt });
      const found = await sensitivities(network, { of: ['k'], saveAt, errorControl: 'state' });
      expect(found.stats).toEqual(plain.stats);
      for (let i = 0; i < saveAt.length; i++) expect(found.row(i)).toEqual(plain.row(i));
    }
  });

  it('a level that is only touched has no derivative, and is refused', async () => {
    const network = networkOf('init A = 0.5, B = 1; A <->{1}{0.5} B');
    const runs = new NetworkRuns(network, { to: 1 });
    const engine = await borrowEngine('wasm');
    const simulator = new NetworkSimulator(runs, engine);
    let placed: Placed | undefined;
    simulator.alive().follower = {
      width: 0,
      start: () => {},
      begin: (given) => {
        placed = given;
      },
      take: () => {},
      turn: () => {},
    };
    simulator.run();
    const touched = { species: 0, direction: 'rises', level: 0.5, doses: [], after: 'goOn' } as const;
    const time = () => crossingTime(engine, placed as Placed, { ...touched, doses: [] }, runs.species);
    expect(time).toThrow(/^A rises 0.5: it crosses at the rate 0, .*crossed, not touched$/);
    simulator.dispose();
  });
});

describe('what is not there yet', () => {
  it('a constant of 0 and a species that is absent have derivatives', async () => {
    const network = networkOf('param z = 0; init A = 1; A ->{1} B; B ->{z} C; C + X ->{1} Y');
    const options = { of: ['z', 'rate:2', 'init:X', 'init:C'], to: 2, rtol: 1e-10, atol: 1e-13 };
    const solution = await sensitivities(network, options);
    // C′ = z B: ∂C/∂z = ∫B = t − (1 − e^−t).
    const wanted = (t: number) => t - 1 + Math.exp(-t);
    expect(off(solution.sensitivity('C', 'z'), solution.times, wanted)).toBeLessThan(1e-9);
    expect(solution.sensitivity('C', 'rate:2')).toEqual(solution.sensitivity('C', 'z'));
    expect(off(solution.sensitivity('X', 'init:X'), solution.times, () => 1)).toBe(0);
    expect(off(solution.sensitivity('C', 'init:C'), solution.times, () => 1)).toBe(0);
  });
});

const stiff = referenceProblems.filter(({ name }) => ['robertson', 'hires', 'pollu', 'orego'].includes(name));

describe('stiff problems', () => {
  it.each(stiff)(
    '$name, against differences of sharper runs',
    async ({ text, ends: [{ to, atol = 1e-12 }] }) => {
      const network = networkOf(text);
      const of = network.reactions.map((_, r) => `rate:${r + 1}`).slice(0, 5);
      const times = [to / 100, to / 3, to];
      const floor = typeof atol === 'number' ? Math.min(atol, 1e-14) : 1e-14;
      const solution = await sensitivities(network, { of, to, saveAt: times, rtol: 1e-7, atol: 1e2 * floor });
      for (const [q, p] of of.entries()) {
        const { rate } = network.reactions[q];
        const size = rate.kind === 'number' ? rate.value : 1;
        const sharp = { to, saveAt: times, rtol: 1e-12, atol: floor };
        const wanted = await differences(network, p, sharp, 3e-3 * size);
        const width = network.species.length;
        times.forEach((_, i) => {
          const found = solution.sensitivityRow(i, p);
          found.forEach((value, s) => {
            // A change of the constant by its own size, beside the concentrations themselves.
            const scale = solution.row(i)[s] + Math.abs(size * wanted[i * width + s]);
            expect(Math.abs(size * (value - wanted[i * width + s])), `${p} ${s} ${i}`).toBeLessThan(
              2e-5 * scale,
            );
          });
        });
      }
    },
  );
});

describe('the work', () => {
  it.each(referenceProblems)(
    "of $name is the plain run's where its error alone is controlled",
    async ({ text, ends }) => {
      const network = networkOf(text);
      const [{ to, atol = 1e-12 }] = ends;
      const options = { to, atol: typeof atol === 'number' ? atol * 1e3 : 1e-9, save: 4, rtol: 1e-6 };
      const plain = await simulate(network, options);
      const found = await sensitivities(network, {
        ...options,
        of: ['rate:1', 'rate:2'],
        errorControl: 'state',
      });
      expect(found.stats).toEqual(plain.stats);
      for (let i = 0; i < plain.times.length; i++) expect(found.row(i)).toEqual(plain.row(i));
      const full = await sensitivities(network, { ...options, of: ['rate:1', 'rate:2'] });
      expect(full.stats.steps).toBeGreaterThanOrEqual(plain.stats.steps);
      // As many factorisations as attempts: those of the state's steps serve all quantities.
      const { error, negative, nonFinite } = full.stats.rejected;
      const explicit = full.stats.switches > 0 || full.stats.factorisations === 0;
      if (!explicit) expect(full.stats.factorisations).toBe(full.stats.steps + error + negative + nonFinite);
    },
  );

  it('derivatives are followed where the state stands still', async () => {
    const network = networkOf('param f = 2; init A = 0.2, B = 0.8; A <->{f}{0.5} B');
    const at = async (errorControl: NonNullable<SensitivityOptions['errorControl']>) => {
      const { times, stats, ...rest } = await sensitivities(network, {
        of: ['f'],
        to: 100,
        save: 400,
        errorControl,
      });
      void rest;
      const solution = await sensitivities(network, { of: ['f'], to: 100, save: 400, errorControl });
      // A₀ is what it settles at: ∂A/∂f = −A₀ (1 − e^−2.5t)/2.5.
      return {
        steps: stats.steps,
        off: off(solution.sensitivity('A', 'f'), solution.times, (t) => -0.08 * (1 - Math.exp(-2.5 * t))),
      };
    };
    const [full, state] = [await at('full'), await at('state')];
    expect(full.off).toBeLessThan(1e-6);
    expect(state.steps).toBeLessThan(full.steps / 2);
    expect(state.off).toBeGreaterThan(1e-3);
  });
});
