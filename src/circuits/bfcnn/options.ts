import type { LayeredOptions, LayeredSettings } from '../layered/options.js';

/**
 * How the decision to go on or to stop is kept.
 *  - `'soft'`: as it was left by the comparison. Where the error is within about 1 % of the tolerance it is neither, and
 *    a part of the step is made;
 *  - `'majority'`: the two states compete by approximate majority, so that one of them wins.
 */
export type Latch = 'soft' | 'majority';

/** Options of {@link bfcnn}. Only `sizes` must be given. */
export interface BfcnnOptions extends LayeredOptions {
  /** Rails of inputs. Default `'dual'` where a stored one is negative, else `'single'`. */
  inputRails?: 'single' | 'dual';
  /** Learning rate η of ΔW = η·Σ ζa, summed over the batch. Default 4. */
  rate?: number;
  /**
   * Learning stops where the sum of all |y − a| over outputs and copies of a batch is smaller; 0 to go on for ever.
   * Default 0.1 for each output and copy.
   */
  tolerance?: number;
  /** Default `'soft'`. */
  latch?: Latch;
}

/** Every option of a BFCNN with its value. */
export interface BfcnnSettings extends LayeredSettings {
  inputRails: 'single' | 'dual';
  tolerance: number;
  latch: Latch;
}
