import { type CompiledProblem, compileProblem, defaultKrylov } from '../compile/compile.js';
import type { Network } from '../network/model.js';
import type { Settings } from './settings.js';

export function compileFor(
  network: Network,
  active: readonly number[],
  { linearSolver }: Settings,
): CompiledProblem {
  return compileProblem(network, active, linearSolver === 'gmres' ? defaultKrylov : 0);
}
