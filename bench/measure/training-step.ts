import type { Effort } from '../effort.js';
import { ifBuilt, optionsOf } from '../race/ours.js';
import { type Timing, timeCalls } from '../timing.js';
import { trainingExample } from './example.js';

export interface StepOrder {
  inputs: number;
  /** One of our variants. */
  variant: string;
  rtol: number;
  effort: Effort;
}

export interface StepTime extends Timing {
  species: number;
  reactions: number;
}

/** One two-phase training step with dual rails. */
export async function timeTrainingStep({ inputs, variant, rtol, effort }: StepOrder): Promise<StepTime> {
  const options = { rtol, atol: rtol * 1e-3, ...optionsOf(variant) };
  const { run, reactor, species, reactions } = await ifBuilt(() => trainingExample(inputs, 'dual', options));
  const timing = await timeCalls(run, effort);
  reactor.dispose();
  return { ...timing, species, reactions };
}
