import { constantInput, type NeuralCrnSettings } from '../circuits/index.js';
import type { Scaling } from '../learning/index.js';

/** Concentration of the input that is the same for every row, whether data or circuit have it; `null` for none. */
export function constantOf(scaling: Scaling, options: NeuralCrnSettings): number | null {
  return scaling.augment ?? (constantInput(options) || null);
}
