import type { LearnerExamples } from './learner.js';

/** The four corners of two bits. */
const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** A function of two bits by its values at 00, 01, 10, 11. */
export const gate = (values: readonly number[]): LearnerExamples => ({
  inputs: CORNERS,
  labels: values.map((value) => [value]),
});

export const gates = { xor: gate([0, 1, 1, 0]), or: gate([0, 1, 1, 1]), and: gate([0, 0, 0, 1]) };
