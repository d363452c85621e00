import { type NetworkBuilder, networkBuilder } from '../network/index.js';
import { type Circuit, countsOf } from './circuit.js';
import { annihilate, clear, copy, family, product, transfer, update } from './modules.js';
import { dual, type Rails, railOf, type Signal, single } from './rails.js';
import { DEFAULT_CONSTANTS, type LearningConstants, updateConstants } from './rate.js';

/** Options of {@link linearCrn}. */
export interface LinearCrnOptions {
  /** Number of inputs n, an augmented constant input included. At least 1. */
  inputs: number;
  /**
   * `'dual'` (default): inputs, weights and label of either sign. `'positive'`: about half the species, valid while
   * inputs, weights and label stay ≥ 0.
   */
  rails?: Rails;
  /**
   * Concentration h of the drift species H, which is never trained: it adds n·h·T to the prediction. `false` leaves H
   * and its reactions out. Default 0.1.
   */
  drift?: number | false;
  /** Length T of phase 1 in time units, > 0. The weight of input i is 1 + θᵢ·T. Default 0.5. */
  horizon?: number;
  /** Length of phase 2, > 0. Everything in it relaxes, so longer only means nearer to the exact update. Default 10. */
  learnTime?: number;
  /** Learning rate LR in Δθ = −LR·∂L/∂θ, > 0. Default 0.1. */
  rate?: number;
  /** Rate constants, > 0 each; those not given keep their defaults. */
  constants?: Partial<LearningConstants>;
  /** Starting weights θ, one per input, signed (≥ 0 with positive rails). Default: all 0. */
  theta?: readonly number[];
}

/** {@link LinearCrnOptions} with every value filled in. */
export interface LinearCrnSettings {
  inputs: number;
  rails: Rails;
  drift: number | false;
  horizon: number;
  learnTime: number;
  rate: number;
  constants: LearningConstants;
  theta: number[];
}

/** Names of the two phases. */
const FEED = 'feed';
const LEARN = 'learn';

/**
 * A linear Neural CRN that predicts and learns in two phases.
 *
 * The neural ODE dzᵢ/dt = θᵢ·xᵢ + h, z(0) = x, runs for time T; the prediction is ŷ = Σᵢ zᵢ(T), that is
 * Σᵢ xᵢ·(1 + θᵢ·T) + n·h·T, and the loss of an example is ½e² with e = ŷ − y. Its Jacobian in z is zero, so the
 * adjoint is constant and the gradient e·xᵢ·T exact.
 *
 *  - phase `feed`, length T: P·X (and H) are produced into Z, or straight into O in the positive form;
 *  - phase `learn`: Z (O) and Y turn into the error E, E·X makes the gradient G, G updates P, and E, G, X die out;
 *  - always: opposite rails annihilate.
 *
 * One example changes the weights by Δθᵢ = −Γ·e·xᵢ with Γ = rate·T.
 *
 * Size: 20n+5 reactions and 8n+6 species with dual rails, 9n+6 and 5n+5 with positive ones (n = 2: 45/22 and 24/15);
 * no reaction has more than two reactants. Without drift 2n reactions and 2 species fewer (positive: 1 and 1).
 *
 * Sources: the model and its forward chemistry are those of Nagipogu & Reif, "Neural CRNs: A Natural Implementation
 * of Learning in Chemical Reaction Networks" (arXiv 2409.00034, 2024) and its public simulation code; the two-phase
 * schedule and the relaxing learning phase are a reconstruction, since the paper's own reaction lists were not at
 * hand.
 *
 * @throws RangeError naming the option whose value cannot be used; for `rate`, which constant to raise
 */
