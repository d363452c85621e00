import type { LayeredOptions, LayeredSettings } from '../layered/options.js';

/** Options of {@link lakin}. Only `sizes` must be given. */
export interface LakinOptions extends LayeredOptions {
  /** Learning rate η of ΔW = η·Σ ζa, summed over the batch. Default 0.1. */
  rate?: number;
  /** Slope α of a neuron below zero, > 0 and at most 1. Default 0.1. */
  slope?: number;
}

/** Every option of a leaky-ReLU network with its value. */
export interface LakinSettings extends LayeredSettings {
  slope: number;
}
