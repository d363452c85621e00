import { addDerivative } from './emit-derivative.js';
import { addFactor } from './emit-factor.js';
import { addJacobian, termsByPlace } from './emit-jacobian.js';
import { importPowers } from './emit-powers.js';
import { addSmallStep } from './emit-small-step.js';
import { addSolve } from './emit-solve.js';
import { addStep, type StepShape } from './emit-step.js';
import { ModuleWriter } from './module-writer.js';
import { type ProblemTables, readTables } from './tables.js';

/** Instructions of all stages, about, up to which a step is written as one straight line. */
const SMALL_STEP = 2500;

/**
 * The bytes of a WebAssembly module with the kernels of one compiled problem in straight lines: `derivative`,
 * `jacobian`, `factor`, `solve` and, for methods whose table has the given shape, `step`, with the signatures of
 * `assembly/code.ts`. It imports `kernel.memory` and, for general orders, `kernel.power` and `kernel.powerSlope`.
 * Constants are read from the workspace, so it serves every set of them, every workspace and every engine.
 */
export function emitKernels(record: ArrayBuffer, shape: StepShape): Uint8Array<ArrayBuffer> {
  const tables = readTables(record);
  const module = new ModuleWriter();
  const powers = importPowers(module, tables);
  const { start } = termsByPlace(tables);
  const derivative = addDerivative(module, tables, powers);
  const solve = addSolve(module, tables);
  module.export('derivative', derivative);
  module.export('jacobian', addJacobian(module, tables, powers));
  module.export(
    'factor',
    addFactor(module, tables, (entry) => start[entry] < start[entry + 1]),
  );
  module.export('solve', solve);
  module.export(
    'step',
    stepOperations(tables, shape) <= SMALL_STEP
      ? addSmallStep(module, tables, powers, shape)
      : addStep(module, tables, shape, { derivative, solve }),
  );
  return module.finish();
}

/** Multiplications of all stages, about. */
function stepOperations(
  { count, reactions, changeReaction, fill }: ProblemTables,
  { stages }: StepShape,
): number {
  const sums = stages * (stages - 1) * count;
  return sums + stages * (2 * reactions + changeReaction.length + fill);
}
