import { layeredSettings } from '../layered/settings.js';
import { type Names, refuseUnknown } from '../names.js';
import type { LakinOptions, LakinSettings } from './options.js';

const NAMES: Names<LakinOptions> = {
  sizes: true,
  batch: true,
  samples: true,
  data: true,
  cursor: true,
  weights: true,
  rate: true,
  phaseLength: true,
  annihilation: true,
  slope: true,
};

/**
 * Fills in and checks the options of a leaky-ReLU network.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function lakinSettings(options: LakinOptions): LakinSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { slope = 0.1 } = options;
  if (!(slope > 0 && slope <= 1)) throw new RangeError(`slope must be > 0 and at most 1, got ${slope}`);
  return { ...layeredSettings(options, 0.1), slope };
}
