import { finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { lossChart, losses } from './losses.js';

export interface LossCurveData {
  /** Epoch numbers, 0 being before training. */
  epochs: ArrayLike<number>;
  trainLoss: ArrayLike<number>;
  validationLoss: ArrayLike<number>;
  /** The same run by the ideal rule, not by chemistry. */
  ideal?: { epochs: ArrayLike<number>; validationLoss: ArrayLike<number> };
  /** A loss that cannot be beaten, such as the label noise; > 0. */
  floor?: number;
  /** Default `'Loss during training'`. */
  title?: string;
  /** What the loss is. Default `'loss, mean of ½e²'`. */
  label?: string;
  /** The loss' unit, such as `'label units²'`. */
  unit?: string;
}

const MARKERS_UP_TO = 30;

/**
 * Loss against epoch, the loss on a logarithmic axis. A loss of exactly zero turns the axis into symlog, and the
 * subtitle says so.
 * @throws RangeError naming the series for NaN, infinite or negative losses, or unequal lengths.
 */
export function lossCurveFigure(data: LossCurveData): Chart {
  const epochs = finiteValues('epochs', data.epochs);
  const markers = epochs.length <= MARKERS_UP_TO;
  const line = (name: string, x: number[], values: ArrayLike<number>, color: string): Layer => ({
    kind: 'line',
    name,
    x,
    y: losses(name, values, x.length),
    color,
    markers,
  });
  const layers: Layer[] = [
    line('train loss', epochs, data.trainLoss, '#0072b2'),
    line('validation loss', epochs, data.validationLoss, '#d55e00'),
  ];
  if (data.ideal) {
    const idealEpochs = finiteValues('ideal.epochs', data.ideal.epochs);
    layers.push({
      kind: 'line',
      name: 'validation loss, ideal rule',
      x: idealEpochs,
      y: losses('ideal.validationLoss', data.ideal.validationLoss, idealEpochs.length),
      color: '#000000',
      dash: 'dashed',
      width: 1.5,
    });
  }
  if (data.floor !== undefined) {
    if (!Number.isFinite(data.floor) || data.floor <= 0) {
      throw new RangeError(`floor is ${data.floor}; it must be a loss > 0, or left out`);
    }
    layers.push({ kind: 'rule', at: { y: data.floor }, name: 'floor', dash: 'dotted' });
  }
  const touchesZero = layers.some((layer) => layer.kind === 'line' && layer.y.some((value) => value === 0));
  return lossChart(data, layers, touchesZero);
}
