import type { Circuit } from '../circuits/index.js';
import { type Lab, type LabOptions, lab, scheduleLength } from './lab.js';

/** How long a training run would take in a laboratory. Times in seconds. */
export interface LabTraining extends Lab {
  training: {
    /** One example: all phases, or a turn of the clock inside. In the model's unit, and in seconds. */
    example: { model: number; seconds: number };
    epoch: number;
    /** All epochs, one example after the other; measurements apart. */
    run: number;
  };
}

/** Length of one example in the model's unit of time: all phases of the schedule, or a turn of the clock inside. */
export const exampleLength = ({ network, clock }: Pick<Circuit, 'network' | 'clock'>): number =>
  clock === undefined ? scheduleLength(network) : clock.measure.period.mean;

/**
 * A circuit in the units of a laboratory, with the time that its training takes.
 * @param examples rows of the training set
 * @throws RangeError as {@link lab}
 */
export function labTraining(
  circuit: Pick<Circuit, 'network' | 'clock'>,
  { examples, epochs }: { examples: number; epochs: number },
  options: LabOptions = {},
): LabTraining {
  const model = exampleLength(circuit);
  const found = lab(circuit.network, { to: model, ...options });
  const seconds = model * found.timeUnit;
  return {
    ...found,
    training: { example: { model, seconds }, epoch: seconds * examples, run: seconds * examples * epochs },
  };
}
