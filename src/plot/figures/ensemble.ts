import { checkFigure, finiteValues } from '../check.js';
import type { AreaLayer, Chart } from '../figure.js';
import {
  checkedSeries,
  hasRails,
  leftOutNote,
  lineLayer,
  MAX_LINES,
  MODEL_UNITS,
  mostChanging,
  RAIL_NOTE,
  railLegend,
  railStyles,
  subtitle,
} from './series.js';

export interface EnsembleData {
  species: readonly string[];
  times: ArrayLike<number>;
  /** One column of means for each of `species`, in that order. */
  means: readonly ArrayLike<number>[];
  /** Between which a part of the runs lies, in the same order. */
  bands?: readonly { low: ArrayLike<number>; high: ArrayLike<number> }[];
  /** Of what there are means and bands, in a sentence. */
  note?: string;
  /** Of the numbers. Default `'model units'`. */
  unit?: string | undefined;
  /** Default `'Means over time'`. */
  title?: string;
}

/** The species of many runs over time: means as lines, and where most runs are as bands. Of many, those that change most. */
export function ensembleFigure(data: EnsembleData): Chart {
  const x = finiteValues('times', data.times);
  const { species, means, bands, unit = MODEL_UNITS } = data;
  if (species.length !== means.length || (bands && species.length !== bands.length)) {
    throw new RangeError(`there are ${species.length} species, but not as many means and bands`);
  }
  const all = checkedSeries(
    species.map((name, i) => ({ name, values: means[i] })),
    x.length,
  );
  const { shown, left } = mostChanging(all, MAX_LINES);
  const names = shown.map(({ name }) => name);
  const styles = railStyles(names);
  const areas = names.flatMap((name): AreaLayer[] => {
    const band = bands?.[species.indexOf(name)];
    if (band === undefined) return [];
    const low = finiteValues(`band "${name}"`, band.low, x.length);
    const high = finiteValues(`band "${name}"`, band.high, x.length);
    return [{ kind: 'area', name, x, low, high, color: styles.get(name)!.color, opacity: 0.2 }];
  });
  const figure: Chart = {
    title: data.title ?? 'Means over time',
    ...subtitle(data.note, hasRails(names) && RAIL_NOTE, leftOutNote(left, all.length, 'species')),
    width: 640,
    height: 420,
    x: { label: 'time', unit: MODEL_UNITS, scale: 'linear' },
    y: { label: unit === MODEL_UNITS ? 'concentration' : 'number', unit, scale: 'linear' },
    layers: [...areas, ...shown.map(({ name, values }) => lineLayer(name, x, values, styles.get(name)!))],
    legend: { position: 'right', entries: railLegend(names, styles) },
  };
  checkFigure(figure);
  return figure;
}
