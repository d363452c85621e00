import { addDerivative } from './emit-derivative.js';
import { addFactor } from './emit-factor.js';
import { addJacobian } from './emit-jacobian.js';
import { importPowers } from './emit-powers.js';
import { addFactorByRows } from './emit-rows.js';
import { addSmallStep } from './emit-small-step.js';
import { addSolve } from './emit-solve.js';
import { addStep, type StepShape } from './emit-step.js';
import { ModuleWriter } from './module-writer.js';
import { FACTOR, SOLVE } from './signatures.js';
import { readTables } from './tables.js';
import { workOf } from './work.js';

/**
 * The bytes of a WebAssembly module with the kernels of one compiled problem in straight lines: `derivative`,
 * `jacobian`, `factor`, `solve` and, for methods whose table has the given shape, `step`, with the signatures of
 * `assembly/code.ts`. It imports `kernel.memory`, for general orders `kernel.power` and `kernel.powerSlope`, and passes on
 * what is better interpreted. Constants are read from the workspace, so it serves every set of them, every workspace and
 * every engine.
 * @param lanes 2: the kernels of two runs, as `assembly/lanes/code.ts` calls them; not of problems of which something is
 *   better interpreted
 */
export function emitKernels(
  record: ArrayBuffer,
  shape: StepShape,
  lanes: 1 | 2 = 1,
): Uint8Array<ArrayBuffer> {
  const tables = readTables(record);
  const module = new ModuleWriter(lanes);
  const powers = importPowers(module, tables);
  const form = workOf(tables, shape);
  // Imports come first.
  const factor = form.factor === 'interpreted' ? module.import('factor', FACTOR) : undefined;
  const solve = form.solve === 'interpreted' ? module.import('solve', SOLVE) : addSolve(module, tables);
  const derivative = addDerivative(module, tables, powers);
  module.export('derivative', derivative);
  module.export('jacobian', addJacobian(module, tables, powers));
  module.export(
    'factor',
    factor ?? (form.factor === 'rows' ? addFactorByRows(module, tables) : addFactor(module, tables)),
  );
  module.export('solve', solve);
  module.export(
    'step',
    form.step === 'straight'
      ? addSmallStep(module, tables, powers, shape)
      : addStep(module, tables, shape, { derivative, solve }),
  );
  return module.finish();
}
