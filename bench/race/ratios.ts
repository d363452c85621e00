import { geometricMean, median, type Spread, spreadOf } from '../statistics.js';
import { costAt, type WorkPoint } from '../work-precision.js';
import type { Attempt, Entry, Outcome, Race } from './race.js';

/** Entries of a race that stand together: the best of them counts. */
export type Side = (entry: Pick<Entry, 'name' | 'family'>) => boolean;

export const named =
  (name: string): Side =>
  (entry) =>
    entry.name === name;

export const ofFamily =
  (family: Entry['family']): Side =>
  (entry) =>
    entry.family === family;

/** What so many digits cost the cheapest of a side, each along its own curve; `null` where none reaches them. */
function sideCost(race: Race, side: Side, digits: number): number | null {
  const costs = race.entries
    .filter(side)
    .flatMap(({ attempts }) => costAt(attempts.flatMap(pointOf), digits) ?? []);
  return costs.length === 0 ? null : Math.min(...costs);
}

const pointOf = ({ outcome }: Attempt): WorkPoint[] => (outcome.kind === 'done' ? [outcome] : []);

/**
 * How many times longer the rival takes for so many digits, process by process; `null` where one of the two does not
 * reach them.
 */
export function ratioAt(races: readonly Race[], rival: Side, ours: Side, digits: number): Spread | null {
  const ratios = races.flatMap((race) => {
    const theirs = sideCost(race, rival, digits);
    const own = sideCost(race, ours, digits);
    return theirs === null || own === null ? [] : [theirs / own];
  });
  return ratios.length === 0 ? null : spreadOf(ratios);
}

/** Ratios of several problems as one, with the least of them. */
export interface GroupRatio {
  mean: number;
  least: { problem: string; ratio: number };
  problems: number;
}

/** `null` when no problem has a ratio. */
export function groupRatio(ratios: ReadonlyMap<string, Spread | null>): GroupRatio | null {
  const found = [...ratios].flatMap(([problem, ratio]) =>
    ratio === null ? [] : [{ problem, ratio: ratio.median }],
  );
  if (found.length === 0) return null;
  return {
    mean: geometricMean(found.map(({ ratio }) => ratio)),
    least: found.reduce((least, one) => (one.ratio < least.ratio ? one : least)),
    problems: found.length,
  };
}

/** One entry over all processes: medians where it finished, else what became of it in the first. */
export function mergedAttempts(races: readonly Race[], name: string): Attempt[] {
  const entries = races.flatMap((race) => race.entries.filter((entry) => entry.name === name));
  if (entries.length === 0) return [];
  return entries[0].attempts.map(({ rtol, outcome }) => {
    const done = entries.flatMap(({ attempts }) =>
      attempts.flatMap((attempt) =>
        attempt.rtol === rtol && attempt.outcome.kind === 'done' ? [attempt.outcome] : [],
      ),
    );
    return { rtol, outcome: done.length === 0 ? outcome : mergedDone(done) };
  });
}

function mergedDone(done: readonly Extract<Outcome, { kind: 'done' }>[]): Outcome {
  return {
    ...done[0],
    micros: median(done.map(({ micros }) => micros)),
    deviation: median(done.map(({ deviation }) => deviation)),
    digits: median(done.map(({ digits }) => digits)),
  };
}
