import { positive, wholeFrom } from '../../network/limits.js';
import { matrix } from '../given.js';
import { type Names, refuseUnknown } from '../names.js';
import type { BitSamples, PerceptronOptions, PerceptronSettings } from './options.js';

const NAMES: Names<PerceptronOptions> = {
  inputs: true,
  samples: true,
  weights: true,
  rate: true,
  phaseLength: true,
  annihilation: true,
};

/**
 * Fills in and checks the options of a perceptron.
 * @throws RangeError or TypeError naming the option (also one that there is not)
 */
export function perceptronSettings(options: PerceptronOptions): PerceptronSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { inputs = 2, samples = null, rate = 0.5, phaseLength = 20, annihilation = 50 } = options;
  wholeFrom('inputs', inputs, 1);
  positive({ rate, phaseLength, annihilation });
  const weights = options.weights ?? new Array<number>(inputs + 1).fill(0);
  return {
    inputs,
    samples: samples === null ? null : checkedBits('samples', samples, inputs),
    weights: matrix('weights', weights, inputs + 1),
    rate,
    phaseLength,
    annihilation,
  };
}

/** @throws RangeError naming the row that is too long or short, or holds no bits */
export function checkedBits(name: string, { inputs, labels }: BitSamples, width: number) {
  if (inputs.length === 0 || inputs.length !== labels.length) {
    throw new RangeError(
      `${name} must be rows with a label each, got ${inputs.length} of inputs and ${labels.length} of labels`,
    );
  }
  const rows = (what: string, values: readonly (readonly number[])[], count: number) =>
    values.map((row, s) => {
      if (row.length === count && row.every((value) => value === 0 || value === 1)) return [...row];
      throw new RangeError(
        `${name}.${what}[${s + 1}] must be ${count} of 0 and 1, got ${JSON.stringify(row)}: a perceptron knows bits only`,
      );
    });
  return { inputs: rows('inputs', inputs, width), labels: rows('labels', labels, 1) };
}
