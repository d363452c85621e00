import { checkFigure, finiteValues } from '../check.js';
import type { Chart, LineLayer } from '../figure.js';
import { percentText } from './plane.js';
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
}

const MARKERS_UP_TO = 30;
/** Per cent between two places where the axis may begin. */
const STEP = 5;

/**
 * Right decisions against epoch, in per cent. With epochs before and after the first, the axis begins below what any of
 * them has reached after it.
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
  const untrained = epochs[0] === 0 && epochs.length > 2;
  const learned = [data.validation, data.train ?? []].flatMap((values) => Array.from(values).slice(1));
  const least = Math.max(0, STEP * Math.floor((100 * Math.min(...learned) - 1) / STEP));
  const figure: Chart = {
    title: data.title ?? 'Accuracy during training',
    ...subtitle(
      untrained && `Before training ${percentText(data.validation[0], 1)} of the validation examples.`,
    ),
    width: 640,
    height: 400,
    x: { label: 'epoch', scale: 'linear', integer: true },
    // The first epoch would leave no room for the others.
    y: { label: 'right decisions', unit: '%', scale: 'linear', ...(untrained && { domain: [least, 100] }) },
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
