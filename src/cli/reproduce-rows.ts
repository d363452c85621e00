import type { TrainReport } from '../learning/index.js';
import { LEARNED } from '../validation/index.js';
import { clockText } from './clock.js';
import type { PlannedRun, ReproducePlan, SeedGroup, TrainedSetting } from './reproduce-plan.js';
import { publishedFigure } from './reproduce-published.js';
import type { StoredRun } from './reproduce-stored.js';

/** What an experiment is measured by. */
export type Measure = 'validation loss' | 'grid accuracy' | 'validation accuracy' | 'test accuracy';

/** A run's figure. `null` when the chemistry could not go on to the end. */
export interface Measured {
  measure: Measure;
  value: number | null;
}

/** One row of the table: a setting over a group of seeds. */
export interface Row {
  experiment: string;
  title: string;
  /** The recipe, and where a clock inside drives it, which. */
  model: string;
  recipe: string;
  about: string;
  /** The clock inside, in words; `null` where an outside schedule drives the circuit. */
  clock: string | null;
  settings: TrainedSetting['kind'];
  /** True when a flag asked for other epochs than the recipe's. */
  changed: boolean;
  seeds: string;
  species: [least: number, most: number];
  reactions: [least: number, most: number];
  maxMolecularity: number;
  epochs: number;
  measure: Measure;
  /** The authors' figure. */
  authors: number | null;
  /** Over the seeds; a run that failed counts as the worst there can be, which is `null` for a loss. */
  median: number | null;
  best: number | null;
  worst: number | null;
  /** Median of the validation losses of the ideal twins, and of the ratios of loss to the twin's. */
  twinLoss: number | null;
  twinRatio: number | null;
  /** With a clock inside, median of the ratios of loss to that of the same run under an outside schedule. */
  scheduledRatio: number | null;
  /** Part of the seeds that reach `LEARNED`; `null` for a regression. */
  successRate: number | null;
  /** Median time of a run. */
  seconds: number;
  runs: { seed: number; value: number | null; failure?: string }[];
  /** Seeds whose runs are not there. */
  missing: number;
}

/** The figure of a run. */
export function measured({ result: { report, failure } }: Pick<StoredRun, 'result'>): Measured {
  const measure = measureOf(report);
  const last = report.history[report.history.length - 1];
  const { gridAccuracy, validationAccuracy } = report.metrics;
  const values: Record<Measure, number | undefined> = {
    'grid accuracy': gridAccuracy,
    'test accuracy': gridAccuracy,
    'validation accuracy': validationAccuracy,
    'validation loss': last?.validationLoss,
  };
  return { measure, value: failure ? null : (values[measure] ?? null) };
}

function measureOf({ metrics, history }: TrainReport): Measure {
  if (metrics.gridAccuracy !== undefined) return metrics.gridConfusion ? 'test accuracy' : 'grid accuracy';
  return history[0]?.validationAccuracy === undefined ? 'validation loss' : 'validation accuracy';
}

/** A figure for people: losses to three digits, accuracies in per cent. */
export function measuredText({ measure, value }: Measured): string {
  if (value === null) return 'failed';
  return measure === 'validation loss' ? `loss ${value.toPrecision(3)}` : `${(100 * value).toFixed(1)} %`;
}

/** Runs of one setting and group, in the order of the seeds. */
export function runsOf({ runs }: ReproducePlan, setting: TrainedSetting, { seeds }: SeedGroup): PlannedRun[] {
  return runs.filter((run) => run.setting === setting && seeds.includes(run.seed));
}

/** One row for every setting and group of seeds that has a run; settings of an experiment stay together. */
export function rowsOf(plan: ReproducePlan, stored: ReadonlyMap<PlannedRun, StoredRun>): Row[] {
  const rows: Row[] = [];
  for (const experiment of new Set(plan.settings.map((setting) => setting.experiment))) {
    const settings = plan.settings.filter((setting) => setting.experiment === experiment);
    for (const group of plan.groups) {
      for (const setting of settings) {
        const row = rowOf(setting, group, runsOf(plan, setting, group), stored);
        if (row !== undefined) rows.push(row);
      }
    }
  }
  return rows;
}

function rowOf(
  setting: TrainedSetting,
  group: SeedGroup,
  runs: PlannedRun[],
  stored: ReadonlyMap<PlannedRun, StoredRun>,
): Row | undefined {
  const there = runs.flatMap((run) => {
    const one = stored.get(run);
    return one === undefined ? [] : [{ run, one, ...measured(one) }];
  });
  if (there.length === 0) return undefined;
  // A run that failed early may not know of its grid.
  const measure = (there.find(({ one }) => !one.result.failure) ?? there[0]).measure;
  const lossy = measure === 'validation loss';
  const worst = lossy ? Number.POSITIVE_INFINITY : 0;
  const values = there.map(({ value }) => value ?? worst).sort((a, b) => (lossy ? a - b : b - a));
  const twins = there.flatMap(({ one: { result } }) => {
    const last = result.report.history[result.report.history.length - 1];
    const twin = last?.idealValidationLoss;
    return twin === undefined || result.failure ? [] : [{ twin, ratio: last.validationLoss / twin }];
  });
  const reached = there.filter(({ value }) => value !== null && value >= LEARNED).length;
  const extent = (sizes: number[]): [number, number] => [Math.min(...sizes), Math.max(...sizes)];
  const ratios = there.flatMap(({ one: { result } }) => {
    const { scheduledFinalLoss } = result.report.metrics;
    const last = result.report.history[result.report.history.length - 1];
    return scheduledFinalLoss === undefined ? [] : [last.validationLoss / scheduledFinalLoss];
  });
  const { experiment, title, recipe, about, clock, kind, epochs, changed } = setting;
  return {
    experiment,
    title,
    model: clock === undefined ? recipe : `${recipe}, ${clock.kind} clock`,
    recipe,
    about,
    clock: clock === undefined ? null : clockText(clock),
    settings: kind,
    changed,
    seeds: group.name,
    species: extent(there.map(({ run }) => run.counts.species)),
    reactions: extent(there.map(({ run }) => run.counts.reactions)),
    maxMolecularity: Math.max(...there.map(({ run }) => run.counts.maxMolecularity)),
    epochs,
    measure,
    authors: publishedFigure(experiment, recipe) ?? null,
    median: finite(median(values)),
    best: finite(values[0]),
    worst: finite(values[values.length - 1]),
    twinLoss: twins.length === 0 ? null : median(twins.map(({ twin }) => twin)),
    twinRatio: twins.length === 0 ? null : median(twins.map(({ ratio }) => ratio)),
    scheduledRatio: ratios.length === 0 ? null : median(ratios),
    successRate: lossy ? null : reached / there.length,
    seconds: median(there.map(({ one }) => one.seconds)),
    runs: there.map(({ run, one, value }) => ({
      seed: run.seed,
      value,
      ...(one.result.failure && { failure: one.result.failure.message }),
    })),
    missing: runs.length - there.length,
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
