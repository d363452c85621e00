import { describe, expect, it } from 'vitest';
import { type CrnppCircuit, compileCrnpp, crnppPeaks, parseCrnpp } from '../../src/circuits/index.js';
import { analyse, simulate } from '../../src/index.js';
import { type CrnppProgramName, crnppPrograms } from '../../src/validation/crnpp-programs.js';
import { peaksOf } from '../../src/validation/peaks.js';

const program = (name: CrnppProgramName) => crnppPrograms[name];

function compiled(text: string, values?: Record<string, number>): CrnppCircuit {
  const { program: parsed, issues } = parseCrnpp(text);
  expect(issues).toEqual([]);
  return compileCrnpp(parsed!, values ? { values } : {});
}

/** Rows of a run where the clock's first phase is at its peak: at the beginning, and after each turn. */
async function turns(circuit: CrnppCircuit, count: number): Promise<(name: string) => number[]> {
  const { first, spacing } = crnppPeaks;
  const to = Math.ceil(first + (count + 0.5) * spacing * circuit.phases.length);
  const run = await simulate(circuit.network, { to, save: to });
  const peaks = peaksOf(run.column(circuit.phases[0]!.species), 0.3);
  expect(peaks.length).toBeGreaterThan(count);
  return (name) => peaks.slice(0, count + 1).map((row) => run.column(name)[row]!);
}

describe('CRN++ programs compute what they say', () => {
  it.each([
    [32, 12, 4],
    [21, 14, 7],
    [9, 9, 9],
  ])('the greatest common divisor of %i and %i is %i', async (a0, b0, wanted) => {
    const at = await turns(compiled(program('gcd'), { a0, b0 }), 5);
    expect(at('a').at(-1)).toBeCloseTo(wanted, 2);
    expect(at('b').at(-1)).toBeCloseTo(wanted, 2);
  });

  it('species may have the names of the compiler’s flags', async () => {
    const text =
      'crn = { conc[xgty, 3], conc[a, 5], conc[b, 1], step[{ cmp[a, b] }], step[{ ifGT[{ ld[xgty, c] }] }] };';
    const circuit = compiled(text);
    const names = circuit.network.species.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['xgty', 'xgty$', 'xlty']));
    const at = await turns(circuit, 3);
    expect(at('xgty').at(-1)).toBeCloseTo(3, 6);
    expect(at('c').at(-1)).toBeCloseTo(3, 2);
    expect(at('xgty$').at(-1)! + at('xlty').at(-1)!).toBeCloseTo(1, 2);
  });

  it('5! = 120', async () => {
    const at = await turns(compiled(program('factorial')), 6);
    expect(at('product').at(-1)).toBeCloseTo(120, 1);
    // A product for every turn.
    expect(
      at('product')
        .slice(1, 5)
        .map((value) => Math.round(value)),
    ).toEqual([5, 20, 60, 120]);
  });

  it('the square root of 2, without a clock', async () => {
    const { network, phases } = compiled(program('sqrt'));
    expect(phases).toEqual([]);
    expect((await simulate(network, { to: 40 })).final.root).toBeCloseTo(Math.SQRT2, 7);
  });

  it('e, by a series', async () => {
    expect((await turns(compiled(program('e')), 10))('sum').at(-1)).toBeCloseTo(Math.E, 5);
  });

  it('pi, by a series', async () => {
    expect((await turns(compiled(program('pi')), 18))('sum').at(-1)).toBeCloseTo(Math.PI, 3);
  });

  it('the distance of two points', async () => {
    const at = await turns(compiled(program('distance')), 3);
    // What is subtracted from its like goes to 0 as 1/t, which is the error that is left.
    expect(at('distance').at(-1)).toBeCloseTo(5, 1);
  });

  it('a counter, down to 0 and round', async () => {
    const at = await turns(compiled(program('counter')), 8);
    expect(at('count').map((value) => Math.round(value))).toEqual([3, 2, 1, 0, 3, 2, 1, 0, 3]);
  });
});

