import { describe, expect, it } from 'vitest';
import { linearCrn, neuralCrn, neuralSettings } from '../../src/circuits/index.js';

/** Options as a caller without types may write them. */
const refused = (build: (options: never) => unknown, options: object, reason: RegExp) => {
  expect(() => build(options as never)).toThrow(RangeError);
  expect(() => build(options as never)).toThrow(reason);
};

describe('names of options that there are not', () => {
  it.each<[object, RegExp]>([
    [
      { inputs: 2, augmnt: 1 },
      /^there is no option "augmnt" \(did you mean "augment"\?\); the options are inputs, .*\baugment\b.*, readoutWeights$/,
    ],
    [{ inputs: 2, Rate: 1 }, /no option "Rate" \(did you mean "rate"\?\)/],
    [{ inputs: 2, learntime: 5 }, /did you mean "learnTime"\?/],
    [{ inputs: 2, zzz: 1 }, /^there is no option "zzz"; the options are inputs, /],
    // Without its word for the pipeline, too.
    [{ inputs: 2, pipeline: 'staged', hidden: 2, biasses: 1 }, /did you mean "biases"\?/],
    [{ inputs: 2, dynamics: 'rectified', updat: 'digital' }, /no option "updat"/],
    [
      { inputs: 2, pipeline: 'staged', staged: { updte: 'digital' } },
      /^there is no option "staged\.updte" \(did you mean "staged\.update"\?\); the options are staged\.update, /,
    ],
    [
      { inputs: 2, pipeline: 'staged', staged: { times: { backwards: 1 } } },
      /no option "staged\.times\.backwards" \(did you mean "staged\.times\.backward"\?\)/,
    ],
    [
      { inputs: 2, pipeline: 'staged', staged: 'digital' },
      /^staged must be an object of options, got "digital"$/,
    ],
    [{ inputs: 2, pipeline: 'staged', staged: { times: 3 } }, /^staged\.times must be an object .* got 3$/],
  ])('neuralCrn %j', (options, reason) => {
    refused(neuralCrn, options, reason);
    refused(neuralSettings, options, reason);
  });

  it('linearCrn has fewer of them', () => {
    refused(
      linearCrn,
      { inputs: 2, horizn: 1 },
      /did you mean "horizon"\?\); the options are inputs, .*, theta$/,
    );
    refused(linearCrn, { inputs: 2, dynamics: 'cubic' }, /no option "dynamics"/);
  });

  it('rate constants', () => {
    refused(
      neuralCrn,
      { inputs: 2, constants: { anihilation: 1 } },
      /^there is no constant "anihilation" \(did you mean "annihilation"\?\); the constants are /,
    );
    refused(neuralCrn, { inputs: 2, constants: { kq: 1 } }, /^there is no constant "kq"; the constants are /);
    refused(neuralCrn, { inputs: 2, pipeline: 'staged', constants: { kd: 1 } }, /^there is no constant "kd"/);
  });

  it('takes every name of its own settings', () => {
    for (const options of [
      { inputs: 2 },
      { inputs: 2, dynamics: 'relu', pipeline: 'staged' },
      { inputs: 3, dynamics: 'rectified' },
    ] as const) {
      const settings = neuralSettings(options);
      expect(neuralSettings(settings)).toEqual(settings);
    }
  });
});
