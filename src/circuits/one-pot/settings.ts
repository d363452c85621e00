import { positive } from '../../network/limits.js';
import { nonNegative } from '../checks.js';
import { layeredSettings } from '../layered/settings.js';
import { type Names, refuseUnknown } from '../names.js';
import { refuse } from '../refuse.js';
import type { OnePotOptions, OnePotSettings } from './options.js';

const NAMES: Names<OnePotOptions> = {
  sizes: true,
  samples: true,
  data: true,
  weights: true,
  speed: true,
  rate: true,
  softness: true,
  annihilation: true,
  inputRails: true,
  learns: true,
  stretch: true,
};

/**
 * Fills in and checks the options of a one-pot learner.
 * @throws RangeError or TypeError naming the option (also one that there is not), or why options do not go together
 */
export function onePotSettings(options: OnePotOptions): OnePotSettings {
  refuseUnknown('option', options, Object.keys(NAMES));
  const { sizes, data = 'parameters', weights, learns = true } = options;
  const { speed = 20, rate = 0.02, softness = 0.05, annihilation = 200 } = options;
  positive({ speed, rate, softness, annihilation });
  const { stretch = 1 / rate } = options;
  positive({ stretch });
  if (data !== 'parameters' && data !== 'constants') {
    throw new RangeError(`data must be 'parameters' or 'constants', got ${JSON.stringify(data)}`);
  }
  if (typeof learns !== 'boolean') throw new TypeError(`learns must be true or false, got ${learns}`);
  const given = options.samples ?? undefined;
  refuse(!learns && given !== undefined, 'samples are for learning; without (learns false) leave them out');
  // All examples at once: a copy of the network for each.
  const batch = Array.isArray(given?.inputs) ? Math.max(1, given.inputs.length) : 1;
  const form = learns ? data : 'parameters';
  const shared = layeredSettings(
    {
      sizes,
      batch,
      rate,
      annihilation,
      data: form,
      ...(weights && { weights }),
      ...(given && { samples: given }),
    },
    rate,
  );
  const { samples } = shared;
  const signed = samples?.inputs.flat().some((value) => value < 0) ?? false;
  const { inputRails = signed ? 'dual' : 'single' } = options;
  if (inputRails !== 'single' && inputRails !== 'dual') {
    throw new RangeError(`inputRails must be 'single' or 'dual', got ${JSON.stringify(inputRails)}`);
  }
  refuse(
    signed && inputRails === 'single',
    "inputRails 'single' cannot hold negative inputs, and samples.inputs has some; use 'dual'",
  );
  samples?.labels.forEach((row, s) => {
    nonNegative(`samples.labels[${s + 1}]`, row, '(outputs are positive concentrations)');
  });
  return {
    sizes: shared.sizes,
    batch,
    samples: learns ? samples : null,
    weights: shared.weights,
    rate,
    annihilation,
    data,
    speed,
    softness,
    inputRails,
    learns,
    stretch,
  };
}
