import type { RecipeChoices } from './recipes/index.js';
import { tasks } from './registry.js';
import { withSeeds } from './seeds.js';
import { type LinearRegressionTaskOptions, linearRegressionTask, type Task } from './tasks.js';

/** Which task of `tasks`, and how. */
export interface TaskChoices extends RecipeChoices {
  task: keyof typeof tasks;
  recipe?: string;
  /** Of the data, and where they have none of their own of weights and order. Default 0. */
  seed?: number;
  weightsSeed?: number;
  orderSeed?: number;
  /** Learns from the first so many training rows alone. Default: all. */
  examples?: number;
}

/**
 * A named task as the command `train` makes it. Without a recipe the linear one takes its circuit's options before it
 * chooses its rails by them.
 * @throws RangeError for a recipe or options that cannot be used
 */
export function namedTask(choices: TaskChoices): Task {
  const {
    task,
    recipe,
    seed = 0,
    weightsSeed: weights,
    orderSeed: order,
    clock,
    examples,
    ...others
  } = choices;
  const create = (seed: number): Task => {
    if (task !== 'linear-regression' || recipe !== undefined) {
      return tasks[task].create({ ...others, seed, ...(recipe !== undefined && { recipe }) });
    }
    const { circuit, ...rest } = others;
    return linearRegressionTask({ ...(circuit as LinearRegressionTaskOptions), ...rest, seed });
  };
  const made = withSeeds(create, {
    data: seed,
    ...(weights !== undefined && { weights }),
    ...(order !== undefined && { order }),
  });
  const whole = clock === undefined ? made : { ...made, clock };
  return examples === undefined ? whole : withExamples(whole, examples);
}

/** The same task with fewer rows to learn from. */
function withExamples(task: Task, examples: number): Task {
  const { inputs, targets } = task.train;
  if (!(Number.isInteger(examples) && examples >= 1 && examples <= targets.length)) {
    throw new RangeError(
      `examples must be an integer from 1 to ${targets.length}, the training rows of ${task.experiment}, got ${examples}`,
    );
  }
  return {
    ...task,
    train: { inputs: inputs.slice(0, examples), targets: targets.slice(0, examples) },
    notes: [...task.notes, `learns from the first ${examples} of ${targets.length} training rows`],
  };
}
