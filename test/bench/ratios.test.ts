import { describe, expect, it } from 'vitest';
import type { Entry, Outcome, Race } from '../../bench/race/race.js';
import { groupRatio, mergedAttempts, named, ofFamily, ratioAt } from '../../bench/race/ratios.js';
import { absences, outcomeText, timesTable } from '../../bench/race/tables.js';
import { raceTargets } from '../../bench/race/targets.js';

const done = (micros: number, digits: number): Outcome => ({
  kind: 'done',
  micros,
  deviation: 0,
  digits,
  steps: null,
});

const entry = (name: string, family: Entry['family'], outcomes: Outcome[]): Entry => ({
  name,
  family,
  attempts: outcomes.map((outcome, i) => ({ rtol: [1e-3, 1e-6, 1e-9][i], outcome })),
});

const raceOf = (...entries: Entry[]): Race => ({ species: 3, reactions: 3, entries });

const ours = entry('default', 'wasm', [done(10, 4), done(100, 6)]);
const races = [
  raceOf(
    ours,
    entry('CVODE dense', 'native', [done(80, 4), done(900, 6)]),
    entry('CVODE KLU', 'native', [done(40, 4), { kind: 'failed', why: 'CV_CONV_FAILURE' }]),
    entry('naive JS', 'naive', [{ kind: 'slow', seconds: 60 }]),
  ),
  raceOf(ours, entry('CVODE dense', 'native', [done(60, 4), done(600, 6)])),
];

describe('ratios at equal digits', () => {
  it('take the best of a family, process by process', () => {
    expect(ratioAt(races, ofFamily('native'), named('default'), 4)).toEqual({ median: 5, low: 4, high: 6 });
    expect(ratioAt(races, named('CVODE dense'), named('default'), 6)).toEqual({
      median: 7.5,
      low: 6,
      high: 9,
    });
  });

  it('are none where one side does not get there', () => {
    expect(ratioAt(races, ofFamily('native'), named('default'), 6.5)).toBeNull();
    expect(ratioAt(races, ofFamily('naive'), named('default'), 4)).toBeNull();
  });

  it('are summed up by their geometric mean and their least', () => {
    const spread = (median: number) => ({ median, low: median, high: median });
    const ratios = new Map([
      ['a', spread(8)],
      ['b', spread(2)],
      ['c', null],
    ]);
    expect(groupRatio(ratios)).toEqual({
      mean: expect.closeTo(4, 12),
      least: { problem: 'b', ratio: 2 },
      problems: 2,
    });
    expect(groupRatio(new Map([['c', null]]))).toBeNull();
  });
});

describe('what is shown of a race', () => {
  it('medians over processes, or what went wrong', () => {
    expect(mergedAttempts(races, 'CVODE dense')[0].outcome).toMatchObject({ micros: 70, digits: 4 });
    expect(mergedAttempts(races, 'naive JS')[0].outcome).toEqual({ kind: 'slow', seconds: 60 });
  });

  it.each([
    [done(15.92, 6.42), '15.9 µs (6.4)'],
    [done(1, 0.3), 'wrong: 0.3 digits'],
    [{ kind: 'slow', seconds: 60 } as const, '> 60.0 s'],
    [{ kind: 'failed', why: 'no' } as const, 'failed: no'],
    [{ kind: 'absent', why: 'not here' } as const, '–'],
  ])('%j as %s', (outcome, text) => {
    expect(outcomeText(outcome)).toBe(text);
  });

  it('a solver that was too slow at a looser tolerance is shown so at the others', () => {
    const { head, rows } = timesTable(new Map([['robertson_1e5', races]]), 1e-6);
    expect(rows[0][head.indexOf('naive JS')]).toBe('> 60.0 s');
    expect(rows[0][head.indexOf('CVODE')]).toBe('750 µs (6.0)');
  });

  it('what is missing is said once, with its reason', () => {
    const missing = raceOf(
      entry('bdf', 'wasm', [{ kind: 'absent', why: 'not in this build' }]),
      entry('tsit5', 'wasm', [{ kind: 'absent', why: 'not in this build' }]),
    );
    expect(absences(new Map([['pollu', [missing]]]))).toEqual(['bdf, tsit5: not in this build']);
  });
});

describe('goals', () => {
  it('hold at every number of digits that was reached, and for every problem', () => {
    const [cvode, npm] = raceTargets(new Map([['robertson_1e5', races]]));
    expect(cvode).toMatchObject({ reach: '≥ 4, each ≥ 1', met: true });
    expect(cvode.found).toBe('4 digits: 5.00; 6 digits: 7.50');
    expect(npm).toMatchObject({ met: null });
  });

  it('are missed by one problem below its least', () => {
    const slow = raceOf(ours, entry('CVODE dense', 'native', [done(9, 4), done(9000, 6)]));
    const [cvode] = raceTargets(
      new Map([
        ['robertson_1e5', races],
        ['pollu', [slow]],
      ]),
    );
    expect(cvode.met).toBe(false);
    expect(cvode.found).toContain('least 0.900, pollu');
  });
});
