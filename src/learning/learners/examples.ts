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
  never: gate(0, 0, 0, 0),
  always: gate(1, 1, 1, 1),
  first: gate(0, 0, 1, 1),
  second: gate(0, 1, 0, 1),
  notFirst: gate(1, 1, 0, 0),
  notSecond: gate(1, 0, 1, 0),
  onlyFirst: gate(0, 0, 1, 0),
  onlySecond: gate(0, 1, 0, 0),
  firstImplies: gate(1, 1, 0, 1),
  secondImplies: gate(1, 0, 1, 1),
} as const;

/** All 16 functions of two bits by name, and the 14 that a perceptron can learn. */
export const gateNames = Object.keys(gateExamples) as (keyof typeof gateExamples)[];
export const separableGates = gateNames.filter((name) => name !== 'xor' && name !== 'xnor');

/** The same with inputs −1 and 1 for 0 and 1, and labels −`high` and `high`: as tanh takes and gives them. */
export const signedExamples = ({ inputs, labels }: LearnerExamples, high = 0.9): LearnerExamples => ({
  inputs: inputs.map((row) => row.map((value) => 2 * value - 1)),
  labels: labels.map((row) => row.map((value) => high * (2 * value - 1))),
});
