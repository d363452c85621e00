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
}

/**
 * A named task as the command `train` makes it. Without a recipe the linear one takes its circuit's options before it
 * chooses its rails by them.
 * @throws RangeError for a recipe or options that cannot be used
 */
export function namedTask(choices: TaskChoices): Task {
  const { task, recipe, seed = 0, weightsSeed: weights, orderSeed: order, clock, ...others } = choices;
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
  return clock === undefined ? made : { ...made, clock };
}
