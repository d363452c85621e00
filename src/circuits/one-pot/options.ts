import type { DataForm, LayeredOptions, LayeredSettings } from '../layered/options.js';

/** Options of {@link onePot}. Only `sizes` must be given. */
export interface OnePotOptions extends Pick<LayeredOptions, 'sizes' | 'samples' | 'weights'> {
  /** Where the values of examples are. Default `'parameters'`. */
  data?: Exclude<DataForm, 'dosed'>;
  /** Rate constant k of everything but learning and annihilation, in 1/time and 1/(concentration·time). Default 20. */
  speed?: number;
  /** Rate η at which weights follow the gradient, dw/dt = η·Σ ζa over all examples. Far below `speed`. Default 0.02. */
  rate?: number;
  /** Softness h of a neuron, in concentration²: a = √h at a sum of 0, where a rectifier has its corner. Default 0.05. */
  softness?: number;
  /** Rate constant at which the rails of a signal annihilate. Default 200. */
  annihilation?: number;
  /** Rails of inputs. Default `'dual'` where samples have values below 0, else `'single'`. */
  inputRails?: 'single' | 'dual';
  /**
   * Whether it learns. `false` leaves the forward pass of one copy: inputs are amounts that stay, weights do not change.
   * Default true.
   */
  learns?: boolean;
  /** Time that counts as a step: the chemistry knows nothing of it. Default 1/`rate`, gradient flow for one unit of time. */
  stretch?: number;
}

/** Every option of a one-pot learner with its value. */
export interface OnePotSettings
  extends Pick<LayeredSettings, 'sizes' | 'batch' | 'samples' | 'weights' | 'rate' | 'annihilation'> {
  data: Exclude<DataForm, 'dosed'>;
  speed: number;
  softness: number;
  inputRails: 'single' | 'dual';
  learns: boolean;
  stretch: number;
}
