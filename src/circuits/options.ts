import type { Rails } from './rails.js';
import type { StagedOptions, StagedSettings } from './staged/options.js';

/** Law of a node: how fast zᵢ changes under its drive uᵢ = Σⱼ θᵢⱼxⱼ and the drift h. */
export type Dynamics = 'linear' | 'quadratic' | 'cubic' | 'relu' | 'rectified';
/** How nodes are driven: each by its own input (θᵢ), every node by every input (θᵢⱼ), or every node by every node. */
export type Wiring = 'diagonal' | 'full' | 'recurrent';
/** How ∂z(T)/∂u, the part of the gradient that belongs to a node, is obtained. */
export type Adjoint = 'constant' | 'leaky' | 'frozen' | 'exact';
/** Output weights: all 1, fixed with both signs, or learned. */
export type Readout = 'sum' | 'signed' | 'trained';
export type ErrorKind = 'squared' | 'hinge';
/** In how many phases an example is learned, and whether chemistry alone does it. */
export type Pipeline = 'two-phase' | 'staged';

/** Options of `neuralCrn`. Only `inputs` must be given. */
export interface NeuralCrnOptions {
  /** Number of inputs n, a constant input (`augment`, the bias, or one of your own) included. At least 1. */
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
  /**
   * What drives a node.
   *  - `'diagonal'`: θᵢxᵢ;
   *  - `'full'`: Σⱼ θᵢⱼxⱼ;
   *  - `'recurrent'`: Σⱼ θᵢⱼzⱼ, linear nodes that start at the input. 4n⁴ reactions and 2n³ species: for few inputs.
   *
   * Default `'diagonal'` for `'linear'` (with trained or fixed output weights `'full'`), else `'full'`.
   */
  wiring?: Wiring;
  /**
   * Sensitivity Fᵢ of node i in the gradient e·Fᵢ·xⱼ.
   *  - `'constant'`: Fᵢ = T (`'relu'`: ∫z dt), no leak. Exact for linear nodes; elsewhere a positive rescaling of each row;
   *  - `'leaky'`: Fᵢ = 1/(1/T + J(zᵢ(T))): the adjoint leaks with the Jacobian at the end of phase 1;
   *  - `'frozen'`: Fᵢ → (1 − e^{−J·T})/J with the same J, as the number of `stages` grows;
   *  - `'exact'`: Fᵢ obeys its own forward equation in phase 1.
   *
   * Default `'constant'` for linear nodes (`'exact'` for recurrent ones), else `'exact'`.
   */
  adjoint?: Adjoint;
  /**
   * Frozen adjoint only: number K of stages that time the adjoint. Fᵢ = (1 − (1 + J·T/K)^{−K})/J; K = 1 is `'leaky'`.
   * Default 4.
   */
  stages?: number | null;
  /**
   * `'two-phase'` (default): feed, then a phase in which everything relaxes. `'staged'`: the authors' six stages, one
   * phase each, with digital acts between them (see `staged`). Staged circuits have other defaults: `readout` is
   * `'sum'`, m = n nodes start at the input, `learnTime` is the length of the update (100), and `'relu'` nodes have the
   * drift 0.1. Their `'frozen'` adjoint is timed by its stage: Fᵢ = (1 − e^{−J·τ})/J with τ = `staged.times.backward`.
   */
  pipeline?: Pipeline;
  /** Of staged circuits: how weights are written, which backward reactions, lengths of stages. */
  staged?: StagedOptions | null;
  /** Starting biases β of staged `'relu'` nodes, which are trained: one for all, or one per node. Default 0.1. */
  biases?: number | readonly number[] | null;
  /**
   * Fixed matrix R, m rows of m values: adds Σₗ Rᵢₗzₗ to the flow of node i. Needs full wiring, the exact adjoint and a
   * summed read-out. 4m³ reactions: for few nodes. Default: none.
   */
  coupling?: readonly number[] | readonly (readonly number[])[] | null;
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
   * Concentration of a constant input, the n-th, which the circuit doses with every example: an example then has n − 1
   * values, and `inputs` counts the constant one, so it is at least 2. Where nodes start at the input the n-th does, too.
   * It makes the intercept trainable; network and sizes are those without it. A finite number > 0; not for hinge
   * circuits, which have `bias`. Default `false`: the example gives all n values.
   */
  augment?: number | false;
  /**
   * Concentration of the bias, the n-th input, which is dosed with every example (hinge circuits only; elsewhere it is
   * `augment`). Default 0.25, with one linear node 1. `false` for none.
   */
  bias?: number | false;
  /**
   * State in which nodes start: `'input'` for z(0) = x (needs m = n), or a concentration dosed with every example.
   * Default `'input'` where m = n and the read-out is `'sum'`, else 0; 0.5 for `'relu'`.
   */
  start?: 'input' | number;
  /**
   * Concentration h of the drift species H, never trained; `false` leaves it out. Default 0.1 for linear diagonal
   * circuits, else `false`.
   */
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
   * Where sensitivities are made in phase 1 (exact adjoint, or output weights): without the species L nothing is
   * learned. `'constant'` makes it a switch; a number n₀ lets it decay in phase 2, so that the rate after n examples is
   * LR/(1 + n/n₀). Default `false`: no such species.
   */
  fuel?: false | 'constant' | number;
  /** Rate constants by name; those not given keep their defaults. The names depend on the kind of circuit. */
  constants?: Readonly<Record<string, number | undefined>>;
  /** Starting weights θ, row by row (a row is a node), flat or nested. Default: all 0. */
  theta?: readonly number[] | readonly (readonly number[])[];
  /**
   * Output weights W, row by row (a row is an output): starting values of a trained read-out, values of a fixed one.
   * Default: balanced ±1.
   */
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
  /** `null` where the adjoint is not frozen. */
  stages: number | null;
  /** R, row by row; `null` where nodes are not coupled. */
  coupling: number[] | null;
  pipeline: Pipeline;
  /** `null` where the circuit is not staged. */
  staged: StagedSettings | null;
  /** `null` where nodes have none. */
  biases: number[] | null;
  readout: Readout;
  error: ErrorKind;
  rails: Rails;
  inputRails: 'dual' | 'single';
  targetRails: 'dual' | 'single';
  augment: number | false;
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
  /** Row by row: n values with diagonal wiring, else m·n (m = n where recurrent). */
  theta: number[];
  /** Row by row, c·m values; `null` where the output weights are built into the reactions. */
  readoutWeights: number[] | null;
}
