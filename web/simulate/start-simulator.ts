import script from './worker.ts?script';

/** Starts the worker of the Simulate and Race views. */
export const startSimulator = (): Worker => new Worker(script, { type: 'module' });
