/**
 * The reference that the chemistry of any circuit is compared with: stochastic gradient descent on signed numbers with
 * the model, the adjoint and the rates that the circuit is built to have. It never touches a pot.
 */
export interface IdealNetwork {
  /** Signed weights, row by row; changed by `step`. */
  theta: number[];
  /** Output weights where they are trained; changed by `step`. */
  W: number[] | null;
  /** Biases where they are trained; changed by `step`. */
  B?: number[];
  /** Remaining fuel λ, 1 at the start; changed by `step`. */
  fuel: number;
  /** One number per output, in concentration units. */
  outputs(x: readonly number[]): number[];
  /** Learns one example and returns the errors ŷ − y before the step. */
  step(x: readonly number[], y: readonly number[]): number[];
}

export interface IdealOptions {
  /** Starting weights. Default: the circuit's own. */
  theta?: readonly number[];
  W?: readonly number[] | null;
  B?: readonly number[];
  fuel?: number;
  /**
   * Hinge circuits: follow the finite rates of annihilation and gate (default), or the sharp limit that they stand for.
   */
  sharp?: boolean;
  /** Of a circuit that a clock drives: the drives of `'relu'` nodes are up before the nodes grow. Default false. */
  clocked?: boolean;
}