export function linearCrn(options: LinearCrnOptions): Circuit {
  const settings = linearSettings(options);
  const { inputs: n, horizon, learnTime, rate, constants } = settings;
  const { gamma } = updateConstants(rate, horizon, constants);
  const signal = settings.rails === 'dual' ? dual : single;
  const each = (make: (i: number) => Signal) => Array.from({ length: n }, (_, i) => make(i + 1));

  const parts: Parts = {
    X: each((i) => signal(`X[${i}]`)),
    // The positive form reads P alone; what would make it negative collects in the debt species N, which eats P.
    P: each((i) => (settings.rails === 'dual' ? dual(`P[${i}]`) : { plus: `P[${i}]`, minus: `N[${i}]` })),
    H: settings.drift === false ? null : signal('H'),
    // z enters the read-out with weight 1 only, so without rails to tell apart all nodes share the output O.
    Z: settings.rails === 'dual' ? each((i) => dual(`Z[${i}]`)) : each(() => single('O')),
    Y: signal('Y'),
    E: dual('E'),
    G: each((i) => dual(`G[${i}]`)),
  };

  const builder = networkBuilder();
  declareParameters(builder, settings);
  const feed = feedForward(builder, settings, parts);
  const learn = learning(builder, parts);
  const always = annihilations(builder, settings, parts);
  fill(builder, settings, parts);
  builder.phase(FEED, 'T', [...feed, ...always]);
  builder.phase(LEARN, 'T2', [...learn, ...always]);
  const network = builder.build();

  return {
    family: 'linear',
    options: settings,
    network,
    rails: settings.rails,
    inputs: parts.X,
    start: parts.Z,
    target: parts.Y,
    readout: settings.rails === 'dual' ? parts.Z : [parts.Z[0]],
    weights: parts.P,
    phases: { feed: FEED, learn: LEARN },
    counts: countsOf(network),
    gamma,
    digital: [
      settings.rails === 'dual'
        ? 'dosing: at the start of phase feed X[i] += x_i, Z[i] += x_i and, to learn, Y += y, each on the rail of its sign'
        : 'dosing: at the start of phase feed X[i] += x_i, O += Σ x_i and, to learn, Y += y',
      `clock: an outside schedule switches reactions between phase feed (${horizon}) and phase learn (${learnTime})`,
    ],
  };
}

/** The signals of a linear circuit, by their letters. */
interface Parts {
  X: Signal[];
  P: Signal[];
  H: Signal | null;
  Z: Signal[];
  Y: Signal;
  E: Signal;
  G: Signal[];
}

/**
 * Numbers a reader may want to change in the printed text. k1 is solved from the learning rate, so that changing
 * `LR` or `T` there keeps Δθ = −LR·∂L/∂θ.
 */
function declareParameters(
  builder: NetworkBuilder,
  { horizon, learnTime, rate, constants }: LinearCrnSettings,
): void {
  builder.param('T', horizon);
  builder.param('T2', learnTime);
  builder.param('LR', rate);
  builder.param('kf', constants.kf);
  builder.param('kd', constants.kd);
  builder.param('kg', constants.kg);
  builder.param('kx', constants.kx);
  builder.param('ka', constants.annihilation);
  builder.param('k1', 'LR * T * (kf + kx) * (kd + kx) / (kg * kf)');
  builder.param('k2', '1 - k1');
}

/** Starting concentrations: weights and drift. Everything else starts at 0. */
function fill(builder: NetworkBuilder, { theta, drift }: LinearCrnSettings, { P, H }: Parts): void {
  const init = (signal: Signal, value: number) => {
    if (value !== 0) builder.init(railOf(signal, value < 0 ? -1 : 1), Math.abs(value));
  };
  P.forEach((signal, i) => {
    init(signal, theta[i]);
  });
  if (H && drift !== false) init(H, drift);
}

/** Phase 1. Returns the labels that it switches on. */
function feedForward(builder: NetworkBuilder, { rails, inputs }: LinearCrnSettings, parts: Parts): string[] {
  parts.X.forEach((x, i) => {
    const weight = rails === 'dual' ? parts.P[i] : single(parts.P[i].plus);
    product(builder, { name: 'forward', index: [i + 1] }, weight, x, parts.Z[i], 1);
  });
  if (!parts.H) return [family('forward', true)];
  if (rails === 'positive') {
    // n nodes drift into the one O.
    copy(builder, { name: 'drift', index: [] }, parts.H, parts.Z[0], inputs);
    return [family('forward', true), family('drift', false)];
  }
  for (let i = 0; i < inputs; i++) copy(builder, { name: 'drift', index: [i + 1] }, parts.H, parts.Z[i], 1);
  return [family('forward', true), family('drift', true)];
}

