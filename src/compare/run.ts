import { failureOf, type LearnerPot, type LearnerTwin } from '../learning/index.js';
import { createPacer } from '../learning/pace.js';
import { wholeFrom } from '../network/limits.js';
import { quantile } from '../robustness/statistics.js';
import type { EngineKind } from '../simulate/types.js';
import { type Entrant, entrantOf, mismatched, potOf } from './entrant.js';
import { isLearned, isReached, type Score, scoreOf } from './goal.js';

export interface CompareOptions {
  /** Of the starting weights, and of the rate constants' factors. Default 0. */
  seed?: number;
  /** Every rate constant by a log-normal factor of this size. Default 0: as designed. */
  mismatch?: number;
  /**
   * Molecules that a concentration of 1 stands for, > 0: the pot is one of whole molecules, run by chance. Default: none, rate
   * equations.
   */
  volume?: number;
  /** Most epochs. Default: the problem's. */
  epochs?: number;
  /** Default `'wasm'`. */
  engine?: EngineKind;
  /** Rejects the promise with its reason. */
  signal?: AbortSignal;
  /** Called after every step with the most that there can be. */
  onStep?: (step: number, steps: number) => void;
}

/** One start of one system on one problem. Plain data; the same bytes for the same options. */
export interface CompareRun {
  system: string;
  problem: string;
  seed: number;
  mismatch: number;
  /** Absent where there are no whole molecules. */
  volume?: number;
  /** Whether the goal was reached, and what was seen until then, or in all. */
  reached: boolean;
  epochs: number;
  examples: number;
  /** Simulated time until then, in the network's unit. */
  time: number;
  /** Of the last epoch's answers, each read from the training pot before it learned from that example. */
  last: Score | null;
  /** Asked afterwards, with the weights as they are; `null` with rate constants that are off, or whole molecules. */
  train: Score | null;
  test: Score | null;
  /**
   * Largest |Δw − Δw_ideal| over all weights in a step, both steps from the same weights: median and largest over the steps.
   * `null` where nothing is learned or nothing ideal is known, with rate constants that are off, and with whole molecules.
   */
  stepDifference: { median: number; most: number } | null;
  /** The ideal algorithm alone, from the same start by the same rule. */
  ideal: { reached: boolean; epochs: number; last: Score } | null;
  /** Steps of the solver for an example learned. */
  solverSteps: number;
  /** Why the chemistry could not go on; the goal then counts as not reached. */
  failure?: { message: string; hint: string };
}

/** Answers of one epoch, row by row. */
class Answers {
  readonly #outputs: number[][];

  constructor(readonly entrant: Entrant) {
    this.#outputs = entrant.train.inputs.map(() => []);
  }

  note(rows: readonly number[], outputs: readonly number[][]): void {
    rows.forEach((row, k) => {
      this.#outputs[row] = outputs[k];
    });
  }

