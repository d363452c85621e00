import { positive, wholeFrom } from '../network/limits.js';
import { checkAugment, checkChoices, checkRefusals, finite, nonNegative } from './checks.js';
import { formConstants, formOf, formTimes } from './forms.js';
import { balancedSigns, constantsFrom, matrix } from './given.js';
import { checkNeuralNames } from './option-names.js';
import type { NeuralCrnOptions, NeuralCrnSettings } from './options.js';
import { stagedSettings } from './staged/settings.js';

/**
 * Fills in and checks the options of a circuit.
 * @throws RangeError naming the option (also one that there is not), or the reason why options do not go together
 */
export function neuralSettings(options: NeuralCrnOptions): NeuralCrnSettings {
  checkNeuralNames(options);
  const {
    inputs,
    outputs = 1,
    dynamics = 'linear',
    rails = 'dual',
    augment = false,
    exactCubic = false,
    fuel = false,
  } = options;
  checkChoices(options);
  if (options.pipeline === 'staged') return stagedSettings(options);
  const { error = dynamics === 'rectified' ? 'hinge' : 'squared' } = options;
  const hinge = error === 'hinge';
  const linear = dynamics === 'linear';
  const { readout = dynamics === 'relu' ? 'trained' : hinge ? 'signed' : 'sum' } = options;
  const coupled = options.coupling != null;
  const { wiring = linear && readout === 'sum' && !coupled ? 'diagonal' : 'full' } = options;
  const recurrent = wiring === 'recurrent';
  const { adjoint = linear && !hinge && !recurrent && !coupled ? 'constant' : 'exact' } = options;
  const stages = options.stages ?? (adjoint === 'frozen' ? 4 : null);
  const form = formOf({ error, wiring, adjoint, readout, coupling: options.coupling });
  const single = rails === 'positive' || form === 'readout' ? 'single' : 'dual';
  const { inputRails = rails === 'positive' || form === 'readout' ? 'single' : 'dual' } = options;
  const { targetRails = single } = options;

  const own =
    wiring === 'diagonal' || recurrent || (readout === 'sum' && (options.start ?? 'input') === 'input');
  const { hidden = own ? inputs : hinge && linear ? 1 : 8 } = options;
  const atInput = readout === 'sum' && !hinge && hidden === inputs;
  const { start = dynamics === 'relu' ? 0.5 : atInput ? 'input' : 0 } = options;
  const { drift = linear && wiring === 'diagonal' && !hinge ? 0.1 : false } = options;
  const { bias = hinge ? (linear ? 1 : 0.25) : false } = options;
  const decays = !linear && dynamics !== 'rectified';
  const kappa = options.kappa ?? (decays ? (dynamics === 'cubic' ? 1 / 6 : 0.5) : null);
  const { rate = 0.1 } = options;
  const { horizon = formTimes[form].horizon, learnTime = formTimes[form].learnTime } = options;

  refuseStaged(options);
  wholeFrom('inputs', inputs, 1);
  wholeFrom('hidden', hidden, 1);
  wholeFrom('outputs', outputs, 1);
  const shape = { hidden, outputs, dynamics, wiring, adjoint, readout, error, rails, augment };
  checkRefusals({ ...options, ...shape, start, drift, bias, exactCubic, fuel, inputs, form });
  checkAugment(augment, inputs);
  const constants = constantsFrom(formConstants[form], options.constants);
  const readoutRate = options.readoutRate ?? (readout === 'trained' ? rate : null);
  positive({ ...constants, horizon, learnTime, rate });
  if (kappa !== null) positive({ kappa });
  if (readoutRate !== null) positive({ readoutRate });
  if (stages !== null) wholeFrom('stages', stages, 1);
  if (typeof fuel === 'number') positive({ fuel });
  if (bias !== false) positive({ bias });
  if (drift !== false) finite('drift', drift, ' or false');
  if (drift !== false && drift < 0 && rails === 'positive') {
    throw new RangeError(`drift cannot be ${drift} with positive rails; use dual rails`);
  }
  const edges = wiring === 'diagonal' ? inputs : hidden * inputs;
  const theta = matrix('theta', options.theta ?? new Array<number>(edges).fill(0), edges);
  if (rails === 'positive') nonNegative('theta', theta, 'with positive rails; use dual rails');
  const coupling = options.coupling == null ? null : matrix('coupling', options.coupling, hidden * hidden);
  let readoutWeights: number[] | null = null;
  if (form === 'readout') {
    const given = options.readoutWeights ?? balancedSigns(outputs, hidden);
    readoutWeights = matrix('readoutWeights', given, outputs * hidden);
  } else if (options.readoutWeights != null) {
    throw new RangeError('readoutWeights: the output weights of this circuit are built into its reactions');
  }
  return {
    inputs,
    ...shape,
    stages,
    coupling,
    inputRails,
    targetRails,
    bias,
    start,
    drift,
    kappa,
    exactCubic,
    horizon,
    learnTime,
    rate,
    readoutRate,
    fuel,
    constants,
    theta,
    readoutWeights,
    pipeline: 'two-phase',
    staged: null,
    biases: null,
  };
}

function refuseStaged({ staged, biases }: NeuralCrnOptions): void {
  if (staged != null) throw new RangeError("staged (update, backward, times) belongs to pipeline 'staged'");
  if (biases != null) throw new RangeError("biases belong to the 'relu' nodes of pipeline 'staged'");
}
