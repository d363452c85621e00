import type { Rails } from '../../src/circuits/index.js';
import { linearRegressionTask, type Task, type TrainOptions, train } from '../../src/learning/index.js';
import type { Effort } from '../effort.js';
import { ifBuilt, optionsOf } from '../race/ours.js';
import { median } from '../statistics.js';

export interface LearningOrder {
  /** One of our variants. */
  variant: string;
  rails: Rails;
  effort: Effort;
}

const SAMPLES = 50;
const EPOCHS = 50;
const RUNS = 5;

/** Every weight of this law is above what the circuit starts with, so that positive rails can hold it. */
const law = ([x1, x2]: readonly number[]): number => 1.3 * x1 + 1.4 * x2 + 1.5;

/**
 * Linear regression with three inputs, the third a constant, over 50 samples and 50 epochs; losses are measured before the
 * first epoch and after the last.
 */
function regression(rails: Rails, { quick }: Effort): Task {
  const task = linearRegressionTask({ seed: 0, rails, epochs: quick ? 1 : EPOCHS });
  const all = [...task.train.inputs, ...task.validation.inputs];
  const rows = (from: number, to?: number) => {
    const inputs = all.slice(from, to);
    return { inputs, targets: inputs.map(law) };
  };
  return {
    ...task,
    train: rows(0, SAMPLES),
    validation: rows(SAMPLES),
    scaling: { ...task.scaling, augment: 1 },
    circuit: { ...task.circuit, inputs: 3, theta: [0.3, 0.3, 0.3] },
  };
}

/** Milliseconds of a whole training run, warm: the median of five. */
export async function timeLearning({ variant, rails, effort }: LearningOrder): Promise<number> {
  const task = regression(rails, effort);
  const times: number[] = [];
  for (let run = 0; run <= (effort.quick ? 1 : RUNS); run++) {
    const began = performance.now();
    await ifBuilt(
      () => train(task, { ...(optionsOf(variant) as TrainOptions), measureEvery: task.epochs }).result,
    );
    // The first warms up.
    if (run > 0) times.push(performance.now() - began);
  }
  return median(times);
}
