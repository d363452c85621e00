import type { Checkpoint, EpochRecord } from './checkpoint.js';
import { isOver } from './early-stopping.js';
import { CircuitFailure } from './failure.js';
import { createPacer } from './pace.js';
import { scheduledLoss } from './scheduled-loss.js';
import { type SetUpOptions, setUp } from './set-up.js';
import { summarise } from './summary.js';
import type { Task } from './tasks.js';
import type { StepRecord } from './trainer.js';
import type { TrainingResult } from './training-result.js';

/** Options of {@link train}. */
export interface TrainOptions extends SetUpOptions {
  /** Ends the run with status `'cancelled'` and what there is. */
  signal?: AbortSignal;
  /** Called after every example. */
  onStep?: (step: StepRecord) => void;
  /** Called after every measured epoch, epoch 0 included. A returned promise is awaited. */
  onEpoch?: (epoch: EpochRecord) => void | Promise<void>;
  /** Called after every measured epoch with a checkpoint of it. A returned promise is awaited. */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
}

/** A run under way: iterate over its epochs, or await its result, or both. */
export interface TrainingRun extends AsyncIterable<EpochRecord> {
  readonly result: Promise<TrainingResult>;
}

/**
 * Trains a circuit on a task, one example at a time.
 *
 * Every example is dosed into one pot, fed forward in phase 1 and learned in phase 2; what an example leaves behind
 * stays in the pot. After every epoch (and before the first) both sets are predicted in a second pot that gets a
 * sample of the weights; every loss, metric and prediction comes from the concentrations of such a simulated phase.
 *
 * ```ts
 * const run = train(linearRegressionTask({ seed: 1 }));
 * for await (const { epoch, validationLoss } of run) console.log(epoch, validationLoss);
 * const { parameters, model } = await run.result;
 * ```
 *
 * The run starts at once, and leaving the loop does not stop it: abort `signal` for that. `result` rejects with
 * RangeError or DataError for input that cannot be used, and with CircuitFailure when the chemistry cannot go on.
 */
export function train(task: Task, options: TrainOptions = {}): TrainingRun {
  const epochs: EpochRecord[] = [];
  let finished = false;
  let waiting: (() => void)[] = [];
  const wake = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const outcome = execute(task, options, (epoch) => {
    epochs.push(epoch);
    wake();
  }).finally(() => {
    finished = true;
    wake();
  });
  // Whoever asks for `result` or iterates gets the error; nobody gets it unasked.
  outcome.catch(() => {});
  return {
    get result() {
      return outcome.then((result) => result);
    },
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; ) {
        while (next < epochs.length) yield epochs[next++];
        if (finished) break;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      await outcome;
    },
  };
}

async function execute(
  task: Task,
  options: TrainOptions,
  report: (epoch: EpochRecord) => void,
): Promise<TrainingResult> {
  const { signal, onStep, onEpoch, onCheckpoint, ...choices } = options;
  const { trainer, settings, solver } = await setUp(task, choices);
  // Kept from the last complete epoch, so that a run cancelled in the middle of one resumes to the same bits.
  let checkpoint = trainer.checkpoint();
  let status: TrainingResult['status'] = 'done';
  let grid: number[] | undefined;
  let scheduled: number | undefined;
  try {
    const pacer = createPacer(signal);
    signal?.throwIfAborted();
    while (!isOver(trainer.progress, settings)) {
      const epoch = await (trainer.progress.history.length === 0
        ? trainer.begin(pacer)
        : trainer.runEpochs(pacer, onStep));
      checkpoint = trainer.checkpoint();
      report(epoch);
      await onEpoch?.(epoch);
      await onCheckpoint?.(checkpoint);
      // A pause for callers that iterate, whatever the slice.
      await pacer.rest();
    }
    grid = await trainer.measureGrid(pacer);
    if (trainer.circuit.clock) {
      scheduled = await scheduledLoss(task, trainer.circuit, settings, solver, pacer);
    }
  } catch (error) {
    if (error instanceof CircuitFailure) error.partial = summarise(trainer, checkpoint, 'failed');
    if (!signal?.aborted || error !== signal.reason) throw error;
    if (!isOver(checkpoint.progress, settings)) status = 'cancelled';
  } finally {
    trainer.dispose();
  }
  return summarise(trainer, checkpoint, status, grid, scheduled);
}
