import { initialConcentrations, parameterValues, rateConstants } from '../../src/index.js';
import { kernelAt } from '../../test/tools/kernel-at.js';
import type { Effort } from '../effort.js';
import { loadProblem } from '../problems.js';
import { race } from '../timing.js';

export const kernelCalls = ['derivative', 'jacobian', 'factor', 'solve'] as const;

export interface KernelOrder {
  problem: string;
  effort: Effort;
}

/** Microseconds a call of the kernel in either engine. */
export interface KernelTimes {
  unknowns: number;
  /** Entries of L + U. */
  fill: number;
  calls: Record<(typeof kernelCalls)[number], { wasm: number; js: number }>;
}

/** Well inside any pivot's reach: I·shift dominates the rows of I·shift − J. */
export const SHIFT = 1e12;

/** What a step is made of, call by call, by both engines in turns. */
export async function timeKernels({ problem, effort }: KernelOrder): Promise<KernelTimes> {
  const { network } = await loadProblem(problem);
  const values = parameterValues(network);
  const constants = [...rateConstants(network, values)];
  const state = [...initialConcentrations(network, values)];
  const wasm = await kernelAt(network, constants, state);
  const js = await kernelAt(network, constants, state, { engine: 'js' });
  wasm.calls.factor(SHIFT);
  js.calls.factor(SHIFT);
  const calls = {} as KernelTimes['calls'];
  for (const call of kernelCalls) {
    calls[call] = await race(
      { wasm: () => wasm.calls[call](SHIFT), js: () => js.calls[call](SHIFT) },
      effort,
    );
  }
  return { unknowns: wasm.dynamic.length, fill: wasm.fill, calls };
}
