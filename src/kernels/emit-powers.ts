import type { FunctionWriter } from './function-writer.js';
import type { Read } from './kept.js';
import type { ModuleWriter } from './module-writer.js';
import { POWER, POWER_SLOPE } from './signatures.js';
import type { ProblemTables } from './tables.js';

/** As `MAX_MULTIPLIED` of `assembly/kinetics.ts`: whole orders up to this are multiplied out there too. */
const MAX_MULTIPLIED = 16;

/** The kernel's functions for general orders, by their number in the module. */
export interface Powers {
  power: number;
  slope: number;
}

/** Imports them where the problem has general orders. */
export function importPowers(module: ModuleWriter, { reactions, tripleEnd }: ProblemTables): Powers {
  if (reactions === tripleEnd) return { power: -1, slope: -1 };
  const power = module.import('power', POWER);
  const slope = module.import('powerSlope', POWER_SLOPE);
  return { power: module.perLane(power, POWER), slope: module.perLane(slope, POWER_SLOPE) };
}

const isMultiplied = (order: number): boolean =>
  Number.isInteger(order) && order >= 1 && order <= MAX_MULTIPLIED;

/** Pushes x^order, x being component `s` of `y`. */
function pushPower(code: FunctionWriter, powers: Powers, y: Read, s: number, order: number): void {
  y(s);
  if (isMultiplied(order)) {
    for (let n = 1; n < order; n++) {
      y(s);
      code.multiply();
    }
    return;
  }
  code.constant(order);
  code.call(powers.power);
}

/** Multiplies what is on the stack by x^order. */
export function timesPower(code: FunctionWriter, powers: Powers, y: Read, s: number, order: number): void {
  if (order === 0) return;
  pushPower(code, powers, y, s, order);
  code.multiply();
}

/** Multiplies what is on the stack by d(x^order)/dx; `atol` pushes absolute tolerances. */
export function timesSlope(
  code: FunctionWriter,
  powers: Powers,
  y: Read,
  atol: Read,
  s: number,
  order: number,
): void {
  if (order === 1) return;
  if (isMultiplied(order - 1)) {
    code.constant(order);
    pushPower(code, powers, y, s, order - 1);
    code.multiply();
  } else {
    y(s);
    code.constant(order);
    atol(s);
    code.call(powers.slope);
  }
  code.multiply();
}
