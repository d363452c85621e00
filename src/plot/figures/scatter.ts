import { checkFigure, finiteValues } from '../check.js';
import type { Panel, Panels } from '../figure.js';
import { colorAt } from '../palette.js';
import { extent, subtitle } from './series.js';

export interface ScatterData {
  /** A panel each: what the values depend on. */
  over: readonly { label: string; x: ArrayLike<number>; scale?: 'linear' | 'log' }[];
  /** As long as each `x`; `null` where there is none. At least one number. */
  values: readonly (number | null)[];
  /** What the values are. */
  label: string;
  /** `'auto'` (default) is logarithmic where all values are > 0 and span more than three decades. */
  yScale?: 'linear' | 'log' | 'auto';
  title?: string;
}

const LOG_ABOVE = 1e3;
const COLUMNS = 3;
const PANEL = { width: 320, height: 280 };

/** A quantity over each of several others, a panel each: what a design without a grid shows. */
export function scatterFigure(data: ScatterData): Panels {
  const kept = data.values.flatMap((value, i) => (value === null ? [] : [i]));
  if (kept.length === 0) throw new RangeError('values are all null; there is nothing to draw');
  const y = finiteValues(
    'values',
    kept.map((i) => data.values[i] as number),
  );
  const [low, high] = extent(y);
  const isLog = data.yScale === 'log' || (data.yScale !== 'linear' && low > 0 && high / low > LOG_ABOVE);
  const columns = Math.min(COLUMNS, data.over.length);
  const blank = data.values.length - kept.length;
  const panels = data.over.map(({ label, x, scale = 'linear' }, k): Panel => {
    const all = finiteValues(label, x, data.values.length);
    return {
      x: { label, scale },
      y: { label: k % columns === 0 ? data.label : '', scale: isLog ? 'log' : 'linear' },
      layers: [{ kind: 'points', name: data.label, x: kept.map((i) => all[i]), y, color: colorAt(0) }],
      legend: 'none',
    };
  });
  const figure: Panels = {
    title: data.title ?? data.label,
    ...subtitle(blank > 0 && `${blank} of ${data.values.length} cases have no value.`),
    width: Math.max(2, columns) * PANEL.width,
    height: Math.ceil(panels.length / columns) * PANEL.height + 60,
    panels,
    columns,
  };
  checkFigure(figure);
  return figure;
}
