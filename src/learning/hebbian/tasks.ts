import type { SpikePattern } from './spikes.js';

/** Spike trains for a neuron of three channels, and which weights ought to be the largest. */
export interface HebbianTask {
  title: string;
  patterns: readonly SpikePattern[];
  /** At the end of each pattern: channels whose weights ought to lie above those of the others. */
  strong: readonly (readonly number[])[];
}

/** Frequency bias, temporal correlation, and a bias that swaps: for three channels. */
export const hebbianTasks = {
  bias: {
    title: 'channel 1 spikes twice as often as 2 and 3',
    patterns: [{ rates: [0.1, 0.05, 0.05], to: 4000 }],
    strong: [[1]],
  },
  correlation: {
    title: 'channel 2 follows channel 1 after 2 time units, channel 3 spikes as often by itself',
    patterns: [{ rates: [0.05, 0, 0.05], follow: [{ channel: 2, leader: 1, after: 2 }], to: 4000 }],
    strong: [[1, 2]],
  },
  swap: {
    title: 'channel 1 spikes twice as often, after half of the time channel 2',
    patterns: [
      { rates: [0.1, 0.05, 0.05], to: 2000 },
      { rates: [0.05, 0.1, 0.05], to: 4000 },
    ],
    strong: [[1], [2]],
  },
} as const satisfies Record<string, HebbianTask>;
