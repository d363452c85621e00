import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { subtitle, unitOf } from './series.js';

/** Words of a figure of losses; its data say what they default to. */
export interface LossWords {
  title?: string;
  label?: string;
  unit?: string;
}

/** Losses of one run, as many as epochs. */
export function losses(name: string, values: ArrayLike<number>, length: number): number[] {
  const checked = finiteValues(name, values, length);
  const negative = checked.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new RangeError(`${name}: value ${negative} is ${checked[negative]}; a loss is never negative`);
  return checked;
}

/**
 * Losses against epochs.
 * @param touchesZero a loss is exactly zero, which has no place on a logarithmic axis
 */
export function lossChart({ title, label, unit }: LossWords, layers: Layer[], touchesZero: boolean): Chart {
  const figure: Chart = {
    title: title ?? 'Loss during training',
    ...subtitle(
      touchesZero && 'A loss of exactly 0 occurs: the loss axis is linear near zero, logarithmic above.',
    ),
    width: 640,
    height: 400,
    x: { label: 'epoch', scale: 'linear', integer: true },
    y: { label: label ?? 'loss, mean of ½e²', ...unitOf(unit), scale: touchesZero ? 'symlog' : 'log' },
    layers,
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return figure;
}
