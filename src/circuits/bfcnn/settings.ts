import { layeredSettings } from '../layered/settings.js';
import { type Names, refuseUnknown } from '../names.js';
import { refuse } from '../refuse.js';
import type { BfcnnOptions, BfcnnSettings } from './options.js';

const NAMES: Names<BfcnnOptions> = {
  sizes: true,
  batch: true,
  samples: true,
  data: true,
  cursor: true,
  weights: true,
  rate: true,
  phaseLength: true,
  annihilation: true,
  inputRails: true,
  tolerance: true,
  latch: true,
};

/** The share of an output in the default tolerance. */
const TOLERANCE = 0.1;

/**
 * Fills in and checks the options of a BFCNN.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function bfcnnSettings(options: BfcnnOptions): BfcnnSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const shared = layeredSettings(options, 4);
  const { samples, sizes, batch } = shared;
  const signed = samples?.inputs.flat().some((value) => value < 0) ?? false;
  const { inputRails = signed ? 'dual' : 'single', latch = 'soft' } = options;
  const { tolerance = TOLERANCE * batch * sizes[sizes.length - 1] } = options;
  if (inputRails !== 'single' && inputRails !== 'dual') {
    throw new RangeError(`inputRails must be 'single' or 'dual', got ${JSON.stringify(inputRails)}`);
  }
  if (latch !== 'soft' && latch !== 'majority') {
    throw new RangeError(`latch must be 'soft' or 'majority', got ${JSON.stringify(latch)}`);
  }
  if (!(tolerance >= 0 && Number.isFinite(tolerance))) {
    throw new RangeError(`tolerance must be a finite number ≥ 0, got ${tolerance}`);
  }
  refuse(
    signed && inputRails === 'single',
    "inputRails 'single' cannot hold negative inputs, and samples.inputs has some; use 'dual'",
  );
  samples?.labels.forEach((row, s) => {
    const value = row.find((label) => label < 0 || label > 1);
    if (value === undefined) return;
    throw new RangeError(
      `samples.labels[${s + 1}] cannot be ${value}: outputs are sigmoids, labels lie between 0 and 1`,
    );
  });
  return { ...shared, inputRails, tolerance, latch };
}
