import type { Random } from '../learning/random.js';
import { SolveFailure } from '../simulate/failure.js';
import type { Breath } from './breath.js';
import type { Goals, Judged } from './goals.js';

/** Settings of {@link trainConstants}. */
export interface TrainingSettings {
  steps: number;
  /** Of ln k in a step, about. */
  rate: number;
  /** Weight of Σ k in the loss. */
  sparsity: number;
  least: number;
  most: number;
}

export interface TrainedConstants {
  constants: Float64Array;
  judged: Judged;
  /** The loss without its penalty, every step. */
  losses: number[];
  cancelled: boolean;
}

// Kingma & Ba, ICLR 2015.
const [MEAN, SQUARE, TINY] = [0.9, 0.99, 1e-12];
/** Parts of the longest time that are looked at, one after the other, over the first half of the steps. */
const HORIZONS = [0.25, 0.5, 0.75];
/** Random constants lie between these powers of e below the largest. */
const FIRST = [6, 3];
/** Tries to come back to where the network can be run. */
const MOST_RETREATS = 30;

/**
 * Trains rate constants by gradients: Adam on ln k, with the adjoint's gradient of the loss and an L1 penalty on k.
 *
 * From random constants, how far runs are looked at grows over the first half of the steps, for an oscillation that is out of step
 * later on says nothing of use at first; the penalty comes in the second half. From given constants both are there at once,
 * and those of 0 stay.
 */
export async function trainConstants(
  goals: Goals,
  start: number | Float64Array,
  settings: TrainingSettings,
  random: Random,
  breath: Breath,
  onStep: (step: number, loss: number) => void,
): Promise<TrainedConstants> {
  const { steps, rate, sparsity, least, most } = settings;
  const [low, high] = [Math.log(least), Math.log(most)];
  const isNew = typeof start === 'number';
  let logs: Float64Array = isNew
    ? Float64Array.from({ length: start }, () => random.uniform(high - FIRST[0], high - FIRST[1]))
    : start.map(Math.log);
  const count = logs.length;
  let before: Float64Array | undefined;
  const [means, squares] = [new Float64Array(count), new Float64Array(count)];
  const losses: number[] = [];
  let cancelled = false;
  for (let step = 1; step <= steps; step++) {
    if (!(await breath.take())) {
      cancelled = true;
      break;
    }
    const early = isNew && step <= steps / 2;
    const part = !early ? 1 : HORIZONS[Math.floor((2 * HORIZONS.length * (step - 1)) / steps)];
    const found = judgedNear(goals, logs, before, part, low);
    logs = found.logs;
    const { judged, constants } = found;
    losses.push(judged.loss);
    onStep(step, judged.loss);
    before = logs;
    const penalty = early ? 0 : sparsity;
    // The steps grow shorter towards the end: Adam's own would go on as noise.
    const length = rate * Math.min(1, 4 * (1 - (step - 1) / steps));
    logs = logs.map((log, r) => {
      if (constants[r] === 0) return log;
      const slope = constants[r] * (judged.gradient[r] + penalty);
      means[r] = MEAN * means[r] + (1 - MEAN) * slope;
      squares[r] = SQUARE * squares[r] + (1 - SQUARE) * slope * slope;
      const mean = means[r] / (1 - MEAN ** step);
      const size = Math.sqrt(squares[r] / (1 - SQUARE ** step)) + TINY;
      return Math.min(high, Math.max(low, log - (length * mean) / size));
    });
  }
  const { judged, constants } = judgedNear(goals, logs, before, 1, low);
  return { constants, judged, losses, cancelled };
}

/** What there is at these constants, or half way back to where the network could be run, and again. */
function judgedNear(
  goals: Goals,
  at: Float64Array,
  before: Float64Array | undefined,
  part: number,
  low: number,
): { judged: Judged; constants: Float64Array; logs: Float64Array } {
  let logs = at;
  for (let retreat = 0; ; retreat++) {
    const constants = logs.map(Math.exp);
    try {
      return { judged: goals.at(constants, part), constants, logs };
    } catch (error) {
      if (!(error instanceof SolveFailure) || retreat === MOST_RETREATS) throw error;
      // Longer runs may fail where shorter ones did not: then back is towards slow reactions.
      const back = retreat < MOST_RETREATS / 3 ? before : undefined;
      logs = logs.map((log, r) =>
        log === back?.[r] || log === Number.NEGATIVE_INFINITY
          ? log
          : back === undefined
            ? Math.max(low, log - 0.5)
            : (log + back[r]) / 2,
      );
    }
  }
}
