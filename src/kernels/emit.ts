import { addDerivative } from './emit-derivative.js';
import { addFactor } from './emit-factor.js';
import { addJacobian, termsByPlace } from './emit-jacobian.js';
import { importPowers } from './emit-powers.js';
import { addSolve } from './emit-solve.js';
import { ModuleWriter } from './module-writer.js';
import { readTables } from './tables.js';

/**
 * The bytes of a WebAssembly module with the four kernels of one compiled problem in straight lines: `derivative`,
 * `jacobian`, `factor`, `solve`, with the signatures of `assembly/code.ts`. It imports `kernel.memory` and, for general
 * orders, `kernel.power` and `kernel.powerSlope`. Constants are read from the workspace, so it serves every set of them,
 * every workspace and every engine.
 */
export function emitKernels(record: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const tables = readTables(record);
  const module = new ModuleWriter();
  const powers = importPowers(module, tables);
  const { start } = termsByPlace(tables);
  module.export('derivative', addDerivative(module, tables, powers));
  module.export('jacobian', addJacobian(module, tables, powers));
  module.export(
    'factor',
    addFactor(module, tables, (entry) => start[entry] < start[entry + 1]),
  );
  module.export('solve', addSolve(module, tables));
  return module.finish();
}
