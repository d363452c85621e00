import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, moieties, netChange, networkBuilder } from '../../src/network/index.js';
import type { Network } from '../../src/network/model.js';
import { read, readWarned } from './helpers.js';

const sums = (text: string) => moieties(readWarned(text).network).map(({ coefficients }) => coefficients);

describe('moieties', () => {
  it('of the Robertson problem', () => {
    const network = read('init A = 1\nA ->{0.04} B\n2 B ->{3e7} B + C\nB + C ->{1e4} A + C');
    expect(moieties(network)).toEqual([{ coefficients: { A: 1, B: 1, C: 1 }, total: 1 }]);
  });

  it('of enzyme kinetics', () => {
    const network = read('param s = 5\ninit E = 2, S = 2*s\nE + S <-> ES\nES -> E + P');
    expect(moieties(network)).toEqual([
      { coefficients: { E: 1, ES: 1 }, total: 2 },
      { coefficients: { S: 1, ES: 1, P: 1 }, total: 10 },
    ]);
  });

  it('of an enzyme with two substrates in random order', () => {
    const text = 'E + A <-> EA\nE + B <-> EB\nEA + B <-> EAB\nEB + A <-> EAB\nEAB -> E + P';
    expect(sums(text)).toEqual([
      { E: 1, EA: 1, EB: 1, EAB: 1 },
      { A: 1, EA: 1, EAB: 1, P: 1 },
      { B: 1, EB: 1, EAB: 1, P: 1 },
    ]);
  });

  it('of dimers, with whole coefficients', () => {
    expect(sums('2 A <-> A2\nA2 + A <-> A3')).toEqual([{ A: 1, A2: 2, A3: 3 }]);
    expect(sums('0.5 A -> B')).toEqual([{ A: 2, B: 1 }]);
    expect(sums('A -> 0.1 B\nA -> 0.3 C')).toEqual([{ A: 3, B: 30, C: 10 }]);
    expect(sums('3 A -> 2 B\n5 B -> 7 C')).toEqual([{ A: 14, B: 21, C: 15 }]);
  });

  it('of parts that have nothing to do with each other', () => {
    expect(sums('A <-> B\nX -> Y\nY -> Z')).toEqual([
      { A: 1, B: 1 },
      { X: 1, Y: 1, Z: 1 },
    ]);
  });

  it('are none of an open network', () => {
    expect(sums('-> A\nA -> B\nB ->')).toEqual([]);
    expect(sums('A -> 2 A\nA + B -> 2 B\nB ->')).toEqual([]);
    expect(sums('')).toEqual([]);
  });

  it('have both signs only where they must', () => {
    expect(sums('A + B -> ∅')).toEqual([{ A: 1, B: -1 }]);
    expect(sums('-> A + B\nA -> C')).toEqual([{ A: 1, B: -1, C: 1 }]);
    // A + C -> ∅ leaves no positive sum with A or C; B + D is one all the same.
    expect(sums('A + B -> C + D\nA + C -> ∅')).toContainEqual({ B: 1, D: 1 });
  });

  it('have one sign where a first basis has two', () => {
    expect(sums('E -> B + D\nE -> A + C\nB + E -> A + C')).toEqual([
      { E: 1, D: 1, A: 1 },
      { E: 1, D: 1, C: 1 },
    ]);
  });

  it('have as many of one sign as there can be', () => {
    fc.assert(
      fc.property(smallNetwork, (network) => {
        const positive = moieties(network).filter(
          ({ coefficients }) => Math.min(...Object.values(coefficients)) >= 0,
        );
        expect(positive).toHaveLength(rank(elementarySums(changeMatrix(network))));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('leave out held species, each of which conserves itself', () => {
    expect(sums('const F = 1\nF + A -> B + F')).toEqual([{ A: 1, B: 1 }]);
    expect(sums('const F = 1\nF + A -> B')).toEqual([{ A: 1, B: 1 }]);
    expect(sums('E + A -> E + B')).toEqual([{ A: 1, B: 1 }]);
    expect(sums('E -> E + B')).toEqual([]);
  });

  it('are sparse where a sum contains another', () => {
    expect(sums('B + C -> C + A\nC + E -> D + B\nC + B -> A + D')).toEqual([
      { B: 1, A: 1, E: 1 },
      { C: 1, D: 1 },
    ]);
    expect(sums('A -> B\nA + C -> B + D\nC -> D')).toEqual([
      { A: 1, B: 1 },
      { C: 1, D: 1 },
    ]);
  });

  it('cope with stoichiometries that are no fractions', () => {
    const [only, ...others] = moieties(
      networkBuilder()
        .init('A', 1)
        .reaction({ reactants: { A: Math.SQRT2 }, products: { B: Math.PI } })
        .build(),
    );
    expect(others).toEqual([]);
    const { A, B } = only!.coefficients;
    expect(A! / B!).toBeCloseTo(Math.PI / Math.SQRT2, 12);
    expect(only!.total).toBe(A);
  });

  it('of a chain of two thousand species within the time limit', () => {
    const builder = networkBuilder().init('S0', 3);
    for (let i = 0; i < 2000; i++) builder.reaction(`S${i} <-> S${i + 1}`);
    const network = builder.build();
    const found = moieties(network);
    expect(found).toHaveLength(1);
    expect(found[0]!.total).toBe(3);
    expect(new Set(Object.values(found[0]!.coefficients))).toEqual(new Set([1]));
    expect(Object.keys(found[0]!.coefficients)).toHaveLength(2001);
  });

  it('of two thousand species and four thousand reactions without structure', () => {
    const random = lehmer(7);
    const builder = networkBuilder();
    const pick = () => `S${Math.floor(random() * 2000)}`;
    for (let i = 0; i < 2000; i++) builder.init(`S${i}`, 1);
    for (let i = 0; i < 4000; i++) builder.reaction(`${pick()} + ${pick()} -> ${pick()} + ${pick()}`);
    const network = builder.build();
    const found = moieties(network);
    // Every reaction makes as many molecules as it uses up.
    expect(found.map(({ total }) => total)).toEqual([2000]);
    expect(new Set(Object.values(found[0]!.coefficients))).toEqual(new Set([1]));
  });

  it('are a basis of what all reactions conserve', () => {
    fc.assert(
      fc.property(smallNetwork, (network) => {
        const found = moieties(network);
        const changes = changeMatrix(network);
        const indices = network.species.map(({ name }) => name);
        const weights = found.map(({ coefficients }) => indices.map((name) => coefficients[name] ?? 0));
        for (const sum of weights) {
          for (const change of changes) {
            expect(change.reduce((total, value, i) => total + value * sum[i]!, 0)).toBe(0);
          }
        }
        const moving = indices.filter((_, i) => changes.some((change) => change[i] !== 0)).length;
        expect(found).toHaveLength(moving - rank(changes));
        expect(rank(weights)).toBe(found.length);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('are not negative where every reaction keeps the number of molecules', () => {
    fc.assert(
      fc.property(smallNetwork, (network) => {
        const closed = network.reactions.filter(
          ({ reactants, products }) => size(reactants) === size(products),
        );
        // A basis without negative weights exists, as enough of the first sum makes any other positive.
        for (const { coefficients } of moieties({ ...network, reactions: closed })) {
          expect(Math.min(...Object.values(coefficients))).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

const size = (terms: { value: number }[]) => terms.reduce((total, { value }) => total + value, 0);

/** A small network with reactions that hang together. */
const smallNetwork: fc.Arbitrary<Network> = fc
  .array(
    fc.tuple(
      fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((reactions) => {
    const builder = networkBuilder();
    const record = (side: [number, number][]) =>
      Object.fromEntries(side.map(([i, value]) => [`S${i}`, value]));
    for (let i = 0; i < 8; i++) builder.init(`S${i}`, i);
    for (const [left, right] of reactions) {
      builder.reaction({ reactants: record(left), products: record(right) });
    }
    return builder.build();
  });

const changeMatrix = (network: Network): number[][] =>
  network.reactions.map((reaction) => {
    const row = network.species.map(() => 0);
    for (const { species, value } of netChange(reaction)) row[species] = value;
    return row;
  });

/** The exact rank, by fraction-free elimination over big integers. */
function rank(matrix: number[][]): number {
  const rows = matrix.map((row) => row.map(BigInt));
  let count = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, i) => i >= count && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[count], rows[pivot]] = [rows[pivot]!, rows[count]!];
    const lead = rows[count]!;
    for (let i = count + 1; i < rows.length; i++) {
      const factor = rows[i]![column]!;
      rows[i] = rows[i]!.map((value, j) => value * lead[column]! - factor * lead[j]!);
    }
    count++;
  }
  return count;
}

/**
 * All conserved sums without negative weights that no smaller set of species admits, found the slow way: a set of
 * moving species has one exactly if it conserves a single direction, which has all its species and one sign.
 */
function elementarySums(changes: number[][]): number[][] {
  const moving = changes[0]!.flatMap((_, i) => (changes.some((change) => change[i] !== 0) ? [i] : []));
  const found: number[][] = [];
  for (let set = 1; set < 2 ** moving.length; set++) {
    const chosen = moving.filter((_, bit) => set & (1 << bit));
    const direction = onlySolution(changes.map((change) => chosen.map((i) => change[i]!)));
    if (!direction || new Set(direction.map(Math.sign)).size > 1 || direction[0] === 0) continue;
    const sum = changes[0]!.map(() => 0);
    for (const [k, i] of chosen.entries()) sum[i] = direction[k]!;
    found.push(sum);
  }
  return found;
}

/** The solution of matrix·x = 0 in whole numbers, if all others are its multiples. */
function onlySolution(matrix: number[][]): number[] | null {
  const width = matrix[0]!.length;
  if (rank(matrix) !== width - 1) return null;
  const rows = matrix.map((row) => row.map(BigInt));
  const pivots: number[] = [];
  for (let column = 0; column < width; column++) {
    const top = pivots.length;
    const pivot = rows.findIndex((row, i) => i >= top && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[top], rows[pivot]] = [rows[pivot]!, rows[top]!];
    const lead = rows[top]!;
    for (let i = 0; i < rows.length; i++) {
      if (i === top) continue;
      const factor = rows[i]![column]!;
      rows[i] = rows[i]!.map((value, j) => value * lead[column]! - factor * lead[j]!);
    }
    pivots.push(column);
  }
  const free = Array.from({ length: width }, (_, i) => i).find((i) => !pivots.includes(i))!;
  const scale = pivots.reduce((product, column, k) => product * rows[k]![column]!, 1n);
  const solution = Array.from({ length: width }, () => scale);
  for (const [k, column] of pivots.entries())
    solution[column] = (-scale * rows[k]![free]!) / rows[k]![column]!;
  const divisor = solution.reduce((a, b) => {
    let [x, y] = [a, b];
    while (y !== 0n) [x, y] = [y, x % y];
    return x;
  });
  return solution.map((value) => Number(value / divisor));
}

/** The multiplicative generator of Lehmer, with the constants of Park and Miller (1988). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

describe('analyse', () => {
  it('counts species and one-way reactions', () => {
    const { species, reactions, phases } = analyse(read('f: A <-> B\nB -> C\nphase p 1: f\nphase q 1: *'));
    expect({ species, reactions, phases }).toEqual({ species: 3, reactions: 3, phases: ['p', 'q'] });
  });

  it('takes the molecularity from the reactants, or from the orders of a rate law', () => {
    const largest = (text: string) => analyse(read(text)).maxMolecularity;
    expect(largest('')).toBe(0);
    expect(largest('-> A')).toBe(0);
    expect(largest('A + 2 B -> C\nA -> 9 B')).toBe(3);
    expect(largest('5 A -> B [rate A^1.5]')).toBe(1.5);
    expect(largest('A + B <-> 4 C')).toBe(4);
  });

  it('tells the parts that species play', () => {
    const { held, sources, sinks } = analyse(
      readWarned(
        'const F = 1\nFood -> X\nF + X -> 2 X + F\nX + Cat -> Waste + Cat\nX -> Y\nY -> X [rate Y*Z]\n-> Z\ninit Idle = 1',
      ).network,
    );
    expect(held).toEqual(['F', 'Cat', 'Idle']);
    expect(sources).toEqual(['F', 'Food', 'Cat']);
    expect(sinks).toEqual(['Waste']);
  });

  it('never has a constant species made or used up', () => {
    const { held, sources, sinks } = analyse(read('const F = 1, G = 1\nF -> G'));
    expect({ held, sources, sinks }).toEqual({ held: ['F', 'G'], sources: ['F'], sinks: [] });
  });

  it('lists the moieties', () => {
    expect(analyse(read('init A = 2\nA <-> B')).moieties).toEqual([
      { coefficients: { A: 1, B: 1 }, total: 2 },
    ]);
  });
});
