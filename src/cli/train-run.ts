import { type Checkpoint, CircuitFailure, type TrainingResult, train } from '../learning/index.js';
import { InvalidInput, isRefusal } from './failures.js';
import { short } from './numbers.js';
import { asFlags } from './options.js';
import { startProgress } from './progress.js';
import { interruptible } from './signals.js';
import type { Terminal } from './terminal.js';
import type { RunFolder } from './train-folder.js';
import type { TrainingOutcome } from './train-outcome.js';
import type { TrainingPlan } from './train-plan.js';

/**
 * Trains, with a bar and a checkpoint after every epoch. Ctrl-C and chemistry that cannot go on end it with what
 * there is.
 * @throws InvalidInput for data or options that the learner refuses
 */
export async function runTraining(
  plan: TrainingPlan,
  terminal: Terminal,
  folder: RunFolder | undefined,
): Promise<TrainingOutcome> {
  const { task, options } = plan;
  const epochs = options.epochs ?? task.epochs;
  const rows = task.train.targets.length;
  const first = options.resume?.epoch ?? 0;
  const began = performance.now();
  const bar = startProgress(terminal, 'training', Math.max(1, (epochs - first) * rows));
  let words = '';
  let last: Checkpoint | undefined = options.resume;
  let result: TrainingResult | undefined;
  let failure: CircuitFailure | undefined;
  await interruptible(async (signal) => {
    try {
      result = await train(task, {
        ...options,
        signal,
        onStep: ({ step }) => bar.update(step - first * rows, words),
        onEpoch: ({ epoch, validationLoss }) => {
          words = `epoch ${Math.min(epoch + 1, epochs)}/${epochs}  loss ${short(validationLoss, 3)}`;
        },
        onCheckpoint: async (checkpoint) => {
          last = checkpoint;
          await folder?.writeCheckpoint(checkpoint);
        },
      }).result;
    } catch (error) {
      if (isRefusal(error)) throw new InvalidInput(asFlags(error.message), undefined, { cause: error });
      if (!(error instanceof CircuitFailure)) throw error;
      failure = error;
      result = last && (await resultOf(last, epochs));
    } finally {
      bar.stop();
    }
  });
  if (folder !== undefined && result !== undefined && failure === undefined) {
    await folder.writeCheckpoint(result.checkpoint, true);
  }
  return { result, failure, epochs, elapsed: performance.now() - began };
}

/** The result of a run that stopped after this checkpoint. */
async function resultOf(checkpoint: Checkpoint, epochs: number): Promise<TrainingResult> {
  // Resumed with nothing left to do, the trainer only sums up.
  const result = await train(checkpoint.task, { resume: checkpoint, epochs: checkpoint.epoch }).result;
  return { ...result, settings: { ...result.settings, epochs }, checkpoint };
}
