import {
  type ClockMeasure,
  type MeasureClockOptions,
  measureClock,
  NoOscillation,
} from '../circuits/index.js';
import { useInlinedKernel } from '../engine/inlined.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';

/** What the job `clock` takes. */
export interface ClockJob {
  network: Network;
  options: MeasureClockOptions;
}

/** What it gives back. */
export type ClockJobResult = { measure: ClockMeasure } | { failure: { code: string; message: string } };

/** Measures a clock: the job `clock` of the package's worker. A clock that stops is a result. */
export async function clockJob({ network, options }: ClockJob): Promise<ClockJobResult> {
  // Where none was posted.
  useInlinedKernel();
  try {
    return { measure: await measureClock(network, options) };
  } catch (error) {
    if (error instanceof NoOscillation) return { failure: { code: 'stopped', message: error.message } };
    if (error instanceof SolveFailure) return { failure: { code: error.code, message: error.message } };
    throw error;
  }
}
