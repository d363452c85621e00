import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer, LegendEntry } from '../figure.js';
import {
  checkedSeries,
  hasRails,
  leftOutNote,
  lineLayer,
  mostChanging,
  RAIL_NOTE,
  railLegend,
  railStyles,
  type Series,
  subtitle,
  unitOf,
} from './series.js';

export interface WeightsData {
  steps: ArrayLike<number>;
  series: readonly Series[];
  /** Where the weights should end; every name must be one of the series. */
  ideal?: readonly { name: string; value: number }[];
  /** What they are called in the legend. Default `'ideal'`. */
  idealLabel?: string;
  /** Default `'Weights during training'`. */
  title?: string;
  /** Default `'training step'`. */
  stepLabel?: string;
  unit?: string;
}

/** Weights against training steps, with the ideal values as dotted lines of the same colours. */
export function weightsFigure(data: WeightsData): Chart {
  const steps = finiteValues('steps', data.steps);
  const all = checkedSeries(data.series, steps.length);
  const { shown, left } = mostChanging(all);
  const names = shown.map((one) => one.name);
  const styles = railStyles(names);
  const layers: Layer[] = [];
  for (const { name, value } of data.ideal ?? []) {
    if (!all.some((one) => one.name === name)) {
      throw new RangeError(`ideal "${name}" is none of the series: ${all.map((one) => one.name).join(', ')}`);
    }
    if (!Number.isFinite(value))
      throw new RangeError(`ideal "${name}" is ${value}; only finite numbers can be drawn`);
    const style = styles.get(name);
    if (style) layers.push({ kind: 'rule', at: { y: value }, color: style.color, dash: 'dotted' });
  }
  const ideals: LegendEntry[] =
    layers.length > 0
      ? [
          {
            label: data.idealLabel ?? 'ideal',
            swatches: [{ kind: 'line', color: '#555555', dash: 'dotted' }],
          },
        ]
      : [];
  const figure: Chart = {
    title: data.title ?? 'Weights during training',
    ...subtitle(hasRails(names) && RAIL_NOTE, leftOutNote(left, all.length, 'weights')),
    width: 640,
    height: 400,
    x: { label: data.stepLabel ?? 'training step', scale: 'linear', integer: true },
    y: { label: 'weight', ...unitOf(data.unit), scale: 'linear' },
    layers: [...layers, ...shown.map((one) => lineLayer(one.name, steps, one.values, styles.get(one.name)!))],
    legend: { position: 'right', entries: [...railLegend(names, styles), ...ideals] },
  };
  checkFigure(figure);
  return figure;
}
