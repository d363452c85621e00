import type { Counts, LearnerAbout } from '../../circuits/index.js';
import type { Stats } from '../../simulate/types.js';
import { type ClockReport, clockReport } from '../report.js';
import type { StochasticSettings } from '../stochastic.js';
import type { LearnerExamples, LearnerPot, LearnerStep, LearnerTwin } from './learner.js';
import type { LearnerMeasure, LearnerTask } from './task.js';

/** One step of chemistry beside the same step of its twin. */
export interface LearnerRecord extends Pick<LearnerStep, 'step' | 'error' | 'going' | 'time'> {
  /** Σ|y − a| of the twin over the same rows, and whether it went on: 1 or 0. */
  twinError: number;
  twinGoing: number;
  /** Largest |w − w_twin| after the step. */
  difference: number;
}

/** What a run came to. Plain data; the same bytes for the same task. */
export interface LearnerReport extends LearnerAbout {
  experiment: string;
  seed: number;
  status: 'done' | 'failed' | 'cancelled';
  circuit: Counts & {
    /** Phases of a step; with a clock inside, of its turn. */
    phases: number;
  };
  clock?: ClockReport;
  /** What was not chemistry. */
  digital: string[];
  notes: string[];
  /** Steps that see every example once. */
  stepsPerEpoch: number;
  history: LearnerRecord[];
  /**
   * Steps made before the chemistry stopped itself, and before its twin did: before the first of a whole epoch of steps
   * of which less than half was let through. `null` where none did.
   */
  stoppedAfter: number | null;
  twinStoppedAfter: number | null;
  /** What the weights make of the examples in the end; of the chemistry `null` where the run did not reach its end. */
  predictions: { chemistry: number[][] | null; twin: number[][] };
  measure: LearnerMeasure;
  metrics: {
    /** Part of the examples decided rightly. */
    accuracy: number | null;
    twinAccuracy: number;
    /** Part of the examples decided as the twin does, and the largest |output − output of the twin|. */
    agreement: number | null;
    outputDifference: number | null;
    /** Largest |w − w_twin| after any step; after any before one of the two slows down to stop; after the last. */
    difference: number;
    runningDifference: number;
    finalDifference: number;
    /** Simulated time, and how much of it a step takes on average. */
    time: number;
    stepTime: number;
  };
  weights: { names: string[]; start: number[]; end: number[]; twin: number[] };
  settings: { epochs: number; rtol: number; atol: number; stochastic?: StochasticSettings };
  /** Work of the solver, never times. */
  stats: Stats;
  /** Why the chemistry could not go on. */
  failure?: { message: string; hint: string };
}

/**
 * Part of the examples decided rightly: with several outputs the largest belongs to the largest label, with one it is on
 * the label's side of the threshold.
 */
export function decidedRightly(
  outputs: readonly (readonly number[])[],
  { labels }: Pick<LearnerExamples, 'labels'>,
  threshold = 0.5,
): number {
  const decision = (values: readonly number[]) =>
    values.length === 1 ? Number(values[0] >= threshold) : values.indexOf(Math.max(...values));
  return outputs.filter((row, k) => decision(row) === decision(labels[k])).length / outputs.length;
}

const farthest = (outputs: readonly (readonly number[])[], twins: readonly (readonly number[])[]): number =>
  outputs.reduce(
    (most, row, k) => Math.max(most, ...row.map((value, o) => Math.abs(value - twins[k][o]))),
    0,
  );

/** A step of which so much was let through counts as whole. */
const WHOLE = 0.99999;

/** Steps before the first of `stepsPerEpoch` steps in a row that were not made. */
export function stoppedAfter(going: readonly number[], stepsPerEpoch: number): number | null {
  let idle = 0;
  for (const [k, part] of going.entries()) {
    idle = part < 0.5 ? idle + 1 : 0;
    if (idle === stepsPerEpoch) return k + 1 - stepsPerEpoch;
  }
  return null;
}

/** What a run leaves to be reported. */
export interface Outcome extends Pick<LearnerReport, 'status' | 'history' | 'failure'> {
  start: number[];
  predictions: number[][] | null;
}

/** The report of a run that has ended, however it did. */
export function learnerReport(
  task: LearnerTask,
  pot: LearnerPot,
  twin: LearnerTwin,
  solver: Omit<LearnerReport['settings'], 'epochs'>,
  { status, history, failure, start, predictions }: Outcome,
): LearnerReport {
  const { circuit, examples, stepsPerEpoch } = pot;
  const { system, title, origin, source, counts, phases, clock, digital, weights, threshold } = circuit;
  const [own, others] = [
    stoppedAfter(
      history.map(({ going }) => going),
      stepsPerEpoch,
    ),
    stoppedAfter(
      history.map(({ twinGoing }) => twinGoing),
      stepsPerEpoch,
    ),
  ];
  const slowing = history.findIndex(({ going, twinGoing }) => going < WHOLE || twinGoing < 1);
  const running = slowing < 0 ? history : history.slice(0, slowing);
  const largest = (records: readonly LearnerRecord[]) =>
    records.reduce((most, { difference }) => Math.max(most, difference), 0);
  const last = history[history.length - 1];
  const twins = examples.inputs.map((x) => twin.outputs(x));
  const time = last?.time ?? 0;
  return {
    experiment: task.experiment,
    seed: task.seed,
    status,
    ...{ system, title, origin, source },
    circuit: { ...counts, phases: clock?.measure.phases.length ?? phases.length },
    ...(clock && { clock: clockReport(clock) }),
    digital,
    notes: task.notes,
    stepsPerEpoch,
    history,
    stoppedAfter: own,
    twinStoppedAfter: others,
    predictions: { chemistry: predictions, twin: twins },
    measure: task.measure,
    metrics: {
      accuracy: predictions && decidedRightly(predictions, examples, threshold),
      twinAccuracy: decidedRightly(twins, examples, threshold),
      agreement: predictions && decidedRightly(predictions, { labels: twins }, threshold),
      outputDifference: predictions && farthest(predictions, twins),
      difference: largest(history),
      runningDifference: largest(running),
      finalDifference: last?.difference ?? 0,
      time,
      stepTime: history.length === 0 ? 0 : time / history.length,
    },
    weights: { names: weights.map(({ name }) => name), start, end: pot.weights(), twin: [...twin.weights] },
    settings: { epochs: task.epochs, ...solver },
    stats: pot.stats,
    ...(failure && { failure }),
  };
}
