/** Rows of bits: `inputs[s]` belongs to `labels[s]`, which has one. */
export interface BitSamples {
  inputs: readonly (readonly number[])[];
  labels: readonly (readonly number[])[];
}

/** Options of {@link perceptron}. All may be left out. */
export interface PerceptronOptions {
  /** Inputs n, besides the bias. Default 2. */
  inputs?: number;
  /** What is learned, one example after the other: the protocol doses it, the chemistry stores none. Default none. */
  samples?: BitSamples | null;
  /** Starting weights, those of the inputs in order and then the bias. Default 0, from which nothing is answered or learned. */
  weights?: readonly number[];
  /** Concentration η of an answer that is shown: by so much the weights change in all. Default 0.5. */
  rate?: number;
  /** Length T of every phase, in units of 1/k. Default 20. */
  phaseLength?: number;
  /** Rate constant at which rails annihilate and answers are compared, beside k = 1. Default 50. */
  annihilation?: number;
}

/** Every option of a perceptron with its value. */
export interface PerceptronSettings {
  inputs: number;
  samples: { inputs: number[][]; labels: number[][] } | null;
  weights: number[];
  rate: number;
  phaseLength: number;
  annihilation: number;
}
