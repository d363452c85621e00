import {
  CircuitFailure,
  type Model,
  type NamedTask,
  type NamedTaskOptions,
  type Task,
  type TrainingResult,
  type TrainOptions,
  type TrainReport,
  tasks,
  train,
  trainReport,
} from '../learning/index.js';
import type { JobContext } from './serve.js';

/** What the job `train` takes. */
export interface TrainJob extends Omit<NamedTaskOptions, 'seed'> {
  /** A task, or the name of one in `tasks`. */
  task: Task | string;
  /** For a named task. Default 0. */
  seed?: number;
  /** How to train. */
  options?: Omit<TrainOptions, 'resume' | 'signal' | 'onStep' | 'onEpoch' | 'onCheckpoint'>;
  /** Most rows of weights to give back, evenly spaced over the run; ≥ 2. Default 300. */
  weightRows?: number;
}

/** What it tells while it runs, a few times a second. */
export interface TrainJobProgress {
  /** Complete epochs. */
  epoch: number;
  /** Examples learned. */
  step: number;
  /** Examples to learn in all. */
  steps: number;
}

/** What it gives back: the report, and what figures need. The same bytes for the same job. */
export interface TrainJobResult {
  report: TrainReport;
  model: Model;
  /** For every example, in the label's own units. */
  predictions: TrainingResult['predictions'];
  /** Predictions for the task's grid. */
  grid?: number[];
  /** Signed weights θ after `steps[k]` examples. */
  weights: { steps: number[]; rows: number[][] };
  /** Why the chemistry could not go on; everything else is then as of the last complete epoch. */
  failure?: { code: string; message: string; hint: string; epoch?: number };
}

/** Milliseconds between two words of progress. */
const SPACING = 100;

/** The task that a job names or brings. @throws RangeError for a name that does not exist */
export function taskOfJob({ task, options: _, weightRows: __, ...choices }: TrainJob): Task {
  if (typeof task !== 'string') return task;
  if (!Object.hasOwn(tasks, task)) {
    throw new RangeError(`there is no task "${task}"; there are ${Object.keys(tasks).join(', ')}`);
  }
  return (tasks as Readonly<Record<string, NamedTask>>)[task].create(choices);
}

/** Trains a task: the job `train` of the package's worker. Chemistry that cannot go on is a result, not an error. */
export async function trainJob(input: TrainJob, { signal, progress }: JobContext): Promise<TrainJobResult> {
  const task = taskOfJob(input);
  const epochs = input.options?.epochs ?? task.epochs;
  const rows = task.train.targets.length;
  let epoch = 0;
  let told = Number.NEGATIVE_INFINITY;
  let failure: CircuitFailure | undefined;
  let result: TrainingResult | undefined;
  try {
    result = await train(task, {
      ...input.options,
      signal,
      onEpoch: (record) => {
        epoch = record.epoch;
      },
      onStep: ({ step }) => {
        const now = performance.now();
        if (now - told < SPACING) return;
        told = now;
        progress({ epoch, step, steps: epochs * rows } satisfies TrainJobProgress);
      },
    }).result;
  } catch (error) {
    if (!(error instanceof CircuitFailure) || error.partial === undefined) throw error;
    failure = error;
    result = error.partial;
  }
  return {
    report: trainReport(result),
    model: result.model,
    predictions: result.predictions,
    ...(result.grid && { grid: result.grid }),
    weights: thinned(result.weights, input.weightRows ?? 300),
    ...(failure && {
      failure: {
        code: failure.code,
        message: failure.message,
        hint: failure.hint,
        ...(failure.epoch !== undefined && { epoch: failure.epoch }),
      },
    }),
  };
}

/** At most `most` rows, evenly spaced, both ends among them. */
function thinned(weights: number[][], most: number): TrainJobResult['weights'] {
  const last = weights.length - 1;
  const count = Math.min(weights.length, Math.max(2, Math.floor(most)));
  const steps = Array.from({ length: count }, (_, k) =>
    last <= 0 ? 0 : Math.round((k * last) / (count - 1)),
  );
  return { steps, rows: steps.map((step) => weights[step]) };
}
