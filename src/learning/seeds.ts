import type { Task } from './tasks.js';

/** Seeds of what a task draws at random, each from a stream of its own. */
export interface Seeds {
  /** Of data, or of the split of a table. */
  data: number;
  /** Of the starting weights. Default: `data`. */
  weights?: number;
  /** Of the order of examples, where it is shuffled. Default: `data`. */
  order?: number;
}

/**
 * A task whose data, starting weights and order have seeds of their own.
 *
 * ```ts
 * const task = withSeeds((seed) => tasks.xor.create({ seed }), { data: 0, weights: 5 });
 * ```
 * @param create the task with one seed for all
 */
export function withSeeds(create: (seed: number) => Task, seeds: Seeds): Task {
  const { data, weights = data, order = data } = seeds;
  const task = create(data);
  if (weights === data && order === data) return task;
  const { theta, readoutWeights, rails } = (weights === data ? task : create(weights)).circuit;
  return {
    ...task,
    seeds: { weights, order },
    circuit: {
      ...task.circuit,
      ...(theta && { theta }),
      ...(readoutWeights && { readoutWeights }),
      // Dual rails hold what positive ones do, and more.
      ...(rails === 'dual' && { rails }),
    },
  };
}
