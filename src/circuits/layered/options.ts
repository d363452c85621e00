/** Rows of numbers that a network learns: `inputs[s]` belongs to `labels[s]`. */
export interface StoredSamples {
  /** n₀ values each. */
  inputs: readonly (readonly number[])[];
  /** n_L values each. */
  labels: readonly (readonly number[])[];
}

/**
 * Where the values of examples are.
 *  - `'parameters'`: rate constants of the loading reactions, a parameter each (`x[s,i]`, `y[s,o]`), so that they can be
 *    changed in the text;
 *  - `'constants'`: the same as plain numbers; a value of 0 needs no reaction;
 *  - `'dosed'`: nowhere in the chemistry; a protocol adds them to the input species.
 */
export type DataForm = 'parameters' | 'constants' | 'dosed';

/** Options that all layered networks share. Only `sizes` must be given. */
export interface LayeredOptions {
  /** Neurons per layer, n₀ inputs first and n_L outputs last. At least two numbers. */
  sizes: readonly number[];
  /** Copies of the network that each see one example and share the weights: the size B of a minibatch. Default 1. */
  batch?: number;
  /** What is learned: whole batches, in their order, over and over. Default: one batch of zeros. */
  samples?: StoredSamples | null;
  /** Default `'parameters'`. */
  data?: DataForm;
  /**
   * Whether a cursor passes from batch to batch, two species a batch. Default: where there is more than one; without it
   * one species stands for the only batch.
   */
  cursor?: boolean;
  /** Starting weights layer by layer, neuron by neuron, those of the inputs in order and then the bias. Default 0. */
  weights?: readonly number[];
  /** Learning rate η. */
  rate?: number;
  /** Length T of every phase, in units of 1/k. Default 20: what is left of a transient is e^−20. */
  phaseLength?: number;
  /** Rate constant at which the rails of a signal annihilate, beside k = 1. Default 50. */
  annihilation?: number;
}

/** The shared options, checked and filled in. */
export interface LayeredSettings {
  sizes: number[];
  batch: number;
  samples: { inputs: number[][]; labels: number[][] } | null;
  data: DataForm;
  cursor: boolean;
  weights: number[];
  rate: number;
  phaseLength: number;
  annihilation: number;
}
