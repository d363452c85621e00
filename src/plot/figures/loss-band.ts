import { finiteValues } from '../check.js';
import type { Chart, Dash, Layer } from '../figure.js';
import { PALETTE } from '../palette.js';
import { lossChart, losses } from './losses.js';
import { quantile } from './series.js';

export interface LossBandData {
  /** Epoch numbers, 0 being before training. */
  epochs: ArrayLike<number>;
  /** Validation loss of each seed, one value for each epoch. A run that stopped early keeps its last loss. */
  runs: readonly ArrayLike<number>[];
  /** Train loss of each seed, likewise; its median is drawn. */
  train?: readonly ArrayLike<number>[];
  /** Losses to compare with, such as the authors' or the ideal twin's; > 0. */
  reference?: readonly { label: string; value: number }[];
  /** Default `'Loss during training'`. */
  title?: string;
  /** What the loss is. Default `'loss, mean of ½e²'`. */
  label?: string;
  /** The loss' unit. */
  unit?: string;
}

const BLUE = PALETTE[0];
const VERMILION = PALETTE[1];
/** With fewer runs, quartiles say nothing that the range does not. */
const QUARTILES_FROM = 4;
const REFERENCE_STYLES: readonly { color: string; dash: Dash }[] = [
  { color: '#000000', dash: 'dashed' },
  { color: PALETTE[2], dash: 'dashdot' },
  { color: PALETTE[3], dash: 'dotted' },
  { color: '#555555', dash: 'dotted' },
];

/**
 * Validation loss against epoch over several seeds: the median, the middle half and the whole range, on a logarithmic
 * axis. A loss of exactly zero turns the axis into symlog, and the subtitle says so.
 * @throws RangeError naming the run for NaN, infinite or negative losses, or unequal lengths.
 */
export function lossBandFigure(data: LossBandData): Chart {
  const epochs = finiteValues('epochs', data.epochs);
  const runs = checkedRuns('runs', data.runs, epochs.length);
  const train = data.train && checkedRuns('train', data.train, epochs.length);
  const over = (of: number[][], part: number) =>
    epochs.map((_, i) =>
      quantile(
        of.map((run) => run[i]),
        part,
      ),
    );
  const median = (of: number[][], what: string) => (of.length > 1 ? `${what}, median` : what);
  const layers: Layer[] = [];
  const area = (name: string, from: number, to: number, opacity: number): Layer => ({
    kind: 'area',
    name,
    x: epochs,
    low: over(runs, from),
    high: over(runs, to),
    color: BLUE,
    opacity,
  });
  if (runs.length > 1) layers.push(area(`all ${runs.length} seeds`, 0, 1, 0.16));
  if (runs.length >= QUARTILES_FROM) layers.push(area('middle half', 0.25, 0.75, 0.3));
  layers.push(...references(data.reference ?? []));
  if (train) {
    layers.push({
      kind: 'line',
      name: median(train, 'train loss'),
      x: epochs,
      y: over(train, 0.5),
      color: VERMILION,
      dash: 'dashed',
    });
  }
  layers.push({
    kind: 'line',
    name: median(runs, 'validation loss'),
    x: epochs,
    y: over(runs, 0.5),
    color: BLUE,
    width: 2.25,
    ...(epochs.length === 1 ? { markers: true } : {}),
  });
  const touchesZero = [...runs, ...(train ?? [])].some((run) => run.includes(0));
  return lossChart(data, layers, touchesZero);
}

function checkedRuns(name: string, runs: readonly ArrayLike<number>[], length: number): number[][] {
  if (!Array.isArray(runs)) throw new TypeError(`${name} must be an array with one series for each seed`);
  if (runs.length === 0) throw new RangeError(`${name} is empty; there is nothing to draw`);
  return runs.map((run, i) => losses(`${name}[${i}]`, run, length));
}

function references(given: readonly { label: string; value: number }[]): Layer[] {
  return given.map(({ label, value }, i) => {
    if (typeof label !== 'string' || label === '')
      throw new TypeError(`reference[${i}].label must be a name`);
    if (!Number.isFinite(value) || value <= 0) {
      throw new RangeError(`reference "${label}" is ${value}; it must be a loss > 0`);
    }
    return {
      kind: 'rule',
      at: { y: value },
      name: label,
      ...REFERENCE_STYLES[i % REFERENCE_STYLES.length],
    };
  });
}
