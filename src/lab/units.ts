/** Quantities of a laboratory as people write them: a number, then units of concentration and time. */

/** M in one unit of concentration. Both the sign for micro and the Greek letter are in use. */
const MOLAR: Readonly<Record<string, number>> = {
  M: 1,
  mM: 1e-3,
  uM: 1e-6,
  '\u00b5M': 1e-6,
  '\u03bcM': 1e-6,
  nM: 1e-9,
  pM: 1e-12,
  fM: 1e-15,
};

/** Seconds in one unit of time. */
const SECONDS: Readonly<Record<string, number>> = {
  ms: 1e-3,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** What a quantity is, by its powers of concentration and time. */
interface Dimension {
  concentration: number;
  time: number;
  /** For messages. */
  what: string;
  examples: string;
}

const CONCENTRATION: Dimension = {
  concentration: 1,
  time: 0,
  what: 'a concentration',
  examples: '"100 nM" or "0.5 uM"',
};
const RATE: Dimension = {
  concentration: -1,
  time: -1,
  what: 'a rate constant of the second order',
  examples: '"1e6 /M/s", "1e6 1/(M s)" or "3e-3 /nM/s"',
};
const TIME: Dimension = { concentration: 0, time: 1, what: 'a time', examples: '"90 s" or "2 h"' };

/**
 * A concentration such as `'100 nM'`; units fM, pM, nM, uM or µM, mM, M.
 * @returns M
 * @throws RangeError saying what cannot be read, and how it is written
 */
export const parseConcentration = (text: string, name = 'concentration'): number =>
  positive(name, text, CONCENTRATION);

/**
 * A rate constant of the second order such as `'1e6 /M/s'`, `'1e6 1/(M s)'`, `'1e6 M^-1 s^-1'` or `'0.06 /nM/min'`.
 * @returns /M/s
 * @throws RangeError saying what cannot be read, and how it is written
 */
export const parseRate = (text: string, name = 'rate'): number => positive(name, text, RATE);

/**
 * A time such as `'10 min'`; units ms, s, min, h, d and their words.
 * @returns seconds
 * @throws RangeError saying what cannot be read, and how it is written
 */
export const parseTime = (text: string, name = 'time'): number => positive(name, text, TIME);

function positive(name: string, text: string, dimension: Dimension): number {
  const value = quantity(name, text, dimension);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be greater than 0 and finite, not ${JSON.stringify(text)}`);
}

const number = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;

function quantity(name: string, text: string, dimension: Dimension): number {
  const refuse = (why: string): never => {
    throw new RangeError(
      `${name} must be ${dimension.what} such as ${dimension.examples}, not ${JSON.stringify(text)}: ${why}`,
    );
  };
  if (typeof text !== 'string') refuse('it is no text');
  const found = number.exec(text);
  if (found === null) return refuse('it does not begin with a number');
  const units = text.slice(found[0].length).trim();
  if (units === '') return refuse('it has no unit');
  let factor = Number(found[1]);
  let [concentration, time] = [0, 0];
  for (const { unit, power } of factors(units, refuse)) {
    if (Object.hasOwn(MOLAR, unit)) {
      factor *= MOLAR[unit] ** power;
      concentration += power;
    } else if (Object.hasOwn(SECONDS, unit)) {
      factor *= SECONDS[unit] ** power;
      time += power;
    } else {
      refuse(`there is no unit ${JSON.stringify(unit)}`);
    }
  }
  if (concentration !== dimension.concentration || time !== dimension.time) {
    refuse(`its unit is that of something else`);
  }
  return factor;
}

/** The units of a text with their powers: `/M/s`, `1/(M s)`, `M^-1 s^-1` and `M-1·s-1` are the same. */
function* factors(
  text: string,
  refuse: (why: string) => never,
): Generator<{ unit: string; power: number }, void> {
  const token = /\s*(?:([A-Za-z\u00b5\u03bc]+)(?:\^?([+-]?\d+))?|(1)(?=\s*\/)|([/()·*]))/y;
  let below = false;
  let within = false;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) return refuse(`${JSON.stringify(text.slice(at).trim())} cannot be read`);
    const [, unit, power, , sign] = found;
    if (unit !== undefined) {
      const size = power === undefined ? 1 : Number(power);
      yield { unit, power: below ? -size : size };
      // A fraction bar is for what comes next, or for a whole parenthesis.
      if (!within) below = false;
    } else if (sign === '/') below = true;
    else if (sign === '(') within = true;
    else if (sign === ')') {
      within = false;
      below = false;
    }
  }
  if (within) refuse('a parenthesis is not closed');
}

const CONCENTRATIONS: readonly [string, number][] = [
  ['M', 1],
  ['mM', 1e-3],
  ['µM', 1e-6],
  ['nM', 1e-9],
  ['pM', 1e-12],
  ['fM', 1e-15],
];

const TIMES: readonly [string, number][] = [
  ['years', 365.25 * 86_400],
  ['days', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** Outside of these, powers of ten are easier to read than zeros. */
const PLAIN_FROM = 1e-3;
const PLAIN_TO = 1e5;

/** Two or three digits. */
function digits(value: number, most: number): string {
  const rounded = Number(value.toPrecision(most));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= PLAIN_FROM && size < PLAIN_TO)) return String(rounded);
  return rounded.toExponential().replace('+', '');
}

/** A concentration in the unit that suits it: `100 nM`. @param molar in M */
export function concentrationText(molar: number): string {
  const [name, unit] = CONCENTRATIONS.find(([, least]) => molar >= 0.9995 * least) ?? ['fM', 1e-15];
  return `${digits(molar / unit, 3)} ${name}`;
}

/** A length of time in the unit that suits it: `8.3 min`, `69 days`. @param seconds in s */
export function durationText(seconds: number): string {
  const [name, unit] = TIMES.find(([, least]) => seconds >= 1.5 * least) ?? ['s', 1];
  return `${digits(seconds / unit, 2)} ${name}`;
}

/**
 * The unit of a rate constant: `M/s`, `/s`, `/M/s`, `/M²/s`.
 * @param order sum of the exponents in the rate law
 */
export function rateUnit(order: number): string {
  if (order === 0) return 'M/s';
  if (order === 1) return '/s';
  if (order === 2) return '/M/s';
  return order === 3 ? '/M²/s' : `M^${Number((1 - order).toPrecision(3))}/s`;
}

/** A rate constant with its unit: `1e6 /M/s`. @param value in M and s */
export const rateText = (value: number, order: number): string => `${digits(value, 3)} ${rateUnit(order)}`;
