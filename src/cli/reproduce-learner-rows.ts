import type { LearnerMeasure, LearnerReport } from '../learning/index.js';
import { LEARNED } from '../validation/index.js';
import { clockText } from './clock.js';
import { plural } from './numbers.js';
import type { LearnerPlan, PlannedLearnerRun } from './reproduce-learner-plan.js';
import type { SeedGroup, TrainedSetting } from './reproduce-plan.js';
import { median } from './reproduce-rows.js';
import type { StoredRun } from './reproduce-stored.js';

/** One row of the table of other systems: a setting over a group of seeds. */
export interface LearnerRow {
  experiment: string;
  title: string;
  recipe: string;
  about: string;
  system: string;
  /** Whose reactions. */
  origin: LearnerReport['origin'];
  /** The clock inside, in words; `null` where an outside schedule drives the circuit. */
  clock: string | null;
  /** True when a flag asked for other epochs than the recipe's. */
  changed: boolean;
  seeds: string;
  species: [least: number, most: number];
  reactions: [least: number, most: number];
  maxMolecularity: number;
  phases: number;
  /** The most there may be. */
  epochs: number;
  measure: LearnerMeasure;
  /**
   * Part of the seeds that decide `LEARNED` of the examples rightly (of an agreement: all examples as their twins do), and of
   * their twins; `null` where that is not asked.
   */
  successRate: number | null;
  twinSuccessRate: number | null;
  /** Steps before the chemistry stopped itself, over the seeds in which it did; `null` where it never did. */
  stoppedAfter: Spread | null;
  /** Seeds in which it did, and in which the twin stopped after as many steps. */
  stopped: number;
  stoppedAsTwin: number;
  /** Over the seeds, the largest |w − w_twin| after any step before one of the two slows down to stop; of an agreement, of outputs. */
  difference: Spread | null;
  /** Simulated time of a step. */
  stepTime: number;
  /** Median time of a run. */
  seconds: number;
  runs: {
    seed: number;
    accuracy: number | null;
    stoppedAfter: number | null;
    twinStoppedAfter: number | null;
    difference: number;
    failure?: string;
  }[];
  /** Seeds whose runs are not there. */
  missing: number;
}

export interface Spread {
  median: number;
  least: number;
  most: number;
}

type Stored = ReadonlyMap<PlannedLearnerRun, StoredRun<LearnerReport>>;

/** One row for every setting and group of seeds that has a run. */
export function learnerRowsOf({ settings, groups, runs }: LearnerPlan, stored: Stored): LearnerRow[] {
  return groups.flatMap((group) =>
    settings.flatMap((setting) => {
      const own = runs.filter((run) => run.setting === setting && group.seeds.includes(run.seed));
      return rowOf(setting, group, own, stored) ?? [];
    }),
  );
}

function rowOf(
  setting: TrainedSetting,
  group: SeedGroup,
  runs: readonly PlannedLearnerRun[],
  stored: Stored,
): LearnerRow | undefined {
  const there = runs.flatMap((run) => stored.get(run) ?? []);
  if (there.length === 0) return undefined;
  const reports = there.map(({ result }) => result);
  const whole = reports.filter(({ status }) => status === 'done');
  const [first] = reports;
  const stops = whole.flatMap(({ stoppedAfter }) => stoppedAfter ?? []);
  const counts = runs.map((run) => run.counts);
  const extent = (sizes: number[]): [number, number] => [Math.min(...sizes), Math.max(...sizes)];
  const learned = (accuracy: number | null) => accuracy !== null && accuracy >= LEARNED;
  const part = (asked: boolean, test: (report: LearnerReport) => boolean) =>
    asked ? reports.filter(test).length / reports.length : null;
  const agreement = first.measure === 'agreement';
  const off = ({ metrics }: LearnerReport) =>
    (agreement ? metrics.outputDifference : null) ?? metrics.runningDifference;
  const { experiment, title, recipe, about, epochs, changed } = setting;
  return {
    ...{ experiment, title, recipe, about, epochs, changed },
    system: first.system,
    origin: first.origin,
    clock: first.clock === undefined ? null : clockText(first.clock),
    seeds: group.name,
    species: extent(counts.map(({ species }) => species)),
    reactions: extent(counts.map(({ reactions }) => reactions)),
    maxMolecularity: Math.max(...counts.map(({ maxMolecularity }) => maxMolecularity)),
    phases: first.circuit.phases,
    measure: first.measure,
    successRate: part(first.measure !== 'difference', ({ metrics }) =>
      agreement ? metrics.agreement === 1 : learned(metrics.accuracy),
    ),
    twinSuccessRate: part(first.measure === 'accuracy', ({ metrics }) => learned(metrics.twinAccuracy)),
    stoppedAfter: spreadOf(stops),
    stopped: stops.length,
    stoppedAsTwin: whole.filter(
      ({ stoppedAfter, twinStoppedAfter }) => stoppedAfter !== null && stoppedAfter === twinStoppedAfter,
    ).length,
    difference: spreadOf(whole.map(off)),
    stepTime: median(reports.map(({ metrics }) => metrics.stepTime)),
    seconds: median(there.map(({ seconds }) => seconds)),
    runs: reports.map((report) => ({
      seed: report.seed,
      accuracy: report.metrics.accuracy,
      stoppedAfter: report.stoppedAfter,
      twinStoppedAfter: report.twinStoppedAfter,
      difference: off(report),
      ...(report.failure && { failure: report.failure.message }),
    })),
    missing: runs.length - there.length,
  };
}

const spreadOf = (values: readonly number[]): Spread | null =>
  values.length === 0
    ? null
    : { median: median(values), least: Math.min(...values), most: Math.max(...values) };

/** A run in a few words. */
export function learnedText({ measure, metrics, stoppedAfter, failure }: LearnerReport): string {
  if (failure || metrics.accuracy === null || metrics.agreement === null) return 'failed';
  if (measure === 'agreement') {
    return `${(100 * metrics.agreement).toFixed(0)} % as digitally, ${(100 * metrics.accuracy).toFixed(0)} % right`;
  }
  if (measure === 'difference') return `off by ${metrics.difference.toExponential(1)}`;
  const right = `${(100 * metrics.accuracy).toFixed(0)} % right`;
  return stoppedAfter === null ? right : `${right}, stopped after ${plural(stoppedAfter, 'step')}`;
}
