import { seconds as span } from './numbers.js';
import type { Row } from './reproduce-rows.js';

/** Of what there is none. */
export const NONE = '–';

/** A figure alone: losses to four decimals, or fewer digits for large ones; accuracies in per cent. */
function figure(row: Row, value: number | null, decimals = 3): string {
  if (value === null) return row.measure === 'validation loss' ? '∞' : '0.0';
  if (row.measure !== 'validation loss') return value >= 0.9995 ? '100' : (100 * value).toFixed(1);
  return value >= 1000 ? value.toExponential(1) : value >= 10 ? value.toFixed(1) : value.toFixed(decimals);
}

export const authorsText = (row: Row, decimals?: number): string =>
  row.authors === null ? NONE : figure(row, row.authors, decimals);

export const spread = (row: Row, decimals?: number): string => {
  const { median, best, worst } = row;
  const lossy = row.measure === 'validation loss';
  const [low, high] = lossy ? [best, worst] : [worst, best];
  return `${figure(row, median, decimals)} (${figure(row, low, decimals)}–${figure(row, high, decimals)})`;
};

export const size = ([least, most]: [number, number]): string =>
  least === most ? String(least) : `${least}–${most}`;

/** Shorter than elsewhere: at most seven characters. */
export function duration({ seconds }: Pick<Row, 'seconds'>): string {
  if (seconds < 60) return span(1000 * seconds);
  const minutes = seconds / 60;
  return minutes < 100 ? `${minutes.toPrecision(2)} min` : `${(minutes / 60).toPrecision(2)} h`;
}

export const good = ({ successRate, runs }: Row): string =>
  successRate === null ? NONE : `${Math.round(successRate * runs.length)}/${runs.length}`;

/** Marked where the settings are not the authors'. */
export const marked = ({ settings, changed }: Row, name: string): string =>
  settings === 'authors' && !changed ? name : `${name}*`;
