import { exp, log } from '../../assembly/math';
import { LAYERS } from '../../assembly/stochastic/layout';

/** Where the lowest of 256 layers ends and the tail begins, and the area of each (Marsaglia & Tsang 2000, exponential). */
const EDGE = 7.69711747013105;
const AREA = 3.949659822581572e-3;

let tables: Float64Array | undefined;

/** The widths of the layers from the lowest up, and e^−width of the same: what the kernel's `exponential` reads. */
export function zigguratTables(): Float64Array {
  if (tables !== undefined) return tables;
  const made = new Float64Array(2 * (LAYERS + 1));
  const heights = made.subarray(LAYERS + 1);
  made[0] = AREA / exp(-EDGE);
  made[1] = EDGE;
  for (let i = 1; i < LAYERS; i++) {
    heights[i] = exp(-made[i]);
    // The next layer's bottom is this one's top.
    if (i + 1 < LAYERS) made[i + 1] = -log(heights[i] + AREA / made[i]);
  }
  made[LAYERS] = 0;
  heights[LAYERS] = 1;
  tables = made;
  return made;
}
