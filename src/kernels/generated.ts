import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { CodeTable } from '../engine/code-table.js';
import type { StepShape } from './emit-step.js';
import { emitterNow, loadEmitter } from './emitter.js';
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

/** Runs that one call of a kernel serves. */
export type Lanes = 1 | 2;

/** What is known of a problem's generated kernels for the methods of one shape. Lives as long as the problem. */
interface Generated {
  /** Those of one run, those of two. */
  forms: readonly [Form, Form];
  /** Attempted steps with interpreted kernels, of runs by themselves and of runs in company. */
  attempts: [alone: number, together: number];
  /** … after which generating pays: whatever comes, no more than twice the least has then been spent. */
  breakEven: number;
  /** Whether there is code for two runs; where there is none, the interpreted kernels of two are faster than code for one. */
  pairs: boolean;
}

interface Form {
  module: WebAssembly.Module | undefined;
  /** Where a module is being compiled in the background: where the host does not do it at once. */
  compiling: boolean;
  /** Why there are none. */
  refused: Error | undefined;
  /** The module's functions for an engine, by their places after R_CODE or L_CODE. */
  instances: WeakMap<CodeTable, WebAssembly.ExportValue[]>;
}

const newForm = (): Form => ({
  module: undefined,
  compiling: false,
  refused: undefined,
  instances: new WeakMap(),
});

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
    const { breakEven, pairs } = workOf(readTables(problem.record), shape);
    generated = { forms: [newForm(), newForm()], attempts: [0, 0], breakEven, pairs };
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
 * Makes the generated kernels of a problem, once; those of two runs are made when two run.
 * @throws (rejects) Error where the host forbids compiling, naming what allows it
 */
export async function generateKernels(
  problem: CompiledProblem,
  shape: StepShape,
  lanes: Lanes = 1,
): Promise<void> {
  const form = generatedOf(problem, shape).forms[lanes - 1];
  if (form.module !== undefined) return;
  try {
    const emit = await loadEmitter();
    form.module = await WebAssembly.compile(emit(problem.record, shape, lanes));
  } catch (error) {
    throw refusal(error);
  }
}

/** As `generateKernels`, at once where the host can, else in the background; where it forbids it, notes why. */
function generateSoon(problem: CompiledProblem, shape: StepShape, lanes: Lanes, form: Form): void {
  if (form.compiling || form.refused !== undefined) return;
  try {
    const emit = emitterNow();
    if (emit !== undefined) {
      form.module = new WebAssembly.Module(emit(problem.record, shape, lanes));
      return;
    }
  } catch (error) {
    // Some pages compile only small modules at once, and say so by a RangeError.
    if (!(error instanceof RangeError)) {
      form.refused = refusal(error);
      return;
    }
  }
  form.compiling = true;
  generateKernels(problem, shape, lanes)
    .catch((reason: Error) => {
      form.refused = reason;
    })
    .finally(() => {
      form.compiling = false;
    });
}

/**
 * Notes attempted steps of a problem with interpreted kernels, of a run by itself or of one in company: what `'auto'`
 * goes by.
 */
export function noteAttempts(
  problem: CompiledProblem,
  shape: StepShape,
  attempts: number,
  lanes: Lanes = 1,
): void {
  generatedOf(problem, shape).attempts[lanes - 1] += attempts;
}

/** Why `'auto'` stays with the interpreted kernels of a problem, if the host has refused to compile others. */
export function refusedKernels(problem: CompiledProblem, shape: StepShape): string | undefined {
  const [one, two] = generatedOf(problem, shape).forms;
  return (one.refused ?? two.refused)?.message;
}

/**
 * The generated kernels of a problem for the engine of a table, of one run or of two, in the order of their places after
 * R_CODE or L_CODE; undefined where the interpreted ones are to be used.
 *
 * With `'auto'` those of two runs wait for the attempts of all runs, those of one for the attempts of runs by
 * themselves: the last of an ensemble, left without company, is not worth a module of its own.
 * @throws Error when `choice` is `'generated'` and the host forbids compiling
 */
export function kernelsFor(
  table: CodeTable,
  problem: CompiledProblem,
  shape: StepShape,
  choice: Exclude<KernelChoice, 'interpreted'>,
  lanes: Lanes = 1,
): WebAssembly.ExportValue[] | undefined {
  const { forms, attempts, breakEven, pairs } = generatedOf(problem, shape);
  const form = forms[lanes - 1];
  if (form.module === undefined) {
    if (lanes === 2 && !pairs) return undefined;
    const spent = lanes === 2 ? attempts[0] + attempts[1] : attempts[0];
    if (choice === 'auto' && spent < breakEven) return undefined;
    generateSoon(problem, shape, lanes, form);
    if (form.module === undefined) {
      if (choice === 'generated' && form.refused !== undefined) throw form.refused;
      return undefined;
    }
  }
  let functions = form.instances.get(table);
  if (functions === undefined) {
    const { exports } = new WebAssembly.Instance(form.module, { kernel: table.imports });
    functions = [];
    functions[L.CODE_DERIVATIVE] = exports.derivative;
    functions[L.CODE_JACOBIAN] = exports.jacobian;
    functions[L.CODE_FACTOR] = exports.factor;
    functions[L.CODE_SOLVE] = exports.solve;
    functions[L.CODE_STEP] = exports.step;
    form.instances.set(table, functions);
  }
  return functions;
}
