import { constantInput, type NeuralCrnSettings } from '../circuits/index.js';

/** All n inputs of an example: its values, and the constant input where the circuit doses it itself. */
export function wholeInput(
  settings: Pick<NeuralCrnSettings, 'bias' | 'augment'>,
  x: readonly number[],
): readonly number[] {
  const constant = constantInput(settings);
  return constant === false ? x : [...x, constant];
}
