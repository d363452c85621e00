import { type Names, refuseUnknown } from './names.js';
import type { NeuralCrnOptions, NeuralCrnSettings } from './options.js';
import type { StagedOptions, StageTimes } from './staged/options.js';

// Settings are options, too: a circuit is rebuilt by its own.
const NEURAL: Names<NeuralCrnOptions & NeuralCrnSettings> = {
  inputs: true,
  hidden: true,
  outputs: true,
  dynamics: true,
  wiring: true,
  adjoint: true,
  stages: true,
  pipeline: true,
  staged: true,
  biases: true,
  coupling: true,
  readout: true,
  error: true,
  rails: true,
  inputRails: true,
  targetRails: true,
  augment: true,
  bias: true,
  start: true,
  drift: true,
  kappa: true,
  exactCubic: true,
  horizon: true,
  learnTime: true,
  rate: true,
  readoutRate: true,
  fuel: true,
  constants: true,
  theta: true,
  readoutWeights: true,
};

const STAGED: Names<StagedOptions> = { update: true, backward: true, times: true };

const TIMES: Names<StageTimes> = { readout: true, error: true, adjoint: true, backward: true };

/** @throws RangeError for an option that `neuralCrn` does not have */
export function checkNeuralNames(options: NeuralCrnOptions): void {
  refuseUnknown('option', options, Object.keys(NEURAL));
}

/** @throws RangeError where `staged`, or its `times`, is no object or has an option that does not exist */
export function checkStagedNames(staged: StagedOptions): void {
  const { times = {} } = staged;
  for (const [name, value] of Object.entries({ staged, 'staged.times': times })) {
    if (typeof value === 'object' && value !== null) continue;
    throw new RangeError(`${name} must be an object of options, got ${JSON.stringify(value)}`);
  }
  refuseUnknown('option', staged, Object.keys(STAGED), 'staged.');
  refuseUnknown('option', times, Object.keys(TIMES), 'staged.times.');
}
