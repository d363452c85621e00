import type { LearnerExamples } from './learner.js';

/** The four pairs of bits. */
const PAIRS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** A function of two bits by its values at 00, 01, 10, 11. */
const gate = (...values: number[]): LearnerExamples => ({
  inputs: PAIRS,
  labels: values.map((value) => [value]),
});

/** Functions of two bits as examples, by name. */
export const gateExamples = {
  xor: gate(0, 1, 1, 0),
  xnor: gate(1, 0, 0, 1),
  or: gate(0, 1, 1, 1),
  nor: gate(1, 0, 0, 0),
  and: gate(0, 0, 0, 1),
  nand: gate(1, 1, 1, 0),
} as const;
