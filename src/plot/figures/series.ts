import { finiteValues } from '../check.js';
import type { Dash, LegendEntry, LineLayer } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';

/** One quantity over time or steps. */
export interface Series {
  /** As the species or parameter is called; `Z[1]+` and `Z[1]-` are drawn as one dual-rail pair. */
  name: string;
  values: ArrayLike<number>;
}

/** Unit words for axes whose caller gave none: figures of dimensionless models still say so. */
export const MODEL_UNITS = 'model units';

/** Lines in one frame; beyond this nobody can tell them apart. */
export const MAX_LINES = 12;

export interface CheckedSeries {
  name: string;
  values: number[];
}

/** Copies the series, refusing by name what cannot be drawn. */
export function checkedSeries(series: readonly Series[], length: number): CheckedSeries[] {
  if (!Array.isArray(series) || series.length === 0)
    throw new RangeError('series is empty; there is nothing to draw');
  const seen = new Set<string>();
  return series.map(({ name, values }) => {
    if (typeof name !== 'string' || name === '') throw new TypeError('every series needs a name');
    if (seen.has(name)) throw new RangeError(`series "${name}" is given twice`);
    seen.add(name);
    return { name, values: finiteValues(`series "${name}"`, values, length) };
  });
}

/** `Z[1]+` → `Z[1]` and `+`; names without a rail stand for themselves. */
export function railOf(name: string): { base: string; rail: '+' | '-' | undefined } {
  const match = /^(.+)([+-])$/.exec(name);
  return match ? { base: match[1], rail: match[2] as '+' | '-' } : { base: name, rail: undefined };
}

/**
 * At most `limit` lines: the series that change most, ties going to the larger and then to the earlier. The two rails
 * of a pair stay together. The order is kept.
 */
export function mostChanging(
  series: CheckedSeries[],
  limit = MAX_LINES,
): { shown: CheckedSeries[]; left: number } {
  if (series.length <= limit) return { shown: series, left: 0 };
  const pairs = new Map<string, { members: CheckedSeries[]; range: number; size: number; place: number }>();
  series.forEach((one, place) => {
    const { base } = railOf(one.name);
    const [low, high] = extent(one.values);
    const pair = pairs.get(base) ?? { members: [], range: 0, size: 0, place };
    pair.members.push(one);
    pair.range = Math.max(pair.range, high - low);
    pair.size = Math.max(pair.size, Math.abs(low), Math.abs(high));
    pairs.set(base, pair);
  });
  const ranked = [...pairs.values()].sort(
    (a, b) => b.range - a.range || b.size - a.size || a.place - b.place,
  );
  const chosen = new Set<CheckedSeries>();
  for (const { members } of ranked) {
    if (chosen.size + members.length > limit) break;
    for (const member of members) chosen.add(member);
  }
  const shown = series.filter((one) => chosen.has(one));
  return { shown, left: series.length - shown.length };
}

export function extent(values: number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

export interface Style {
  color: string;
  dash: Dash;
}

/** One colour for each quantity; of a dual-rail pair, `+` is solid and `-` dashed. */
export function railStyles(names: readonly string[]): Map<string, Style> {
  const order = new Map<string, number>();
  for (const name of names) {
    const { base } = railOf(name);
    if (!order.has(base)) order.set(base, order.size);
  }
  return new Map(
    names.map((name) => {
      const { base, rail } = railOf(name);
      const place = order.get(base)!;
      return [name, { color: colorAt(place), dash: rail === '-' ? 'dashed' : dashAt(place) }];
    }),
  );
}

export const RAIL_NOTE = 'Solid: + rail; dashed: − rail.';

export function hasRails(names: readonly string[]): boolean {
  return names.some((name) => railOf(name).rail === '-');
}

/** A pair shares one entry under its common name; a lone rail keeps its own. */
export function railLegend(names: readonly string[], styles: Map<string, Style>): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const done = new Set<string>();
  for (const name of names) {
    if (done.has(name)) continue;
    const { base, rail } = railOf(name);
    const pair = rail === undefined ? [name] : [`${base}+`, `${base}-`].filter((n) => names.includes(n));
    for (const member of pair) done.add(member);
    entries.push({
      label: pair.length === 2 ? base : name,
      swatches: pair.map((member) => ({ kind: 'line', ...styles.get(member)! })),
    });
  }
  return entries;
}

export function lineLayer(name: string, x: number[], y: (number | null)[], style: Style): LineLayer {
  return { kind: 'line', name, x, y, color: style.color, dash: style.dash };
}

/** Sentences of a subtitle, or nothing. */
export function subtitle(...sentences: (string | undefined | false)[]): { subtitle?: string } {
  const text = sentences.filter(Boolean).join(' ');
  return text === '' ? {} : { subtitle: text };
}

export function leftOutNote(left: number, total: number, what: string): string | undefined {
  if (left === 0) return undefined;
  return `${total - left} of ${total} ${what} drawn, those that change most; ${left} left out.`;
}

/** `{ unit }`, or nothing to spread when there is none. */
export const unitOf = (unit: string | undefined): { unit?: string } => (unit ? { unit } : {});

/** The value below which this part of the values lies, interpolated between neighbours (Hyndman & Fan's type 7). */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
