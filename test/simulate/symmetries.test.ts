import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, type Network, type SimulateOptions, type Solution, simulate } from '../../src/index.js';
import type { Expression, SpeciesTerm } from '../../src/network/model.js';
import { SolveFailure } from '../../src/simulate/failure.js';
import { closedNetwork, type RandomNetwork, randomNetwork } from '../tools/random-network.js';

const seeded = { seed: 20_260_801, numRuns: 60 };
const number = (value: number): Expression => ({ kind: 'number', value });

const methods: [string, SimulateOptions][] = [
  ['rodas4', { method: 'rodas4' }],
  ['rodas5p', { method: 'rodas5p' }],
  ['tsit5', { method: 'tsit5' }],
  ['bdf', { method: 'bdf' }],
  ['bdf with gmres', { method: 'bdf', linearSolver: 'gmres' }],
  ['auto', { method: 'auto' }],
];

/** What a run comes to; of one that fails what there is of it, and why. */
async function outcome(network: Network, options: SimulateOptions): Promise<[string, Solution | undefined]> {
  try {
    return ['done', await simulate(network, { ...options, maxSteps: 2000 })];
  } catch (error) {
    if (!(error instanceof SolveFailure)) throw error;
    return [error.code, error.partial];
  }
}

const rowsOf = (solution: Solution | undefined): Float64Array[] =>
  Array.from(solution?.times ?? [], (_, i) => solution!.row(i));

describe.each(methods)('%s, on random networks', (_, solver) => {
  it('keeps every conserved sum to 1e-12 of its members, row by row', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(closedNetwork, async ({ network }) => {
        const { moieties } = analyse(network);
        const [, solution] = await outcome(network, { ...solver, to: 2, rtol: 1e-5, atol: 1e-8, save: 20 });
        const rows = rowsOf(solution);
        for (const [i, row] of rows.entries()) {
          // Where linear systems are solved to a part of the tolerance, rows between steps keep sums as well as that.
          const isBetween = solver.linearSolver === 'gmres' && i < rows.length - 1;
          for (const { coefficients, total } of moieties) {
            const terms = Object.entries(coefficients).map(
              ([name, c]) => c * row[solution!.species.indexOf(name)],
            );
            const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
            const off = Math.abs(terms.reduce((sum, term) => sum + term, 0) - total);
            expect(off).toBeLessThanOrEqual(isBetween ? 1e-3 * (1e-8 + 1e-5 * size) : 1e-12 * size);
            compared++;
          }
        }
      }),
      seeded,
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('does not depend on the order of species and reactions', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ network, turned, place }) => {
        // Fixed steps, so that what differs is the rounding of sums and nothing else.
        const options = { ...solver, to: 0.05, fixedStep: 1 / 256, rtol: 1e-11, atol: 1e-12, save: 4 };
        const [[code, one], [otherCode, other]] = [
          await outcome(network, options),
          await outcome(turned, options),
        ];
        expect(otherCode).toBe(code);
        if (code !== 'done') return;
        done++;
        const rows = rowsOf(other);
        for (const [i, row] of rowsOf(one).entries()) {
          const largest = Math.max(...row.map(Math.abs));
          row.forEach((x, s) => {
            expect(Math.abs(rows[i][place[s]] - x)).toBeLessThanOrEqual(1e-10 * largest);
          });
        }
      }),
      seeded,
    );
    expect(done).toBeGreaterThan(20);
  });

  // Powers of two scale without rounding: steps, counters and bits are the same.
  it('does not know the unit of time, but for the first step', async () => {
    const unit = 1024;
    await fc.assert(
      fc.asyncProperty(randomNetwork({ fractional: false }), async ({ network }) => {
        const faster = withConstants(network, (k) => k * unit);
        const own = { ...solver, to: 0.5, rtol: 1e-6, save: 4 };
        // The usual rule for a first step (Hairer, Nørsett & Wanner II.4) compares a first derivative with a second one.
        const [code, one] = await outcome(network, { ...own, firstStep: 2 ** -12 });
        const [otherCode, other] = await outcome(faster, {
          ...own,
          to: 0.5 / unit,
          firstStep: 2 ** -12 / unit,
        });
        expect(otherCode).toBe(code);
        expect(other?.stats).toEqual(one?.stats);
        expect(rowsOf(other)).toEqual(rowsOf(one));
      }),
      seeded,
    );
  });

  it('does not know the unit of concentration', async () => {
    await fc.assert(
      fc.asyncProperty(randomNetwork({ fractional: false }), async ({ network }) => {
        const unit = 1024;
        const options = { ...solver, to: 0.5, rtol: 1e-6, save: 4 };
        const scaled = withConstants(network, (k, order) => k * unit ** (1 - order));
        for (const one of scaled.species)
          one.initial = number(unit * (one.initial as { value: number }).value);
        const [code, one] = await outcome(network, { ...options, atol: 2 ** -30 });
        const [otherCode, other] = await outcome(scaled, { ...options, atol: unit * 2 ** -30 });
        expect(otherCode).toBe(code);
        expect(other?.stats).toEqual(one?.stats);
        expect(rowsOf(other).map((row) => row.map((x) => x / unit))).toEqual(rowsOf(one));
      }),
      seeded,
    );
  });
});

