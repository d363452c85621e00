import { positive, wholeFrom } from '../../network/limits.js';
import { checkAugment, finite, nonNegative } from '../checks.js';
import { balancedSigns, constantsFrom, matrix } from '../given.js';
import { checkStagedNames } from '../option-names.js';
import type { Dynamics, NeuralCrnOptions, NeuralCrnSettings } from '../options.js';
import { checkStaged } from './checks.js';
import type { StagedSettings } from './options.js';

/** `annihilation`: opposite rails of Z, E and A. `kf`: O and Y turn into the error. The authors' values. */
const CONSTANTS = { annihilation: 100, kf: 10 } as const;

/** Lengths of forward stages: the authors' of linear regression, the ReLU classifier and the cubic one. */
const HORIZONS: Readonly<Record<Dynamics, number>> = {
  linear: 0.5,
  quadratic: 0.9,
  cubic: 0.9,
  relu: 0.8,
  rectified: 0.9,
};

/** e^{−UPDATE} of a gradient is left when an update ends. */
const UPDATE = 100;

/**
 * Fills in and checks the options of a staged circuit.
 * @throws RangeError naming the option, or the reason why options do not go together
 */
export function stagedSettings(options: NeuralCrnOptions): NeuralCrnSettings {
  const { inputs, outputs = 1, dynamics = 'linear', rails = 'dual', readout = 'sum' } = options;
  const linear = dynamics === 'linear';
  const relu = dynamics === 'relu';
  const { wiring = linear ? 'diagonal' : 'full', exactCubic = false, augment = false } = options;
  const diagonal = wiring === 'diagonal';
  const { adjoint = linear && wiring !== 'recurrent' ? 'constant' : 'exact' } = options;
  const { hidden = inputs, start = 'input' } = options;
  const { drift = (linear && diagonal) || relu ? 0.1 : false } = options;
  const { horizon = HORIZONS[dynamics], learnTime = UPDATE, rate = 0.1 } = options;
  const oneRail = rails === 'positive' ? 'single' : 'dual';
  const { inputRails = oneRail, targetRails = oneRail } = options;
  const kappa = options.kappa ?? (linear ? null : dynamics === 'cubic' ? 1 / 6 : 0.5);
  const readoutRate = options.readoutRate ?? (readout === 'trained' ? rate : null);
  const staged = stagesOf(options, horizon);

  wholeFrom('inputs', inputs, 1);
  wholeFrom('hidden', hidden, 1);
  wholeFrom('outputs', outputs, 1);
  const shape = {
    ...{ inputs, hidden, outputs, dynamics, wiring, adjoint, readout, rails, inputRails, targetRails },
    ...{ augment, start, drift, exactCubic, horizon, rate, readoutRate },
  };
  checkStaged(options, shape, staged);
  checkAugment(augment, inputs);
  const constants = constantsFrom(CONSTANTS, options.constants);
  positive({ ...constants, horizon, learnTime, rate });
  if (kappa !== null) positive({ kappa });
  if (readoutRate !== null) positive({ readoutRate });
  if (drift !== false) finite('drift', drift, ' or false');

  const edges = diagonal ? inputs : hidden * inputs;
  const theta = matrix('theta', options.theta ?? new Array<number>(edges).fill(0), edges);
  if (rails === 'positive') {
    nonNegative('theta', theta, 'with positive rails; use dual rails');
    if (drift !== false) nonNegative('drift', [drift], 'with positive rails; use dual rails');
  }
  const signs = () =>
    readout === 'sum' ? new Array<number>(hidden).fill(1) : balancedSigns(outputs, hidden);
  const readoutWeights = matrix('readoutWeights', options.readoutWeights ?? signs(), outputs * hidden);
  const biases = options.biases ?? 0.1;
  const each = typeof biases === 'number' ? new Array<number>(hidden).fill(biases) : biases;
  return {
    ...shape,
    error: 'squared',
    bias: false,
    kappa,
    learnTime,
    fuel: false,
    constants,
    theta,
    readoutWeights,
    stages: null,
    coupling: null,
    pipeline: 'staged',
    staged,
    biases: relu ? matrix('biases', each, hidden) : null,
  };
}

function stagesOf({ staged }: NeuralCrnOptions, horizon: number): StagedSettings {
  checkStagedNames(staged ?? {});
  const { update = 'chemical', backward = 'corrected', times = {} } = staged ?? {};
  const { readout = 40, error = 2, adjoint = 40, backward: back = horizon } = times;
  const all = { readout, error, adjoint, backward: back };
  for (const [name, value] of Object.entries(all)) positive({ [`staged.times.${name}`]: value });
  return { update, backward, times: all };
}
