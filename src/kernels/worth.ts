import type { CompiledProblem } from '../compile/compile.js';

/**
 * Attempted steps after which generated kernels pay: by then the interpreted ones have cost about as much as
 * generating, so whatever comes, no more than twice the least has been spent (the rule of the ski rental).
 */
const ATTEMPTS = 400;

export function worthGenerating(_problem: CompiledProblem, attempts: number): boolean {
  return attempts >= ATTEMPTS;
}
