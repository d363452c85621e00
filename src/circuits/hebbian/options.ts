/** Rate constants of a {@link hebbian} neuron: of one molecule in 1/time, of two in 1/(concentration·time). */
export interface HebbianConstants {
  /** A spike arrives: I -> A. Default 1. */
  arrive: number;
  /** It reaches the membrane by itself: A -> B. Default 0.05. */
  pass: number;
  /** The same by the weight: A + H -> B + H. Default 0.5. */
  weigh: number;
  /** It is lost: A -> ∅. Default 0.02. */
  lose: number;
  /** The membrane leaks: B -> ∅. Default 0.3. */
  leak: number;
  /** The membrane switches the learning signal on, molecule by molecule: E + B <-> E′. Default 1 and 2. */
  bind: number;
  release: number;
  /** The signal turns a channel's spikes into weight: E + A -> E + H. Default 0.2. */
  learn: number;
  /** Weights fade: H -> ∅. Default 0.002. */
  forget: number;
}

/** Options of {@link hebbian}. All have defaults. */
export interface HebbianOptions {
  /** Input channels N. Default 3. */
  channels?: number;
  /** Molecules m of the membrane that switch the learning signal on. Default 3. */
  cooperativity?: number;
  /** In place of the defaults. */
  constants?: Partial<HebbianConstants>;
  /** Learning signal on and off together. Default 1. */
  signal?: number;
  /** Starting weights, ≥ 0, one a channel. Default 0. */
  weights?: readonly number[];
  /** Amount that a spike adds to its channel. Default 1. */
  spike?: number;
  /**
   * Whether every reaction is reversible, catalysts bind what they change, and all constants fit one set of free energies.
   * Default false.
   */
  reversible?: boolean;
  /** Of the reversible form: free energy in kT by which each of I, A, B and H, ∅ lies above the next. Default 8. */
  drive?: number;
}

/** Every option of a Hebbian neuron with its value. */
export interface HebbianSettings {
  channels: number;
  cooperativity: number;
  constants: HebbianConstants;
  signal: number;
  weights: number[];
  spike: number;
  reversible: boolean;
  drive: number;
}
