import type { Circuit } from '../circuits/index.js';
import { positive, wholeFrom } from '../network/limits.js';
import type { SolverOptions } from '../simulate/types.js';
import type { Checkpoint, TrainSettings } from './checkpoint.js';
import { type Disturbance, handOf } from './disturbance.js';
import { checkPatience } from './early-stopping.js';
import { checkStochastic, type StochasticChoice, stochasticSettings } from './stochastic.js';
import type { SampleOrder, Task } from './tasks.js';
import { Trainer } from './trainer.js';

/** How a run is set up, by `train` or by `createLearner`. */
export interface SetUpOptions extends Omit<SolverOptions, 'atol'> {
  /** Absolute tolerance in concentration units. Default 1e-9. */
  atol?: number;
  /** A circuit to use in place of the one the task describes. */
  circuit?: Circuit;
  /** Epochs in all (a resumed run counts those it already has). Default: the task's. */
  epochs?: number;
  /** Default: the task's. */
  order?: SampleOrder;
  /** Runs the ideal twin beside the chemistry and reports the difference. Default false. */
  ideal?: boolean;
  /**
   * Stops when the validation loss (for hinge circuits the hinge loss, which they descend) has not fallen for so many
   * epochs; the result is then that of the best epoch, also when all epochs were run. Default: no early stop, and the
   * result is that of the last epoch.
   */
  patience?: number;
  /** With `patience`: by how much that loss must fall to count, in the loss's units. Default 0. */
  minDelta?: number;
  /** Losses and predictions are measured after every so many epochs, and after the last. Default 1. */
  measureEvery?: number;
  /**
   * Whether `weights`, `errors` and `idealDifferences` of the result have a row for every example. Default: as the task
   * says, else true; without them a run that goes on for days takes no more memory than its epochs' losses.
   */
  keepSteps?: boolean;
  /** Errors of dosing and of the schedule while it learns. Not together with `resume`, which does not know where they were. */
  disturbance?: Disturbance;
  /** A finite number of molecules in place of rate equations; a resumed run goes on as it was begun. */
  stochastic?: StochasticChoice;
  /** Continues this run, with its settings where no others are given. `epochs` may be larger than it had. */
  resume?: Checkpoint;
}

/** A trainer that is ready to begin, or to go on, with the settings that it has. */
export interface SetUp {
  trainer: Trainer;
  settings: TrainSettings;
  solver: SolverOptions;
}

/** Checks options, fills them in from the run to resume and the task, and makes the trainer. */
export async function setUp(task: Task, options: SetUpOptions): Promise<SetUp> {
  const { circuit, epochs, order, ideal, resume, disturbance, keepSteps, stochastic, ...rest } = options;
  const {
    patience = resume?.settings.patience,
    minDelta = resume?.settings.minDelta,
    measureEvery = resume?.settings.measureEvery ?? 1,
    ...asked
  } = rest;
  wholeFrom('measureEvery', measureEvery, 1);
  if (resume && JSON.stringify(resume.task) !== JSON.stringify(task)) {
    throw new RangeError('resume: the checkpoint belongs to another task; pass checkpoint.task');
  }
  if (resume && disturbance) {
    throw new RangeError(
      'disturbance: a run that is resumed would begin its errors anew; leave one of the two out',
    );
  }
  if (resume && stochastic) {
    throw new RangeError('stochastic: a run that is resumed goes on as it was begun; leave it out');
  }
  checkStochastic({ ...asked, ...(stochastic !== undefined && { stochastic }) });
  const molecules = stochastic ? stochasticSettings(stochastic, task.seed) : resume?.settings.stochastic;
  const settings: TrainSettings = {
    epochs: epochs ?? resume?.settings.epochs ?? task.epochs,
    order: order ?? resume?.settings.order ?? task.order,
    rtol: asked.rtol ?? resume?.settings.rtol ?? task.solver?.rtol ?? 1e-6,
    atol: asked.atol ?? resume?.settings.atol ?? task.solver?.atol ?? 1e-9,
    ideal: ideal ?? resume?.settings.ideal ?? false,
    ...(patience !== undefined && { patience }),
    ...(minDelta !== undefined && { minDelta }),
    ...(measureEvery > 1 && { measureEvery }),
    ...(molecules && { stochastic: molecules }),
  };
  checkSettings(settings, resume);
  checkPatience(settings, resume?.settings);
  if (resume && settings.ideal !== resume.settings.ideal) {
    throw new RangeError(
      'ideal: the twin runs from the start or not at all; leave it out to resume as before',
    );
  }
  const hand = disturbance && handOf(disturbance);
  const solver = { ...asked, rtol: settings.rtol, atol: settings.atol };
  const rows = keepSteps ?? task.keepSteps ?? true;
  const trainer = await Trainer.create(task, settings, solver, circuit, resume, rows, hand);
  return { trainer, settings, solver };
}

function checkSettings({ epochs, order, rtol, atol }: TrainSettings, resume: Checkpoint | undefined): void {
  wholeFrom('epochs', epochs, 0);
  if (order !== 'fixed' && order !== 'shuffled') {
    throw new RangeError(`order must be 'fixed' or 'shuffled', got ${JSON.stringify(order)}`);
  }
  positive({ rtol, atol });
  if (resume && resume.epoch > epochs) {
    throw new RangeError(`epochs is ${epochs}, but the run to resume already has ${resume.epoch}`);
  }
}
