import { exp, log } from '../../../assembly/math';
import { type OptionKind, valueTrouble } from './option-kinds.js';
import type { NumberRange, OptionValue } from './settings.js';

/** An option that a design varies. */
export interface Factor {
  /** As it was written: the name of its column. */
  name: string;
  /** Its full name. */
  path: string;
  kind: OptionKind;
}

export const isRange = (value: unknown): value is NumberRange =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const RANGE_KEYS = ['from', 'to', 'points', 'scale', 'whole'];

/** What is wrong with a range for an option of this kind: the key at fault, and why. */
export function rangeTrouble(
  range: NumberRange,
  kind: OptionKind,
  of: 'grid' | 'latin',
): { key: string; message: string } | undefined {
  for (const key of Object.keys(range)) {
    if (!RANGE_KEYS.includes(key)) {
      return { key, message: `a range has no such key; it has ${RANGE_KEYS.join(', ')}` };
    }
  }
  const { from, to, points, scale = 'linear', whole } = range;
  if (kind.type === 'word' || kind.type === 'flag') {
    return { key: '', message: 'this option takes no numbers; list its values' };
  }
  for (const [key, value] of Object.entries({ from, to })) {
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    return { key, message: `must be a number, not ${JSON.stringify(value)}` };
  }
  if (!(from < to)) return { key: 'to', message: `must be greater than from (${from}), not ${to}` };
  if (scale !== 'linear' && scale !== 'log') {
    return { key: 'scale', message: `must be linear or log, not ${JSON.stringify(scale)}` };
  }
  if (scale === 'log' && !(from > 0)) {
    return { key: 'from', message: `must be greater than 0 on a log scale, not ${from}` };
  }
  if (whole !== undefined && typeof whole !== 'boolean') {
    return { key: 'whole', message: `must be true or false, not ${JSON.stringify(whole)}` };
  }
  if (of === 'latin' && points !== undefined) {
    return { key: 'points', message: 'a Latin hypercube has as many as samples; leave it out' };
  }
  if (of === 'grid' && !(Number.isSafeInteger(points) && (points as number) >= 2)) {
    return { key: 'points', message: `must be a whole number, at least 2, not ${JSON.stringify(points)}` };
  }
  return undefined;
}

/** The place `part` (0 to 1) of a range. Logarithms are the package's own, so that every host has the same values. */
export function within(range: NumberRange, kind: OptionKind, part: number): number {
  const { from, to, scale } = range;
  const value =
    part <= 0
      ? from
      : part >= 1
        ? to
        : scale === 'log'
          ? from * exp(part * log(to / from))
          : from + (to - from) * part;
  return range.whole === true || kind.type === 'whole' ? Math.round(value) : value;
}

/** All values of a grid's range, each once. */
export function gridValues(range: NumberRange, kind: OptionKind): number[] {
  const points = range.points as number;
  const values = Array.from({ length: points }, (_, i) => within(range, kind, i / (points - 1)));
  return [...new Set(values)];
}

/** What is wrong with a list of values: its place, and why. */
export function valuesTrouble(
  values: readonly OptionValue[],
  kind: OptionKind,
): { key: string; message: string } | undefined {
  if (values.length === 0) return { key: '', message: 'needs at least one value' };
  const seen = new Map<string, number>();
  for (const [i, value] of values.entries()) {
    const message = valueTrouble(kind, value);
    if (message !== undefined) return { key: String(i), message };
    const text = JSON.stringify(value);
    if (seen.has(text))
      return { key: String(i), message: `${text} is there already, in place ${seen.get(text)}` };
    seen.set(text, i);
  }
  return undefined;
}
