import { neuralForward, referenceProblems } from '../problems/index.js';
import { full, grid } from './large-networks.js';

/** Networks of every kind of kernel: small and straight, by rows, with factors that fill up and long runs in them. */
export const kernelProblems = [
  ...referenceProblems,
  neuralForward(3),
  neuralForward(10),
  full(12),
  full(31),
  grid(7),
  grid(16),
  grid(30),
];
