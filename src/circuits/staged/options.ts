/** How weights are written: by reactions of a stage of their own, or by whoever runs the circuit. */
export type StagedUpdate = 'chemical' | 'digital';

/**
 * Reactions of the backward stage: with the node's true Jacobian, or as the authors' code has them.
 *
 * The published ones differ where it matters in two places: the adjoint of `'relu'` decays with 2|z| where the Jacobian
 * has |z|, and lacks β; and the frozen adjoint of `'quadratic'` lets the drives go on pulling at Z. Elsewhere they have
 * the same law: the quadratic one for z ≥ 0, the cubic one while one rail of Z is empty.
 */
export type StagedBackward = 'corrected' | 'published';

/** Lengths of stages in time units, but for the forward one (`horizon`) and the update (`learnTime`). */
export interface StageTimes {
  /** Of the read-out, which relaxes. Default 40. */
  readout: number;
  /** In which O and Y turn into the error at `kf`: e^{−kf·t} of it is missing. Default 2; the authors' 1 leaves out 5e-5. */
  error: number;
  /** Of the start of the adjoint, which relaxes. Default 40. */
  adjoint: number;
  /** Of the backward stage. Default `horizon`; only the frozen and the constant adjoint may have another. */
  backward: number;
}

/** Options that staged circuits have beside the others. */
export interface StagedOptions {
  /**
   * `'chemical'` (default): `G^s -> P^{−s}` and `G^s -> ∅`, with the rate below 1; `'digital'`: P^s += rate·[G^{−s}],
   * any rate.
   */
  update?: StagedUpdate;
  /** Default `'corrected'`. */
  backward?: StagedBackward;
  times?: Partial<StageTimes>;
}

/** {@link StagedOptions} with every value filled in. Plain data. */
export interface StagedSettings {
  update: StagedUpdate;
  backward: StagedBackward;
  times: StageTimes;
}
