import type { EpochRecord } from 'neural-crn/learning';
import type { Description, Frame } from '../worker/protocol';

const cell = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const lines = (rows: readonly (readonly (string | number | undefined)[])[]): string =>
  `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;

/** Losses by epoch. */
export function lossTable(history: readonly EpochRecord[]): string {
  const names = [...new Set(history.flatMap((record) => Object.keys(record)))] as (keyof EpochRecord)[];
  return lines([names, ...history.map((record) => names.map((name) => record[name]))]);
}

/** Weights by examples learned, those that are shown. */
export function weightTable(
  names: readonly string[],
  { steps, values, width }: NonNullable<Frame['weights']>,
) {
  return lines([
    ['examples', ...names],
    ...Array.from(steps, (step, k) => [step, ...values.subarray(k * width, (k + 1) * width)]),
  ]);
}

/** The examples of both sets, with what is predicted for them. */
export function dataTable(described: Description, predictions: Frame['predictions'] | null): string {
  const { features, target, classes, threshold } = described;
  const named = (value: number) => (threshold === null && classes.length > 0 ? classes[value] : value);
  const rows = (['train', 'validation'] as const).flatMap((set) =>
    Array.from(described[set].targets, (label, k) => [
      set,
      ...described[set].inputs.subarray(k * features.length, (k + 1) * features.length),
      named(label),
      ...(predictions ? [named(predictions[set][k])] : []),
    ]),
  );
  return lines([['set', ...features, target, ...(predictions ? [`predicted ${target}`] : [])], ...rows]);
}
