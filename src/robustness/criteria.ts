/** When a run counts as a success. */

/** A number, or a multiple of what the undisturbed run has. */
export type Bound = number | { times: number };

/** What must hold of a measured number; all that is given. */
export interface Bounds {
  above?: Bound;
  atLeast?: Bound;
  below?: Bound;
  atMost?: Bound;
  /** No further from that of the undisturbed run than this part of it. */
  within?: number;
}

/** A number that is taken from a run, and what must hold of it. */
export interface Criterion<Outcome> extends Bounds {
  /** For reports. */
  name: string;
  of: (outcome: Outcome) => number;
}

const keys = ['above', 'atLeast', 'below', 'atMost'] as const;
type Key = (typeof keys)[number];

const holds: Readonly<Record<Key, (value: number, bound: number) => boolean>> = {
  above: (value, bound) => value > bound,
  atLeast: (value, bound) => value >= bound,
  below: (value, bound) => value < bound,
  atMost: (value, bound) => value <= bound,
};
const signs: Readonly<Record<Key, string>> = { above: '>', atLeast: '>=', below: '<', atMost: '<=' };

/** Whether a value meets its bounds; one that is no number never does. */
export function meets(value: number, bounds: Bounds, nominal: number): boolean {
  if (!Number.isFinite(value)) return false;
  for (const key of keys) {
    const bound = bounds[key];
    if (bound === undefined) continue;
    if (!holds[key](value, typeof bound === 'number' ? bound : bound.times * nominal)) return false;
  }
  const { within } = bounds;
  return within === undefined || Math.abs(value - nominal) <= within * Math.abs(nominal);
}

/** Bounds in words, one by one: `> 0.5`, `within 10%`. */
export function boundsText(bounds: Bounds): string[] {
  const words = keys.flatMap((key) => {
    const bound = bounds[key];
    if (bound === undefined) return [];
    return [`${signs[key]} ${typeof bound === 'number' ? bound : `${bound.times}x`}`];
  });
  if (bounds.within !== undefined) words.push(`within ${Number((100 * bounds.within).toPrecision(12))}%`);
  return words;
}

/** True for bounds that nothing could fail. */
const isIdle = (bounds: Bounds): boolean =>
  keys.every((key) => bounds[key] === undefined) && bounds.within === undefined;

/**
 * Checks criteria made by hand.
 * @throws TypeError or RangeError naming the criterion
 */
export function checkCriteria<T>(criteria: readonly Criterion<T>[]): void {
  if (criteria.length === 0) throw new RangeError('measure is empty: nothing says when a run is a success');
  const names = new Set<string>();
  for (const criterion of criteria) {
    const { name, of, within } = criterion;
    if (typeof name !== 'string' || name === '') throw new TypeError('measure: every criterion needs a name');
    if (typeof of !== 'function') throw new TypeError(`measure: ${name}.of must be a function`);
    if (names.has(name)) throw new RangeError(`measure: ${name} is given twice; one may have several bounds`);
    names.add(name);
    if (isIdle(criterion)) {
      throw new RangeError(`measure: ${name} has no bound; give one of ${keys.join(', ')}, within`);
    }
    const numbers = keys.flatMap((key) => {
      const bound = criterion[key];
      if (bound === undefined) return [];
      return [typeof bound === 'number' ? bound : bound.times];
    });
    if (numbers.some((bound) => !Number.isFinite(bound))) {
      throw new RangeError(`measure: the bounds of ${name} must be finite numbers`);
    }
    if (within !== undefined && !(within >= 0 && Number.isFinite(within))) {
      throw new RangeError(`measure: within of ${name} must be a finite number ≥ 0, got ${within}`);
    }
  }
}

const number = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const relation = new RegExp(`^(.+?)\\s*(<=|>=|<|>)\\s*(${number})\\s*(x?)$`);
const near = new RegExp(`^(.+?)\\s+within\\s+(${number})\\s*%$`);
const between = new RegExp(`^(.+?)\\s+in\\s+(${number})\\s*\\.\\.\\s*(${number})$`);
const keyOf: Readonly<Record<string, Key>> = { '>': 'above', '>=': 'atLeast', '<': 'below', '<=': 'atMost' };

/**
 * Reads conditions: `loss < 0.2`, `period within 20% and leak < 0.01`, `final(A) in 0.9..1.1`, `loss < 1.5x` (1.5 times what the
 * undisturbed run has).
 * @param measureOf what a name stands for
 * @throws RangeError naming the condition that cannot be read
 */
export function parseCriteria<T>(
  text: string,
  measureOf: (name: string) => (outcome: T) => number,
): Criterion<T>[] {
  const found = new Map<string, Criterion<T>>();
  for (const part of text.split(/\s+and\s+/)) {
    const { name, ...bounds } = condition(part.trim());
    const same = found.get(name);
    const clash = same && Object.keys(bounds).find((key) => key in same);
    if (clash !== undefined)
      throw new RangeError(`measure: ${JSON.stringify(part)}: ${name} has such a bound already`);
    if (same) Object.assign(same, bounds);
    else found.set(name, { name, of: measureOf(name), ...bounds });
  }
  return [...found.values()];
}

function condition(text: string): { name: string } & Bounds {
  const order = relation.exec(text);
  if (order) {
    const [, name, sign, value, relative] = order;
    return { name, [keyOf[sign]]: relative === 'x' ? { times: Number(value) } : Number(value) };
  }
  const close = near.exec(text);
  if (close) return { name: close[1], within: Number(close[2]) / 100 };
  const range = between.exec(text);
  if (range) return { name: range[1], atLeast: Number(range[2]), atMost: Number(range[3]) };
  throw new RangeError(
    `measure: ${JSON.stringify(text)} is no condition; write NAME < 0.2, NAME >= 0.9, NAME < 1.5x (times that of the ` +
      'undisturbed run), NAME within 10%, NAME in 0.9..1.1, and join them by "and"',
  );
}
