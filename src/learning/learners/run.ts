import { wholeFrom } from '../../network/limits.js';
import { SolveFailure } from '../../simulate/failure.js';
import { CircuitFailure } from '../failure.js';
import { createPacer } from '../pace.js';
import { checkStochastic, isStochasticFailure, type PotOptions, stochasticSettings } from '../stochastic.js';
import type { LearnerPot, LearnerTwin } from './learner.js';
import {
  type LearnerRecord,
  type LearnerReport,
  learnerReport,
  type Outcome,
  stoppedAfter,
} from './report.js';
import { systemNamed } from './systems.js';
import type { LearnerTask } from './task.js';

export interface LearnerRunOptions extends Omit<PotOptions, 'atol'> {
  /** Absolute tolerance in concentration units. Default: the task's. */
  atol?: number;
  /** Ends the run with status `'cancelled'` and what there is. */
  signal?: AbortSignal;
  /** Called after every step, with the most that there can be. */
  onStep?: (record: LearnerRecord, steps: number) => void;
  /** A stop rule of the observer's, beside the chemistry's own: asked after every step. */
  enough?: (record: LearnerRecord) => boolean;
}

/** Passes after the stop, unless a task says otherwise. */
const AFTER = 2;

/**
 * Runs a task: the system's chemistry and, beside it, its ideal twin, until the chemistry has stopped itself (and some
 * passes on), the observer has enough, or all epochs are over. Chemistry that cannot go on is a report, not an error.
 *
 * ```ts
 * const report = await runLearner(learnerTasks['bfcnn-xor'].create({ seed: 1 }));
 * console.log(report.stoppedAfter, report.predictions.chemistry);
 * ```
 * @throws (rejects) RangeError or TypeError for a task that cannot be built
 */
export async function runLearner(task: LearnerTask, options: LearnerRunOptions = {}): Promise<LearnerReport> {
  const { signal, onStep, enough, stochastic: choice, ...asked } = options;
  wholeFrom('epochs', task.epochs, 0);
  const { rtol = task.solver.rtol, atol = task.solver.atol } = asked;
  const stochastic = choice && stochasticSettings(choice, task.seed);
  const molecules = stochastic && { stochastic };
  checkStochastic({ ...asked, ...(choice && { stochastic: choice }) });
  const system = systemNamed(task.system);
  const scheduled = system.build(task.circuit);
  const circuit = task.clock === undefined ? scheduled : await system.drive(scheduled, task.clock);
  const pot = await system.pot(circuit, { ...asked, rtol, atol, ...molecules }, task.examples);
  try {
    const twin = system.twin(circuit, task.examples);
    const outcome: Outcome = { status: 'done', start: pot.weights(), history: [], predictions: null };
    const { history } = outcome;
    const pacer = createPacer(signal);
    const steps = task.epochs * pot.stepsPerEpoch;
    let left = steps;
    let over = false;
    try {
      signal?.throwIfAborted();
      while (left-- > 0) {
        if (pacer.due()) await pacer.rest();
        const record = stepBoth(pot, twin);
        history.push(record);
        onStep?.(record, steps);
        if (enough?.(record)) break;
        if (over || !hasStopped(history, pot.stepsPerEpoch)) continue;
        over = true;
        left = Math.min(left, (task.after ?? AFTER) * pot.stepsPerEpoch);
      }
      outcome.predictions = pot.predict(pot.examples.inputs);
    } catch (error) {
      if (signal?.aborted && error === signal.reason) outcome.status = 'cancelled';
      else {
        outcome.failure = failureOf(error);
        outcome.status = 'failed';
      }
    }
    return learnerReport(task, pot, twin, { rtol, atol, ...molecules }, outcome);
  } finally {
    pot.dispose();
  }
}

function stepBoth(pot: LearnerPot, twin: LearnerTwin): LearnerRecord {
  const { step, error, going, time } = pot.step();
  const ideal = twin.step();
  const difference = pot
    .weights()
    .reduce((most, weight, e) => Math.max(most, Math.abs(weight - twin.weights[e])), 0);
  return { step, error, going, time, twinError: ideal.error, twinGoing: ideal.going, difference };
}

const hasStopped = (history: readonly LearnerRecord[], stepsPerEpoch: number): boolean =>
  stoppedAfter(
    history.slice(-stepsPerEpoch).map(({ going }) => going),
    stepsPerEpoch,
  ) !== null;

/** Why the chemistry could not go on. @throws what is no failure of chemistry */
export function failureOf(error: unknown): { message: string; hint: string } {
  if (error instanceof CircuitFailure || error instanceof SolveFailure || isStochasticFailure(error)) {
    return { message: error.message, hint: error.hint };
  }
  throw error;
}
