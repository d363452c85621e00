/** Starts the workers of the elements; the single-file build has its own of these, with the scripts inside. */
export const startSimulator = (): Worker =>
  new Worker(new URL('../simulate/worker.ts', import.meta.url), { type: 'module' });

export const startLearner = (): Promise<Worker> =>
  Promise.resolve(new Worker(new URL('./learner-worker.ts', import.meta.url), { type: 'module' }));