describe('the clock of programs', () => {
  it.each([2, 3, 5])('runs %i phases one after the other', async (count) => {
    const steps = Array.from({ length: count }, (_, i) => `step[{ ld[a, b${i}] }]`);
    const { network, phases } = compiled(`crn = { conc[a, 1], ${steps.join(', ')} };`);
    const { first, spacing } = crnppPeaks;
    const to = Math.ceil(first + count * spacing + 5);
    const run = await simulate(network, { to, save: to * 20 });
    const peaks = [...phases, phases[0]!].map(({ species }, k) => {
      const found = peaksOf(run.column(species), 0.3).map((row) => run.times[row]!);
      return found[k < count ? 0 : 1]!;
    });
    expect(peaks[0]).toBeCloseTo(first, 1);
    for (let k = 1; k <= count; k++) {
      expect(peaks[k]! - peaks[k - 1]!).toBeGreaterThan(35.3);
      expect(peaks[k]! - peaks[k - 1]!).toBeLessThan(36.4);
    }
  });

  it('a step that compares takes two phases', () => {
    const { phases, network } = compiled(program('gcd'));
    expect(phases.map(({ step, decides }) => [step, decides])).toEqual([
      [1, false],
      [1, true],
      [2, false],
    ]);
    expect(phases.map(({ species }) => species)).toEqual(['X[3]', 'X[6]', 'X[9]']);
    expect(analyse(network)).toMatchObject({ species: 22, reactions: 35 });
  });

  it('takes other names where a program has its own', () => {
    const { phases } = compiled('crn = { conc[X, 1], step[{ ld[X, Y] }] };');
    expect(phases[0]!.species).toBe('X$[3]');
  });
});

describe('what a program may say', () => {
  it('reactions of its own, conditions on species, approximate majority', async () => {
    const { network } = compiled(`(* all kinds *)
      x0 = 6;
      crn = {
        conc[{x, z}, x0], conc[y, 4],
        rxn[x + 2 z, w, 1/2], revrxn[w, 0, 1, 1*^-3],
        am[p, q], ifPresent[x + y, { ld[x, seen] }], ifAbsent[gone, { ld[y, alone] }]
      }; Return[crn];`);
    const text = network.reactions.map(({ label }) => label);
    expect(text).toContain('rxn[0,1,1]');
    expect(text.filter((label) => label?.startsWith('am['))).toHaveLength(4);
    const seen = network.reactions.find(({ label }) => label === 'ld[0,4,1,1]')!;
    const named = (terms: { species: number; value: number }[]) =>
      Object.fromEntries(terms.map(({ species, value }) => [network.species[species]!.name, value]));
    expect(named(seen.reactants)).toEqual({ x: 2, y: 1 });
    const { final } = await simulate(network, { to: 20 });
    // Nothing is `gone`, so what stands under that condition runs.
    expect(final.alone).toBeGreaterThan(0.1);
  });

  it.each([
    ['crn = { step[{ ld[a, a] }] }', 'sameSpecies'],
    ['crn = { step[{ add[a, b, a] }] }', 'sameSpecies'],
    ['crn = { step[{ cmp[a, a] }] }', 'sameSpecies'],
    ['crn = { step[{ ifGT[{ ld[a, b] }] }] }', 'nothingCompared'],
    ['crn = { cmp[a, b] }', 'misplacedComparison'],
    ['crn = { step[{ cmp[a, b], cmp[c, d] }] }', 'secondComparison'],
    ['crn = { step[{ cmp[a, b], ifGT[{ ld[a, d] }] }] }', 'earlyCondition'],
    ['crn = { step[{ cmp[a, b] }], step[{ ifGT[{ ld[a, d] }], cmp[b, a] }] }', 'earlyCondition'],
    ['crn = { step[{ cmp[a, b], ifPresent[c, { ifGT[{ ld[a, d] }] }] }] }', 'earlyCondition'],
    ['crn = { step[{ lod[a, b] }] }', 'unknownCommand'],
    ['crn = { step[{ ld[a] }] }', 'unexpectedText'],
    ['crn = { step[{ }] }', 'emptyStep'],
    ['crn = { }', 'emptyProgram'],
    ['crn = { conc[a, a0], ld[a, b] }', 'unknownValue'],
    ['F[a0_] := ( crn = { conc[a, a0], ld[a, b] } )', 'unknownValue'],
    ['ld[a, b]', 'noProgram'],
    ['crn = { ld[a, b] (* open', 'unexpectedText'],
  ])('%j is refused', (text, code) => {
    const { program: parsed, issues } = parseCrnpp(text);
    expect(parsed).toBeNull();
    expect(issues.map((issue) => issue.code)).toContain(code);
    for (const { line, column } of issues) expect(line * column).toBeGreaterThan(0);
  });

  it('warns where two commands write one species at the same time', () => {
    const warned = parseCrnpp('crn = { step[{ ld[a, c], ld[b, c] }] }');
    expect(warned.issues).toMatchObject([{ severity: 'warning', code: 'writtenTwice' }]);
    const apart = parseCrnpp(
      'crn = { step[{ cmp[a, b] }], step[{ ifGT[{ ld[a, c] }], ifLT[{ ld[b, c] }] }] }',
    );
    expect(apart.issues).toEqual([]);
  });
});
