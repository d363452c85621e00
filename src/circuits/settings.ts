import { checkChoices, checkRefusals, finite, nonNegative, positive, wholeFrom } from './checks.js';
import { type Form, formConstants, formOf, formTimes } from './forms.js';
import type { Rails } from './rails.js';

/** Law of a node: how fast zᵢ changes under its drive uᵢ = Σⱼ θᵢⱼxⱼ and the drift h. */
export type Dynamics = 'linear' | 'quadratic' | 'cubic' | 'relu' | 'rectified';
/** How inputs reach nodes: each its own (θᵢ), or every input every node (θᵢⱼ). */
export type Wiring = 'diagonal' | 'full';
/** How ∂z(T)/∂u, the part of the gradient that belongs to a node, is obtained. */
export type Adjoint = 'constant' | 'leaky' | 'exact';
/** Output weights: all 1, fixed with both signs, or learned. */
export type Readout = 'sum' | 'signed' | 'trained';
export type ErrorKind = 'squared' | 'hinge';

/** Options of {@link neuralCrn}. Only `inputs` must be given. */
export interface NeuralCrnOptions {
  /** Number of inputs n, a constant input (or the bias) included. At least 1. */
  inputs: number;
  /**
   * Number of nodes m. Default n where every node has its own input or starts at one, 1 for the linear hinge circuit,
   * else 8.
   */
  hidden?: number;
  /** Number of outputs c. Default 1; more need a `'signed'` or `'trained'` read-out. */
  outputs?: number;
  /**
   * Law of a node.
   *  - `'linear'` (default): u + h;
   *  - `'quadratic'`: u + h − κz|z|; only bimolecular reactions;
   *  - `'cubic'`: u + h − κz³;
   *  - `'relu'`: h + zu − κz², z ≥ 0: a smooth rectifier;
   *  - `'rectified'`: u − λz run to its fixed point, whose positive rail alone is read out: a sharp rectifier.
   */
  dynamics?: Dynamics;
  /** Default `'diagonal'` for `'linear'`, else `'full'`. */
  wiring?: Wiring;
  /**
   * Sensitivity Fᵢ of node i in the gradient e·Fᵢ·xⱼ.
   *  - `'constant'`: Fᵢ = T. Exact for linear nodes; elsewhere a positive rescaling of each row;
   *  - `'leaky'`: Fᵢ = 1/(1/T + J(zᵢ(T))): the adjoint leaks with the Jacobian at the end of phase 1;
   *  - `'exact'`: Fᵢ obeys its own forward equation in phase 1.
   *
   * Default `'constant'` for linear nodes, else `'exact'`.
   */
  adjoint?: Adjoint;
  /** Default `'sum'`; `'trained'` for `'relu'`, `'signed'` for `'rectified'` and for the hinge. */
  readout?: Readout;
  /**
   * Loss of an example: ½e², or ½·max(0, 1 − y·ŷ)² for labels ±1. Default `'squared'`, for `'rectified'` `'hinge'`.
   */
  error?: ErrorKind;
  /**
   * `'dual'` (default): signed inputs, weights and labels. `'positive'`: about half the species, valid while all stay
   * ≥ 0; for linear diagonal circuits.
   */
  rails?: Rails;
  /** `'single'` where no input is ever negative: fewer species and reactions. Default follows `rails` and read-out. */
  inputRails?: 'dual' | 'single';
  /** `'single'` where no label is ever negative. Default follows `rails` and read-out. */
  targetRails?: 'dual' | 'single';
  /**
   * Concentration of the bias, the n-th input, which is dosed with every example (hinge circuits only; elsewhere give
   * a constant input). Default 0.25, with one linear node 1. `false` for none.
   */
  bias?: number | false;
  /**
   * State in which nodes start: `'input'` for z(0) = x (needs m = n), or a concentration dosed with every example.
   * Default `'input'` where m = n and the read-out is `'sum'`, else 0; 0.5 for `'relu'`.
   */
  start?: 'input' | number;
  /** Concentration h of the drift species H, never trained; `false` leaves it out. Default 0.1 for linear diagonal circuits, else `false`. */
  drift?: number | false;
  /** κ of the node's law. Default ½, for `'cubic'` 1/6. */
  kappa?: number | null;
  /** Adds the mixed terms that make the cubic law and its sensitivity exact at any annihilation rate. Default false. */
  exactCubic?: boolean;
  /** Length T of phase 1. Default by kind of circuit: 0.5, 0.9, 2, or 8 where it only has to be long. */
  horizon?: number;
  /** Length T2 of phase 2, in which everything relaxes. Default 8 to 12. */
  learnTime?: number;
  /** Learning rate LR in Δθ = −LR·∂L/∂θ (with the gradient of the chosen adjoint). Default 0.1. */
  rate?: number;
  /** Learning rate of a trained read-out, ΔW = −rate·∂L/∂W. Default: `rate`. */
  readoutRate?: number | null;
  /**
   * Exact adjoint only: without the species L nothing is learned. `'constant'` makes it a switch; a number n₀ lets it
   * decay in phase 2, so that the rate after n examples is LR/(1 + n/n₀). Default `false`: no such species.
   */
  fuel?: false | 'constant' | number;
  /** Rate constants by name; those not given keep their defaults. The names depend on the kind of circuit. */
  constants?: Readonly<Record<string, number | undefined>>;
  /** Starting weights θ, row by row (a row is a node), flat or nested. Default: all 0. */
  theta?: readonly number[] | readonly (readonly number[])[];
  /** Output weights W, row by row (a row is an output): starting values of a trained read-out, values of a fixed one. Default: balanced ±1. */
  readoutWeights?: readonly number[] | readonly (readonly number[])[] | null;
}

