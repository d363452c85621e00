import type { NeuralCrnSettings } from './options.js';

/** What decides, in either pipeline, whether options go together. */
export type Shape = Pick<
  NeuralCrnSettings,
  | 'inputs'
  | 'hidden'
  | 'outputs'
  | 'dynamics'
  | 'wiring'
  | 'adjoint'
  | 'readout'
  | 'rails'
  | 'augment'
  | 'start'
  | 'drift'
  | 'exactCubic'
>;

/** @throws RangeError with the reason */
export function refuse(when: boolean, reason: string): void {
  if (when) throw new RangeError(reason);
}
