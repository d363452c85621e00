// The exported ABI, one line an export. Addresses are bytes in linear memory; records are drawn in problem.ts.
export { allocate, mark, release } from './arena';
export { advance, commit, start } from './integrate';
export { derivative, fold, jacobian, power, powerSlope } from './kinetics';
export { gmres } from './linalg/gmres';
export { factor, solve } from './linalg/lu';
export { exp, log, pow } from './math';
export { unfold } from './unfold';
