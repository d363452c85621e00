import { InvalidInput } from './failures.js';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** What a number may be. */
export interface Bounds {
  above?: number;
  atLeast?: number;
  below?: number;
  whole?: boolean;
}

function allowed({ above, atLeast, below, whole }: Bounds): string {
  const limits = [
    ...(above === undefined ? [] : [`greater than ${above}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  const kind = whole ? 'a whole number' : 'a number';
  return limits.length === 0 ? kind : `${kind}, ${limits.join(' and ')}`;
}

/**
 * A number as a flag gives it: decimal digits with an optional point and exponent, and nothing after it.
 * @throws InvalidInput naming the flag, the text and what is allowed
 */
export function readNumber(flag: string, text: string, bounds: Bounds = {}): number {
  const value = decimal.test(text.trim()) ? Number(text) : Number.NaN;
  const { above, atLeast, below, whole } = bounds;
  const fits =
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (!whole || Number.isSafeInteger(value));
  if (!fits) throw new InvalidInput(`${flag} must be ${allowed(bounds)}, not ${JSON.stringify(text)}`);
  return value;
}

/** Cuts at commas, but not inside brackets, parentheses or backticks: names may hold them, as `P[1,2]` does. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '`') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth = Math.max(0, depth - 1);
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

/** `name=value`, or undefined when there is no `=`. The name loses its backticks. */
function splitAssignment(entry: string): { name: string; value: string } | undefined {
  const equals = entry.lastIndexOf('=');
  if (equals < 0) return undefined;
  const name = entry.slice(0, equals).trim();
  const bare = name.length > 1 && name.startsWith('`') && name.endsWith('`') ? name.slice(1, -1) : name;
  // White space in an index list has no meaning in a network's text either.
  return { name: bare === name ? name.replace(/\s+/g, '') : bare, value: entry.slice(equals + 1).trim() };
}

/**
 * Adds `A=1,P[1,2]=3` to the assignments of earlier uses of the flag.
 * @throws InvalidInput for an entry that is no assignment, a bad number, or a name given twice
 */
export function readAssignments(
  flag: string,
  text: string,
  bounds: Bounds = {},
  before: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const values = new Map(before);
  for (const entry of splitList(text)) {
    const assignment = splitAssignment(entry);
    if (assignment === undefined || assignment.name === '') {
      throw new InvalidInput(
        `${flag} must be name=value pairs separated by commas, not ${JSON.stringify(entry)}`,
      );
    }
    const { name, value } = assignment;
    if (values.has(name)) throw new InvalidInput(`${flag} gives ${name} twice`);
    values.set(name, readNumber(`${flag} ${name}`, value, bounds));
  }
  return values;
}

/** A list of numbers, `0.3,0.4`. */
export function readNumbers(flag: string, text: string, bounds: Bounds = {}): number[] {
  return splitList(text).map((part) => readNumber(flag, part, bounds));
}

/** Absolute tolerances: one for all species, some by name, or both. */
export interface Tolerances {
  all?: number;
  species: Map<string, number>;
}

/** Adds `1e-12,B=1e-18` to the tolerances of earlier uses of the flag: a bare number is for all species. */
export function readTolerances(flag: string, text: string, before?: Tolerances): Tolerances {
  const tolerances: Tolerances = { ...before, species: new Map(before?.species) };
  for (const entry of splitList(text)) {
    if (entry.includes('=')) {
      tolerances.species = readAssignments(flag, entry, { above: 0 }, tolerances.species);
      continue;
    }
    if (tolerances.all !== undefined) {
      throw new InvalidInput(
        `${flag} gives two numbers for all species, ${tolerances.all} and ${entry}; write name=value for one species`,
      );
    }
    tolerances.all = readNumber(flag, entry, { above: 0 });
  }
  return tolerances;
}

/** Which times to save: `200` equal intervals, or `log:1e-6:1e5:200`. */
export type SaveFlag =
  | { kind: 'uniform'; intervals: number }
  | { kind: 'log'; from: number; to: number; points: number };

export function readSave(flag: string, text: string): SaveFlag {
  if (!text.startsWith('log')) {
    return { kind: 'uniform', intervals: readNumber(flag, text, { atLeast: 1, whole: true }) };
  }
  const parts = text.split(':');
  if (parts.length !== 4 || parts[0] !== 'log') {
    throw new InvalidInput(
      `${flag} must be a number of intervals, or log:FIRST:LAST:POINTS as in log:1e-6:1e5:200, not ${JSON.stringify(text)}`,
    );
  }
  const from = readNumber(`${flag} log, its first time,`, parts[1], { above: 0 });
  const to = readNumber(`${flag} log, its last time,`, parts[2], { above: from });
  return {
    kind: 'log',
    from,
    to,
    points: readNumber(`${flag} log, its points,`, parts[3], { atLeast: 2, whole: true }),
  };
}

/** A number, or `none` for doing without. */
export function readNumberOrNone(flag: string, text: string, bounds: Bounds = {}): number | 'none' {
  if (text === 'none') return 'none';
  try {
    return readNumber(flag, text, bounds);
  } catch {
    throw new InvalidInput(`${flag} must be ${allowed(bounds)}, or none, not ${JSON.stringify(text)}`);
  }
}

/** Outside of these, powers of ten are easier to read than zeros. */
const PLAIN_FROM = 1e-4;
const PLAIN_TO = 1e7;

/** A number for people: at most `digits` significant ones, no trailing zeros. */
export function short(value: number, digits = 6): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= PLAIN_FROM && size < PLAIN_TO)) return String(rounded);
  return rounded.toExponential();
}

/** R² to four decimals; what is below 1 is not rounded up to it. */
export function rSquaredText(value: number): string {
  if (value < -1000) return value.toExponential(1);
  return (value < 1 ? Math.min(value, 0.9999) : value).toFixed(4);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

export function seconds(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  const total = milliseconds / 1000;
  if (total < 60) return `${total.toFixed(1)} s`;
  return `${Math.floor(total / 60)} min ${Math.round(total % 60)} s`;
}