// An explicit method would take its steps by the fastest pair until the slowest is at rest.
describe.each(methods.filter(([name]) => name !== 'tsit5'))('%s, on reversible networks', (_, solver) => {
  it('comes to the rest of a reversible network, where every pair is balanced', async () => {
    await fc.assert(
      fc.asyncProperty(reversible, async ({ network, pairs }) => {
        const { final } = await simulate(network, { ...solver, to: 1e7, rtol: 1e-8, atol: 1e-12, save: 1 });
        const product = (side: readonly SpeciesTerm[]) =>
          side.reduce((x, { species, value }) => x * final[`S${species}`] ** value, 1);
        for (const { left, right, ratio } of pairs) {
          expect(product(right) / product(left) / ratio).toBeCloseTo(1, 5);
        }
      }),
      { ...seeded, numRuns: 25 },
    );
  });
});

/** A copy whose every constant is another. */
function withConstants(network: Network, change: (k: number, order: number) => number): Network {
  const copy = structuredClone(network);
  for (const reaction of copy.reactions) {
    const order = reaction.orders.reduce((sum, { value }) => sum + value, 0);
    reaction.rate = number(change((reaction.rate as { value: number }).value, order));
  }
  return copy;
}

/** A network, and the same with species and reactions in another order; `place` says where each species has gone. */
const shuffled = randomNetwork().chain(({ network }: RandomNetwork) =>
  fc
    .record({
      species: fc.shuffledSubarray([...network.species.keys()], { minLength: network.species.length }),
      reactions: fc.shuffledSubarray([...network.reactions.keys()], { minLength: network.reactions.length }),
    })
    .map(({ species, reactions }) => {
      const place = network.species.map((_, s) => species.indexOf(s));
      const moved = (terms: readonly SpeciesTerm[]) =>
        terms.map(({ species: s, value }) => ({ species: place[s], value })).reverse();
      const turned: Network = {
        ...network,
        species: species.map((s) => network.species[s]),
        reactions: reactions.map((r) => {
          const one = network.reactions[r];
          return {
            ...one,
            reactants: moved(one.reactants),
            products: moved(one.products),
            orders: moved(one.orders),
          };
        }),
      };
      return { network, turned, place };
    }),
);

/**
 * Networks of reversible pairs whose constants follow from an energy for each species, so that their products around any
 * cycle are equal both ways (Wegscheider's condition): at rest every pair is balanced by itself.
 */
const reversible = fc.integer({ min: 2, max: 6 }).chain((count) => {
  const side = fc
    .uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 2 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((species) =>
          fc.record({ species: fc.constant(species), value: fc.constantFrom(1, 1, 2) }),
        ),
      ),
    );
  const positive = fc.double({ min: 0.3, max: 3, noNaN: true });
  return fc
    .record({
      rest: fc.array(positive, { minLength: count, maxLength: count }),
      start: fc.array(positive, { minLength: count, maxLength: count }),
      pairs: fc.array(fc.record({ left: side, right: side, k: positive }), { minLength: 1, maxLength: 8 }),
    })
    .map(({ rest, start, pairs }) => {
      const at = (terms: readonly SpeciesTerm[]) =>
        terms.reduce((x, { species, value }) => x * rest[species] ** value, 1);
      const real = pairs.filter(({ left, right }) => JSON.stringify(left) !== JSON.stringify(right));
      const network: Network = {
        species: start.map((value, s) => ({ name: `S${s}`, initial: number(value), constant: false })),
        parameters: [],
        reactions: real.flatMap(({ left, right, k }) => [
          {
            label: null,
            reactants: left,
            products: right,
            orders: left,
            rate: number(k / at(left)),
            law: 'massAction' as const,
          },
          {
            label: null,
            reactants: right,
            products: left,
            orders: right,
            rate: number(k / at(right)),
            law: 'massAction' as const,
          },
        ]),
        phases: [],
        doses: [],
        simulation: {},
      };
      return {
        network,
        pairs: real.map(({ left, right }) => ({ left, right, ratio: at(right) / at(left) })),
      };
    });
});
