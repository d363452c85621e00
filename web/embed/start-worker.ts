/** Starts the workers of the elements; the single-file build has its own of these, with the scripts inside. */
import learner from './learner-worker.ts?script';

export { startSimulator } from '../simulate/start-simulator';

export const startLearner = (): Promise<Worker> => Promise.resolve(new Worker(learner, { type: 'module' }));
