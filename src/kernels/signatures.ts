import { F64, I32, type Signature, V128 } from './function-writer.js';

// Those of `assembly/code.ts`, by which the kernel calls them.
/** (problem, work, y, out) */
export const DERIVATIVE: Signature = { parameters: [I32, I32, I32, I32], results: [] };
/** (problem, work, y) */
export const JACOBIAN: Signature = { parameters: [I32, I32, I32], results: [] };
/** (problem, work, shift): −1, or the unknown whose pivot failed */
export const FACTOR: Signature = { parameters: [I32, I32, F64], results: [I32] };
/** (problem, work, x, add) */
export const SOLVE: Signature = { parameters: [I32, I32, I32, I32], results: [] };
/** (problem, work, tableau, h) */
export const STEP: Signature = { parameters: [I32, I32, I32, F64], results: [] };

/** The problem's and the workspace's locals in all of them. */
export const PROBLEM = 0;
export const WORK = 1;

// Imported from the kernel (`assembly/kinetics.ts`).
/** (x, order) */
export const POWER: Signature = { parameters: [F64, F64], results: [F64] };
/** (x, order, atol) */
export const POWER_SLOPE: Signature = { parameters: [F64, F64, F64], results: [F64] };

// Inside a generated module.
/** (work, multiplier): takes a multiple of one row of U from the dense row */
export const SUBTRACT: Signature = { parameters: [I32, F64], results: [] };

/**
 * Those that differ in code for two runs. Kernels find numbers that each run has for itself in the record of the two
 * (`assembly/lanes/layout.ts`), and what fails is looked for afterwards; other functions take pairs.
 */
const PAIRS = new Map<Signature, Signature>([
  [FACTOR, { parameters: [I32, I32], results: [] }],
  [STEP, { parameters: [I32, I32, I32], results: [] }],
  [SUBTRACT, { parameters: [I32, V128], results: [] }],
  [POWER, { parameters: [V128, V128], results: [V128] }],
  [POWER_SLOPE, { parameters: [V128, V128, V128], results: [V128] }],
]);

/** The signature for two runs of a function that has the given one for one. */
export const pairSignature = (signature: Signature): Signature => PAIRS.get(signature) ?? signature;