/** Phase 2. Returns the labels that it switches on. */
function learning(builder: NetworkBuilder, { X, P, Z, Y, E, G }: Parts): string[] {
  // E = ŷ − y: every node turns into error with its sign, the label with the opposite one.
  const nodes = [...new Map(Z.map((signal) => [signal.plus, signal])).values()];
  const shared = nodes[0].minus === null;
  nodes.forEach((signal, i) => {
    transfer(builder, { name: 'readout', index: shared ? [] : [i + 1] }, signal, E, 'kf');
  });
  transfer(builder, { name: 'target', index: [] }, Y, E, 'kf', -1);
  clear(builder, { name: 'fade', index: [] }, E, 'kd');
  X.forEach((x, i) => {
    product(builder, { name: 'gradient', index: [i + 1] }, E, x, G[i], 'kg');
  });
  G.forEach((g, i) => {
    update(
      builder,
      { name: 'update', index: [i + 1] },
      { name: 'discard', index: [i + 1] },
      g,
      P[i],
      'k1',
      'k2',
    );
  });
  X.forEach((x, i) => {
    clear(builder, { name: 'clearX', index: [i + 1] }, x, 'kx');
  });
  return [
    family('readout', !shared),
    family('target', Y.minus !== null),
    family('fade', true),
    ...['gradient', 'update', 'discard', 'clearX'].map((name) => family(name, true)),
  ];
}

/** Both phases. Returns the labels that they switch on. */
function annihilations(builder: NetworkBuilder, { rails }: LinearCrnSettings, { P, Z, E }: Parts): string[] {
  const on: string[] = [];
  if (rails === 'dual') {
    Z.forEach((z, i) => {
      annihilate(builder, { name: 'annihilateZ', index: [i + 1] }, z, 'ka');
    });
    on.push(family('annihilateZ', true));
  }
  annihilate(builder, { name: 'annihilateE', index: [] }, E, 'ka');
  P.forEach((p, i) => {
    annihilate(builder, { name: 'annihilateP', index: [i + 1] }, p, 'ka');
  });
  on.push(family('annihilateE', false), family('annihilateP', true));
  return on;
}

/** Checks options and fills in defaults. */
function linearSettings(options: LinearCrnOptions): LinearCrnSettings {
  const { inputs, rails = 'dual', drift = 0.1, horizon = 0.5, learnTime = 10, rate = 0.1 } = options;
  if (!Number.isInteger(inputs) || inputs < 1)
    throw new RangeError(`inputs must be an integer ≥ 1, got ${inputs}`);
  if (rails !== 'dual' && rails !== 'positive') {
    throw new RangeError(`rails must be 'dual' or 'positive', got ${JSON.stringify(rails)}`);
  }
  const constants = { ...DEFAULT_CONSTANTS };
  for (const [name, value] of Object.entries(options.constants ?? {})) {
    if (!(name in constants)) {
      throw new RangeError(
        `there is no constant "${name}"; the constants are ${Object.keys(constants).join(', ')}`,
      );
    }
    if (value !== undefined) constants[name as keyof LearningConstants] = value;
  }
  for (const [name, value] of Object.entries({ ...constants, horizon, learnTime, rate })) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
  }
  if (drift !== false) {
    if (!Number.isFinite(drift)) throw new RangeError(`drift must be a finite number or false, got ${drift}`);
    if (drift < 0 && rails === 'positive') {
      throw new RangeError(`drift cannot be ${drift} with positive rails; use dual rails`);
    }
  }
  const theta = [...(options.theta ?? new Array<number>(inputs).fill(0))];
  if (theta.length !== inputs) throw new RangeError(`theta needs ${inputs} values, got ${theta.length}`);
  theta.forEach((value, i) => {
    if (!Number.isFinite(value))
      throw new RangeError(`theta[${i + 1}] must be a finite number, got ${value}`);
    if (value < 0 && rails === 'positive') {
      throw new RangeError(`theta[${i + 1}] cannot be ${value} with positive rails; use dual rails`);
    }
  });
  return { inputs, rails, drift, horizon, learnTime, rate, constants, theta };
}
