import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { CodeTable } from '../engine/code-table.js';
import { emitKernels } from './emit.js';
import type { StepShape } from './emit-step.js';
import { readTables } from './tables.js';
import { workOf } from './work.js';

/**
 * Kernels of one problem. `'interpreted'` ones read its tables; `'generated'` ones are WebAssembly written for it;
 * `'auto'` begins with the first and goes on with the second once enough work has been done. All give the same bits.
 */
export const kernelChoices = ['auto', 'interpreted', 'generated'] as const;
export type KernelChoice = (typeof kernelChoices)[number];

/** Which kernels a run has ended with. */
export interface KernelUse {
  kind: 'interpreted' | 'generated';
  /** Why `'auto'` has no generated ones, where the host has refused to compile them. */
  note: string | undefined;
}

/** What is known of a problem's generated kernels for the methods of one shape. Lives as long as the problem. */
interface Generated {
  module: WebAssembly.Module | undefined;
  /** Where a module is being compiled in the background: where the host does not do it at once. */
  compiling: boolean;
  /** Why there are none. */
  refused: Error | undefined;
  /** Attempted steps of all runs with interpreted kernels. */
  attempts: number;
  /** … after which generating pays: whatever comes, no more than twice the least has then been spent. */
  breakEven: number;
  /** The module's functions for an engine, by their places after R_CODE. */
  instances: WeakMap<CodeTable, WebAssembly.ExportValue[]>;
}

const known = new WeakMap<CompiledProblem, Map<number, Generated>>();

function generatedOf(problem: CompiledProblem, shape: StepShape): Generated {
  let shapes = known.get(problem);
  if (shapes === undefined) {
    shapes = new Map();
    known.set(problem, shapes);
  }
  const key = shape.stages * (L.MAX_STAGES + 1) + shape.explicit;
  let generated = shapes.get(key);
  if (generated === undefined) {
    generated = {
      module: undefined,
      compiling: false,
      refused: undefined,
      attempts: 0,
      breakEven: workOf(readTables(problem.record), shape).breakEven,
      instances: new WeakMap(),
    };
    shapes.set(key, generated);
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
export async function generateKernels(problem: CompiledProblem, shape: StepShape): Promise<void> {
  const generated = generatedOf(problem, shape);
  if (generated.module !== undefined) return;
  try {
    generated.module = await WebAssembly.compile(emitKernels(problem.record, shape));
  } catch (error) {
    throw refusal(error);
  }
}

/** As `generateKernels`, at once where the host can, else in the background; where it forbids it, notes why. */
function generateSoon(problem: CompiledProblem, shape: StepShape, generated: Generated): void {
  if (generated.compiling || generated.refused !== undefined) return;
  try {
    generated.module = new WebAssembly.Module(emitKernels(problem.record, shape));
  } catch (error) {
    // Some pages compile only small modules at once, and say so by a RangeError.
    if (!(error instanceof RangeError)) {
      generated.refused = refusal(error);
      return;
    }
    generated.compiling = true;
    generateKernels(problem, shape)
      .catch((reason: Error) => {
        generated.refused = reason;
      })
      .finally(() => {
        generated.compiling = false;
      });
  }
}

/** Notes attempted steps of a problem with interpreted kernels: what `'auto'` goes by. */
export function noteAttempts(problem: CompiledProblem, shape: StepShape, attempts: number): void {
  generatedOf(problem, shape).attempts += attempts;
}

/** Why `'auto'` stays with the interpreted kernels of a problem, if the host has refused to compile others. */
export function refusedKernels(problem: CompiledProblem, shape: StepShape): string | undefined {
  return generatedOf(problem, shape).refused?.message;
}

/**
 * The generated kernels of a problem for the engine of a table, in the order of their places after R_CODE; undefined
 * where the interpreted ones are to be used.
 * @throws Error when `choice` is `'generated'` and the host forbids compiling
 */
export function kernelsFor(
  table: CodeTable,
  problem: CompiledProblem,
  shape: StepShape,
  choice: Exclude<KernelChoice, 'interpreted'>,
): WebAssembly.ExportValue[] | undefined {
  const generated = generatedOf(problem, shape);
  if (generated.module === undefined) {
    if (choice === 'auto' && generated.attempts < generated.breakEven) return undefined;
    generateSoon(problem, shape, generated);
    if (generated.module === undefined) {
      if (choice === 'generated' && generated.refused !== undefined) throw generated.refused;
      return undefined;
    }
  }
  let functions = generated.instances.get(table);
  if (functions === undefined) {
    const { exports } = new WebAssembly.Instance(generated.module, { kernel: table.imports });
    functions = [];
    functions[L.CODE_DERIVATIVE] = exports.derivative;
    functions[L.CODE_JACOBIAN] = exports.jacobian;
    functions[L.CODE_FACTOR] = exports.factor;
    functions[L.CODE_SOLVE] = exports.solve;
    functions[L.CODE_STEP] = exports.step;
    generated.instances.set(table, functions);
  }
  return functions;
}