/** {@link NeuralCrnOptions} with every value filled in. Plain data. */
export interface NeuralCrnSettings {
  inputs: number;
  hidden: number;
  outputs: number;
  dynamics: Dynamics;
  wiring: Wiring;
  adjoint: Adjoint;
  readout: Readout;
  error: ErrorKind;
  rails: Rails;
  inputRails: 'dual' | 'single';
  targetRails: 'dual' | 'single';
  bias: number | false;
  start: 'input' | number;
  drift: number | false;
  /** `null` where nodes have no self-decay. */
  kappa: number | null;
  exactCubic: boolean;
  horizon: number;
  learnTime: number;
  rate: number;
  /** `null` where the read-out is not trained. */
  readoutRate: number | null;
  fuel: false | 'constant' | number;
  constants: Record<string, number>;
  /** Row by row: n values with diagonal wiring, else m·n. */
  theta: number[];
  /** Row by row, c·m values; `null` where the output weights are built into the reactions. */
  readoutWeights: number[] | null;
}

/**
 * Fills in and checks the options of a circuit.
 * @throws RangeError naming the option, or the reason why options do not go together
 */
export function neuralSettings(options: NeuralCrnOptions): NeuralCrnSettings {
  const {
    inputs,
    outputs = 1,
    dynamics = 'linear',
    rails = 'dual',
    exactCubic = false,
    fuel = false,
  } = options;
  checkChoices(options);
  const { error = dynamics === 'rectified' ? 'hinge' : 'squared' } = options;
  const hinge = error === 'hinge';
  const linear = dynamics === 'linear';
  const { wiring = linear && !hinge ? 'diagonal' : 'full' } = options;
  const { adjoint = linear && !hinge ? 'constant' : 'exact' } = options;
  const { readout = dynamics === 'relu' ? 'trained' : hinge ? 'signed' : 'sum' } = options;
  const form = formOf({ error, rails, adjoint, readout });
  const single = rails === 'positive' || form === 'readout' ? 'single' : 'dual';
  const { inputRails = rails === 'positive' || form === 'readout' ? 'single' : 'dual' } = options;
  const { targetRails = single } = options;

  const own = wiring === 'diagonal' || (readout === 'sum' && (options.start ?? 'input') === 'input');
  const { hidden = own ? inputs : hinge && linear ? 1 : 8 } = options;
  const atInput = readout === 'sum' && !hinge && hidden === inputs;
  const { start = dynamics === 'relu' ? 0.5 : atInput ? 'input' : 0 } = options;
  const { drift = linear && wiring === 'diagonal' && !hinge ? 0.1 : false } = options;
  const { bias = hinge ? (linear ? 1 : 0.25) : false } = options;
  const decays = !linear && dynamics !== 'rectified';
  const kappa = options.kappa ?? (decays ? (dynamics === 'cubic' ? 1 / 6 : 0.5) : null);
  const { rate = 0.1 } = options;
  const { horizon = formTimes[form].horizon, learnTime = formTimes[form].learnTime } = options;

  wholeFrom('inputs', inputs, 1);
  wholeFrom('hidden', hidden, 1);
  wholeFrom('outputs', outputs, 1);
  const shape = { hidden, outputs, dynamics, wiring, adjoint, readout, error, rails };
  checkRefusals({ ...options, ...shape, start, drift, bias, exactCubic, fuel, inputs, form });
  const constants = constantsOf(form, options.constants);
  const readoutRate = options.readoutRate ?? (readout === 'trained' ? rate : null);
  positive({ ...constants, horizon, learnTime, rate });
  if (kappa !== null) positive({ kappa });
  if (readoutRate !== null) positive({ readoutRate });
  if (typeof fuel === 'number') positive({ fuel });
  if (bias !== false) positive({ bias });
  if (drift !== false) finite('drift', drift, ' or false');
  if (drift !== false && drift < 0 && rails === 'positive') {
    throw new RangeError(`drift cannot be ${drift} with positive rails; use dual rails`);
  }
  const edges = wiring === 'diagonal' ? inputs : hidden * inputs;
  const theta = matrix('theta', options.theta ?? new Array<number>(edges).fill(0), edges);
  if (rails === 'positive') nonNegative('theta', theta, 'with positive rails; use dual rails');
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
  };
}

/**
 * Output weights ±1 of a fixed read-out, half of them each: with one output + − + − …, with more +1 where the node's
 * number leaves the output's when divided by their number, else −1.
 */
export function balancedSigns(outputs: number, hidden: number): number[][] {
  return Array.from({ length: outputs }, (_, k) =>
    Array.from({ length: hidden }, (_, i) =>
      outputs === 1 ? (i % 2 === 0 ? 1 : -1) : i % outputs === k ? 1 : -1,
    ),
  );
}

function constantsOf(form: Form, given: NeuralCrnOptions['constants'] = {}): Record<string, number> {
  const constants: Record<string, number> = { ...formConstants[form] };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(constants, name)) {
      throw new RangeError(
        `there is no constant "${name}"; the constants are ${Object.keys(constants).join(', ')}`,
      );
    }
    if (value !== undefined) constants[name] = value;
  }
  return constants;
}

/** A matrix given flat or by rows, as a flat array of `count` finite numbers. */
function matrix(name: string, value: readonly (number | readonly number[])[], count: number): number[] {
  const flat = value.flat() as number[];
  if (flat.length !== count) throw new RangeError(`${name} needs ${count} values, got ${flat.length}`);
  flat.forEach((entry, k) => {
    finite(`${name}[${k + 1}]`, entry);
  });
  return flat;
}
