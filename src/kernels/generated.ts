import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import { emitKernels } from './emit.js';
import { worthGenerating } from './worth.js';

/**
 * Kernels of one problem. `'interpreted'` ones read its tables; `'generated'` ones are WebAssembly written for it;
 * `'auto'` begins with the first and goes on with the second once enough work has been done. All give the same bits.
 */
export const kernelChoices = ['auto', 'interpreted', 'generated'] as const;
export type KernelChoice = (typeof kernelChoices)[number];

/** What is known of a problem's generated kernels. Lives as long as the problem. */
interface Generated {
  module: WebAssembly.Module | undefined;
  /** Where a module is being compiled in the background: where the host does not do it at once. */
  compiling: boolean;
  /** Why there are none. */
  refused: Error | undefined;
  /** Attempted steps of all runs with interpreted kernels. */
  attempts: number;
  /** The module's functions in an engine's memory, by their places after R_CODE. */
  instances: WeakMap<Engine, WebAssembly.ExportValue[]>;
}

const known = new WeakMap<CompiledProblem, Generated>();

function generatedOf(problem: CompiledProblem): Generated {
  let generated = known.get(problem);
  if (generated === undefined) {
    generated = {
      module: undefined,
      compiling: false,
      refused: undefined,
      attempts: 0,
      instances: new WeakMap(),
    };
    known.set(problem, generated);
  }
  return generated;
}

function refusal(cause: unknown): Error {
  return new Error(
    "generated kernels could not be compiled. Where a page's Content-Security-Policy forbids it, add " +
      "'wasm-unsafe-eval' to script-src, or use kernels: 'interpreted', which gives the same results",
    { cause },
  );
}

/**
 * Makes the generated kernels of a problem, once.
 * @throws (rejects) Error where the host forbids compiling, naming what allows it
 */
export async function generateKernels(problem: CompiledProblem): Promise<void> {
  const generated = generatedOf(problem);
  if (generated.module !== undefined) return;
  try {
    generated.module = await WebAssembly.compile(emitKernels(problem.record));
  } catch (error) {
    throw refusal(error);
  }
}

/** As `generateKernels`, at once where the host can, else in the background; where it forbids it, notes why. */
function generateSoon(problem: CompiledProblem, generated: Generated): void {
  if (generated.compiling || generated.refused !== undefined) return;
  try {
    generated.module = new WebAssembly.Module(emitKernels(problem.record));
  } catch (error) {
    // Some pages compile only small modules at once, and say so by a RangeError.
    if (!(error instanceof RangeError)) {
      generated.refused = refusal(error);
      return;
    }
    generated.compiling = true;
    generateKernels(problem)
      .catch((reason: Error) => {
        generated.refused = reason;
      })
      .finally(() => {
        generated.compiling = false;
      });
  }
}

/** Notes attempted steps of a problem with interpreted kernels: what `'auto'` goes by. */
export function noteAttempts(problem: CompiledProblem, attempts: number): void {
  generatedOf(problem).attempts += attempts;
}

/** Why `'auto'` stays with the interpreted kernels of a problem, if the host has refused to compile others. */
export function refusedKernels(problem: CompiledProblem): string | undefined {
  return known.get(problem)?.refused?.message;
}

/**
 * The generated kernels of a problem for an engine, in the order of their places after R_CODE; undefined where the
 * interpreted ones are to be used.
 * @throws Error when `choice` is `'generated'` and the host forbids compiling
 */
export function kernelsFor(
  engine: Engine,
  problem: CompiledProblem,
  choice: KernelChoice,
): WebAssembly.ExportValue[] | undefined {
  if (choice === 'interpreted' || engine.code === undefined) return undefined;
  const generated = generatedOf(problem);
  if (generated.module === undefined) {
    if (choice === 'auto' && !worthGenerating(problem, generated.attempts)) return undefined;
    generateSoon(problem, generated);
    if (generated.module === undefined) {
      if (choice === 'generated' && generated.refused !== undefined) throw generated.refused;
      return undefined;
    }
  }
  let functions = generated.instances.get(engine);
  if (functions === undefined) {
    const { exports } = new WebAssembly.Instance(generated.module, { kernel: engine.code.imports });
    functions = [];
    functions[L.CODE_DERIVATIVE] = exports.derivative;
    functions[L.CODE_JACOBIAN] = exports.jacobian;
    functions[L.CODE_FACTOR] = exports.factor;
    functions[L.CODE_SOLVE] = exports.solve;
    generated.instances.set(engine, functions);
  }
  return functions;
}
