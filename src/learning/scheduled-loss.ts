import { type Circuit, neuralCrn } from '../circuits/index.js';
import type { SolverOptions } from '../simulate/types.js';
import type { TrainSettings } from './checkpoint.js';
import { isOver } from './early-stopping.js';
import { CircuitFailure } from './failure.js';
import type { Pacer } from './pace.js';
import type { Task } from './tasks.js';
import { Trainer } from './trainer.js';

/**
 * Validation loss of the same run under an outside schedule: what a run under a clock inside is to be compared with.
 * Simulated chemistry like any other. `undefined` when it fails.
 */
export async function scheduledLoss(
  task: Task,
  circuit: Circuit,
  settings: TrainSettings,
  solver: SolverOptions,
  pacer: Pacer,
): Promise<number | undefined> {
  const scheduled = neuralCrn(circuit.options);
  // Only the last epoch's loss is asked for, unless the best one is looked for on the way.
  const measureEvery = settings.patience === undefined ? Math.max(1, settings.epochs) : settings.measureEvery;
  const trainer = await Trainer.create(
    task,
    { ...settings, ideal: false, ...(measureEvery !== undefined && { measureEvery }) },
    solver,
    scheduled,
  );
  const { progress } = trainer;
  try {
    await trainer.begin(pacer);
    while (!isOver(progress, settings)) await trainer.runEpochs(pacer);
    const last = progress.history[progress.history.length - 1];
    return (progress.best ?? last).validationLoss;
  } catch (error) {
    if (error instanceof CircuitFailure) return undefined;
    throw error;
  } finally {
    trainer.dispose();
  }
}
