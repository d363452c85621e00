/** A neuron that learns from spikes without labels. */
export { type HebbianRun, type HebbianRunOptions, runHebbian, taskSpikes } from './run.js';
export { poissonSpikes, type Spike, type SpikePattern, spikeSchedule, withSpikes } from './spikes.js';
export { type HebbianTask, hebbianTasks } from './tasks.js';
