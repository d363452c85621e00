import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';
import { subtitle } from './series.js';

/** One line: success against the size of what is varied. */
export interface SuccessSeries {
  name: string;
  /** Sizes, increasing. */
  sigma: ArrayLike<number>;
  /** Part of the runs that succeed, 0 to 1. */
  rate: ArrayLike<number>;
  /** Its interval. */
  low: ArrayLike<number>;
  high: ArrayLike<number>;
}

export interface SuccessData {
  series: readonly SuccessSeries[];
  /** What the sizes are of. Default `'σ'`. */
  label?: string;
  /** Of the sizes. Default `'linear'`, from 0 on. */
  xScale?: 'linear' | 'log';
  /** Default `'Success against size of variation'`. */
  title?: string;
  /** When a run is a success, in words. */
  success?: string;
}

/** Success rates with their intervals against the size of what is varied. */
export function successFigure(data: SuccessData): Chart {
  if (!Array.isArray(data.series) || data.series.length === 0) {
    throw new RangeError('series is empty; there is nothing to draw');
  }
  let widest = 0;
  const layers = data.series.flatMap(({ name, sigma, ...rest }, s): Layer[] => {
    const x = finiteValues(`${name}: sigma`, sigma);
    widest = Math.max(widest, ...x);
    const percent = (key: 'rate' | 'low' | 'high') =>
      finiteValues(`${name}: ${key}`, rest[key], x.length).map((part) => 100 * part);
    const color = colorAt(s);
    // A single size has an interval, but no stretch between two.
    const area: Layer[] =
      x.length < 2
        ? []
        : [
            {
              kind: 'area',
              name: `${name}, 95 %`,
              x,
              low: percent('low'),
              high: percent('high'),
              color,
              opacity: 0.14,
            },
          ];
    return [
      ...area,
      { kind: 'line', name, x, y: percent('rate'), color, dash: dashAt(s), width: 2, markers: true },
    ];
  });
  const alone = data.series.length === 1;
  const figure: Chart = {
    title: data.title ?? 'Success against size of variation',
    ...subtitle(data.success && `Success: ${data.success}.`, 'Shaded: intervals of 95 % (Wilson).'),
    width: 640,
    height: 400,
    x: {
      label: data.label ?? 'σ',
      scale: data.xScale ?? 'linear',
      ...(widest > 0 && data.xScale !== 'log' && { domain: [0, 1.03 * widest] }),
    },
    y: { label: 'success', unit: '%', scale: 'linear', domain: [0, 100] },
    layers,
    legend: alone
      ? 'none'
      : {
          position: 'top',
          entries: data.series.map(({ name }, s) => ({
            label: name,
            swatches: [{ kind: 'line', color: colorAt(s), dash: dashAt(s) }],
          })),
        },
  };
  checkFigure(figure);
  return figure;
}
