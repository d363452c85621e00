/** What an example does on its way forward, and what an adjoint does on its way back. */
export interface IdealPass {
  /** z(T), one per node. */
  z: number[];
  /** Gradients for an adjoint that starts at `a`, one value per node. */
  back(a: readonly number[]): { theta: number[]; B: number[] };
}

/** Trained numbers that a pass depends on. */
export interface PassWeights {
  theta: readonly number[];
  B: readonly number[];
}
