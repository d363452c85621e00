import { checkFigure, finiteValues } from '../check.js';
import type { Chart, LineLayer } from '../figure.js';
import { subtitle } from './series.js';

export interface AccuracyCurveData {
  /** Epoch numbers, 0 being before training. */
  epochs: ArrayLike<number>;
  /** Parts of the right decisions, in [0, 1], as many as epochs. */
  train?: ArrayLike<number>;
  validation: ArrayLike<number>;
  /** The same run by the ideal rule, not by chemistry. */
  ideal?: ArrayLike<number>;
  /** Default `'Accuracy during training'`. */
  title?: string;
  subtitle?: string;
}

const MARKERS_UP_TO = 30;

/**
 * Right decisions against epoch, in per cent.
 * @throws RangeError naming the series for values outside [0, 1], or unequal lengths
 */
export function accuracyCurveFigure(data: AccuracyCurveData): Chart {
  const epochs = finiteValues('epochs', data.epochs);
  const line = (name: string, values: ArrayLike<number>, look: Partial<LineLayer>): LineLayer => ({
    kind: 'line',
    name,
    x: epochs,
    y: percentages(name, values, epochs.length),
    markers: epochs.length <= MARKERS_UP_TO,
    ...look,
  });
  const figure: Chart = {
    title: data.title ?? 'Accuracy during training',
    ...(data.subtitle !== undefined && subtitle(data.subtitle)),
    width: 640,
    height: 400,
    x: { label: 'epoch', scale: 'linear', integer: true },
    y: { label: 'right decisions', unit: '%', scale: 'linear' },
    layers: [
      ...(data.train ? [line('training', data.train, { color: '#0072b2' })] : []),
      line('validation', data.validation, { color: '#d55e00' }),
      ...(data.ideal
        ? [line('validation, ideal rule', data.ideal, { color: '#000000', dash: 'dashed', markers: false })]
        : []),
    ],
  };
  checkFigure(figure);
  return figure;
}

function percentages(name: string, values: ArrayLike<number>, count: number): number[] {
  if (values.length !== count)
    throw new RangeError(`${name} has ${values.length} values for ${count} epochs`);
  return Array.from(values, (value, k) => {
    if (value >= 0 && value <= 1) return 100 * value;
    throw new RangeError(`${name}[${k}] is ${value}; it must lie between 0 and 1`);
  });
}
