import { cut, number, time, tolerance } from '../report/format.js';
import type { Table } from '../report/table.js';
import type { Spread } from '../statistics.js';
import type { Attempt, Outcome, Race } from './race.js';
import { mergedAttempts, named, ofFamily, ratioAt, type Side } from './ratios.js';

/** Fewer digits than this are no answer. */
const LEAST_DIGITS = 1;

/** Columns of the tables of times: one solver each, or the quickest of several that found an answer. */
const columns: { head: string; side: Side }[] = [
  { head: 'default', side: named('default') },
  { head: 'generated', side: named('generated') },
  { head: 'interpreted', side: named('interpreted') },
  { head: 'JS engine', side: named('JS engine') },
  { head: 'CVODE', side: ofFamily('native') },
  { head: 'CVODE, folded', side: ofFamily('native folded') },
  { head: 'odex', side: named('odex') },
  { head: 'numeric', side: named('numeric') },
  { head: 'naive JS', side: named('naive JS') },
];

/** Ratios that are tabulated: how many times longer the first takes than the second. */
export const comparisons: { head: string; rival: Side; ours: Side }[] = [
  { head: 'CVODE / default', rival: ofFamily('native'), ours: named('default') },
  { head: 'CVODE / our best', rival: ofFamily('native'), ours: ofFamily('wasm') },
  { head: 'folded CVODE / default', rival: ofFamily('native folded'), ours: named('default') },
  { head: 'best npm / default', rival: ofFamily('npm'), ours: named('default') },
  { head: 'naive JS / default', rival: ofFamily('naive'), ours: named('default') },
  { head: 'JS engine / interpreted', rival: named('JS engine'), ours: named('interpreted') },
  { head: 'JS engine / generated', rival: named('JS engine'), ours: named('generated') },
];

export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      if (outcome.digits < LEAST_DIGITS) return `wrong: ${outcome.digits.toFixed(1)} digits`;
      return `${time(outcome.micros)} (${outcome.digits.toFixed(1)})`;
    case 'slow':
      return `> ${number(outcome.seconds)} s`;
    case 'failed':
      return `failed: ${cut(outcome.why, 32)}`;
    case 'absent':
      return '–';
  }
}

/** The outcome to show for a column: the quickest right one, else the first of what went wrong. */
function bestOutcome(races: readonly Race[], side: Side, rtol: number): Outcome {
  const outcomes = races[0].entries
    .filter(side)
    .map(({ name }) => outcomeAt(mergedAttempts(races, name), rtol));
  const right = outcomes.filter((o) => o.kind === 'done' && o.digits >= LEAST_DIGITS);
  const quickest = (right as Extract<Outcome, { kind: 'done' }>[]).sort((a, b) => a.micros - b.micros)[0];
  return (
    quickest ??
    outcomes.find(({ kind }) => kind !== 'absent') ??
    outcomes[0] ?? { kind: 'absent', why: 'not raced' }
  );
}

/** At a tolerance that was not tried, what ended the trials. */
function outcomeAt(attempts: readonly Attempt[], rtol: number): Outcome {
  const at = attempts.find((attempt) => attempt.rtol === rtol);
  return at?.outcome ?? attempts.at(-1)?.outcome ?? { kind: 'absent', why: 'not raced' };
}

/** Whether the problem's own tolerances include this one. */
export const triedAt = ([first]: readonly Race[], rtol: number): boolean =>
  first.entries.some(({ attempts }) => attempts.some((attempt) => attempt.rtol === rtol));

/** Times with digits in parentheses, a row a problem, at one tolerance. */
export function timesTable(races: ReadonlyMap<string, readonly Race[]>, rtol: number): Table {
  const rows = [...races].map(([problem, list]) => {
    const { species, reactions } = list[0];
    const cells = columns.map(({ side }) =>
      triedAt(list, rtol) ? outcomeText(bestOutcome(list, side, rtol)) : '–',
    );
    return [`${problem} (${species}/${reactions})`, ...cells];
  });
  return {
    title: `Time of a solve at rtol ${tolerance(rtol)}, in parentheses the digits`,
    head: ['problem (species/reactions)', ...columns.map(({ head }) => head)],
    rows,
  };
}

const spreadText = (spread: Spread | null): string => {
  if (spread === null) return '–';
  const { median, low, high } = spread;
  return low === high ? number(median) : `${number(median)} (${number(low)}–${number(high)})`;
};

/** Ratios at equal digits, a row a problem. */
export function ratiosTable(races: ReadonlyMap<string, readonly Race[]>, digits: number): Table {
  return {
    title: `Ratios at ${digits} digits, median (least–largest) over processes`,
    head: ['problem', ...comparisons.map(({ head }) => head)],
    rows: [...races].map(([problem, list]) => [
      problem,
      ...comparisons.map(({ rival, ours }) => spreadText(ratioAt(list, rival, ours, digits))),
    ]),
  };
}

/** What is missing from the tables, each reason once with the solvers and problems it holds for. */
export function absences(races: ReadonlyMap<string, readonly Race[]>): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const list of races.values()) {
    for (const { name, attempts } of list[0].entries) {
      const last = attempts.at(-1)?.outcome;
      if (last?.kind !== 'absent') continue;
      reasons.set(last.why, (reasons.get(last.why) ?? new Set()).add(name));
    }
  }
  return [...reasons].map(([why, names]) => `${[...names].join(', ')}: ${why}`);
}