  score(): Score {
    const { train, threshold, problem } = this.entrant;
    return scoreOf(this.#outputs, train, threshold, problem.goal);
  }
}

/** Learns by the ideal algorithm alone. */
function idealRun(entrant: Entrant, twin: LearnerTwin, stepsPerEpoch: number, epochs: number) {
  const answers = new Answers(entrant);
  const scores: Score[] = [];
  const reached = () => isLearned(scores, entrant.problem.goal);
  while (scores.length < epochs && !reached()) {
    for (let step = 0; step < stepsPerEpoch; step++) {
      const { rows, outputs } = twin.step();
      answers.note(rows, outputs);
    }
    scores.push(answers.score());
  }
  return { reached: reached(), epochs: scores.length, last: scores[scores.length - 1] };
}

/**
 * One start of one system on one problem: its chemistry learns until an epoch's answers meet the problem's goal, or all
 * epochs are over; beside it every step is made by the ideal algorithm from the same weights, and the ideal algorithm learns
 * alone. Chemistry that cannot go on is a result, not an error.
 * @throws (rejects) RangeError for names that there are not, or a system that has no answer to the problem
 */
export async function compareRun(
  system: string,
  problem: string,
  options: CompareOptions = {},
): Promise<CompareRun> {
  const { seed = 0, mismatch = 0, volume, engine, signal, onStep } = options;
  const nominal = entrantOf(system, problem, seed);
  const entrant = mismatch === 0 ? nominal : mismatched(nominal, mismatch, seed);
  const epochs = options.epochs ?? entrant.problem.epochs;
  wholeFrom('epochs', epochs, 1);
  const run: CompareRun = {
    ...{ system, problem, seed, mismatch, ...(volume !== undefined && { volume }) },
    ...{ reached: false, epochs: 0, examples: 0, time: 0 },
    ...{ last: null, train: null, test: null, stepDifference: null, ideal: null, solverSteps: 0 },
  };
  const asDesigned = mismatch === 0 && volume === undefined;
  const isTrained = entrant.entry.trainedElsewhere === undefined;
  const pot = await potOf(entrant, { engine, volume, seed });
  try {
    const twin = asDesigned && isTrained ? twinOf(entrant) : null;
    if (isTrained) await learn(entrant, pot, run, epochs, twin, signal, onStep);
    if (twin !== null) run.ideal = idealRun(entrant, twinOf(entrant)!, pot.stepsPerEpoch, epochs);
    // Predictions of what learns may be made in a pot of their own, whose constants are not those that were drawn.
    if (asDesigned || !isTrained) ask(entrant, pot, run);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    run.failure = failureOf(error);
    run.reached = false;
  } finally {
    pot.dispose();
  }
  return run;
}

const twinOf = ({ compared, entry, circuit, train }: Entrant): LearnerTwin | null =>
  compared.system.twin?.(circuit, entry.dosed ? train : undefined) ?? null;

/** Steps of the chemistry, each beside the ideal algorithm's from the same weights. */
async function learn(
  entrant: Entrant,
  pot: LearnerPot,
  run: CompareRun,
  epochs: number,
  beside: LearnerTwin | null,
  signal: AbortSignal | undefined,
  onStep: CompareOptions['onStep'],
): Promise<void> {
  const pacer = createPacer(signal);
  signal?.throwIfAborted();
  const answers = new Answers(entrant);
  const differences: number[] = [];
  const scores: Score[] = [];
  const { stepsPerEpoch } = pot;
  let before = beside === null ? [] : pot.weights();
  let step = 0;
  while (run.epochs < epochs && !run.reached) {
    for (let k = 0; k < stepsPerEpoch; k++) {
      if (pacer.due()) await pacer.rest();
      const { rows, outputs, time } = pot.step();
      step++;
      answers.note(rows, outputs);
      run.examples += rows.length;
      run.time = time;
      if (beside !== null) {
        const after = pot.weights();
        differences.push(stepDifference(beside, before, after));
        before = after;
      }
      onStep?.(step, epochs * stepsPerEpoch);
    }
    run.epochs++;
    run.last = answers.score();
    scores.push(run.last);
    run.reached = isLearned(scores, entrant.problem.goal);
  }
  // Of whole molecules there are events, and no steps.
  if (run.volume === undefined) run.solverSteps = pot.stats.steps / run.examples;
  if (differences.length === 0) return;
  const sorted = differences.sort((a, b) => a - b);
  run.stepDifference = { median: quantile(sorted, 0.5), most: sorted[sorted.length - 1] };
}

function stepDifference(twin: LearnerTwin, before: readonly number[], after: readonly number[]): number {
  before.forEach((weight, e) => {
    twin.weights[e] = weight;
  });
  twin.step();
  return after.reduce((most, weight, e) => Math.max(most, Math.abs(weight - twin.weights[e])), 0);
}

function ask({ train, test, threshold, problem: { goal } }: Entrant, pot: LearnerPot, run: CompareRun): void {
  const score = (examples: typeof train) => scoreOf(pot.predict(examples.inputs), examples, threshold, goal);
  run.train = score(train);
  run.test = test && score(test);
  // What was trained elsewhere is judged by its answers alone.
  if (run.epochs === 0) run.reached = isReached(run.train, goal);
}
