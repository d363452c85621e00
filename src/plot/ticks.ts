import { fraction, type ResolvedScale } from './scale.js';
import { EXPONENT } from './text.js';

export interface Ticks {
  values: number[];
  /** One for each value; an exponent follows `EXPONENT`. */
  labels: string[];
  /** Shorter marks without labels. */
  minor: number[];
}

/** Beyond these, powers of ten are written as such. */
const PLAIN_LEAST = 1e-3;
const PLAIN_MOST = 1e5;
/** More digits than this after the point are unreadable on an axis. */
const MAX_DECIMALS = 9;
/** Labels nearer than this part of the usual distance touch. */
const CROWDED = 0.45;
/** Marks at 2, 3 … 9 blur into a grey band when there are more decades than this. */
const MINOR_BELOW_DECADES = 7;

/** At most about `count` labelled ticks inside the scale's domain. */
export function ticksFor(scale: ResolvedScale, count: number, integer = false): Ticks {
  const wanted = Math.max(2, count);
  if (scale.kind === 'log') return logTicks(scale.low, scale.high, wanted, integer);
  if (scale.kind === 'symlog') return symlogTicks(scale, wanted, integer);
  return linearTicks(scale.low, scale.high, wanted, integer);
}

function linearTicks(low: number, high: number, count: number, integer: boolean): Ticks {
  // The step of 1, 2 or 5 nearest to the rough one by ratio; the bounds are geometric means of neighbours.
  const rough = (high - low) / count;
  let exponent = Math.floor(Math.log10(rough));
  const mantissa = rough / 10 ** exponent;
  let lead = mantissa < Math.SQRT2 ? 1 : mantissa < Math.sqrt(10) ? 2 : mantissa < Math.sqrt(50) ? 5 : 10;
  if (lead === 10) {
    lead = 1;
    exponent++;
  }
  if (integer && exponent < 0) {
    lead = 1;
    exponent = 0;
  }
  // Whole multiples, scaled by one correctly rounded operation: 3 / 10 is 0.3 where 3 · 0.1 is not.
  const scaled = (i: number) => (exponent < 0 ? (i * lead) / 10 ** -exponent : i * lead * 10 ** exponent);
  const step = scaled(1);
  const slack = 1e-9;
  const values: number[] = [];
  for (let i = Math.ceil(low / step - slack); i <= Math.floor(high / step + slack); i++)
    values.push(scaled(i) + 0);
  return { values, labels: linearLabels(values, exponent), minor: [] };
}

function linearLabels(values: number[], exponent: number): string[] {
  const most = Math.max(...values.map(Math.abs));
  const decimals = Math.max(0, -exponent);
  if (most === 0 || (most < 10 * PLAIN_MOST && most >= PLAIN_LEAST && decimals <= MAX_DECIMALS)) {
    return values.map((v) => minus(v.toFixed(Math.min(decimals, MAX_DECIMALS))));
  }
  const power = Math.floor(Math.log10(most));
  return values.map((v) => scientific(v, power, Math.max(0, power - exponent)));
}

function logTicks(low: number, high: number, count: number, integer: boolean): Ticks {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const decades = Math.log10(high / low);
  const leads = [[1, 2, 5], [1, 3], [1]].find((l) => l.length * decades <= count + 0.5);
  if (leads && decades < MINOR_BELOW_DECADES) {
    const values: number[] = [];
    const minor: number[] = [];
    for (let p = first - 1; p <= last; p++) {
      for (let m = 1; m <= 9; m++) {
        const value = p < 0 ? m / 10 ** -p : m * 10 ** p;
        if (value < low * (1 - 1e-12) || value > high * (1 + 1e-12)) continue;
        if (integer && !Number.isInteger(value)) continue;
        if (leads.includes(m)) values.push(value);
        else minor.push(value);
      }
    }
    // Less than half a decade: round numbers of the linear kind say more.
    if (values.length < 3) return linearTicks(low, high, Math.min(count, 5), integer);
    return { values, labels: logLabels(values), minor };
  }
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const powers: number[] = [];
  const minor: number[] = [];
  for (let p = first; p <= last; p++) {
    if (mod(p, every) === 0) powers.push(p);
    else minor.push(powerOfTen(p));
  }
  if (powers.length < 2) powers.splice(0, powers.length, first, last);
  return { values: powers.map(powerOfTen), labels: powerLabels(powers), minor };
}

function symlogTicks(scale: ResolvedScale, count: number, integer: boolean): Ticks {
  const top = Math.max(Math.abs(scale.low), Math.abs(scale.high));
  const first = Math.ceil(Math.log10(scale.constant) - 1e-9);
  const last = Math.floor(Math.log10(top) + 1e-9);
  const sides = scale.low < 0 && scale.high > 0 ? 2 : 1;
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, (count - 1) / sides)));
  const entries: { value: number; label: string }[] = [];
  if (scale.low <= 0 && scale.high >= 0) entries.push({ value: 0, label: '0' });
  const powers: number[] = [];
  const minor: number[] = [];
  for (let p = last; p >= first; p--) {
    if ((last - p) % every === 0) powers.push(p);
    else minor.push(...[powerOfTen(p), -powerOfTen(p)].filter((v) => v >= scale.low && v <= scale.high));
  }
  // Small powers crowd around zero: those whose labels would touch its own lose theirs.
  const zero = fraction(scale, Math.min(Math.max(0, scale.low), scale.high));
  while (
    powers.length > 1 &&
    Math.abs(fraction(scale, nearZero(scale, powers.at(-1)!)) - zero) < CROWDED / count
  ) {
    const p = powers.pop()!;
    minor.push(...[powerOfTen(p), -powerOfTen(p)].filter((v) => v >= scale.low && v <= scale.high));
  }
  const labels = powerLabels(powers);
  powers.forEach((p, i) => {
    const value = powerOfTen(p);
    if (value <= scale.high && value >= scale.low) entries.push({ value, label: labels[i] });
    if (-value >= scale.low && -value <= scale.high) entries.push({ value: -value, label: `−${labels[i]}` });
  });
  if (entries.length < 3) return linearTicks(scale.low, scale.high, count, integer);
  entries.sort((a, b) => a.value - b.value);
  return { values: entries.map((e) => e.value), labels: entries.map((e) => e.label), minor };
}

/** The power of ten on the side of zero that the domain has. */
const nearZero = (scale: ResolvedScale, p: number): number =>
  scale.high > 0 ? powerOfTen(p) : -powerOfTen(p);
const powerOfTen = (p: number): number => (p < 0 ? 1 / 10 ** -p : 10 ** p);
const mod = (a: number, b: number): number => ((a % b) + b) % b;
const minus = (text: string): string => text.replace('-', '−');

/** 0.01, 0.1, 1 … while all are short, else 10⁻⁵, 10⁰ … for all. */
function powerLabels(powers: number[]): string[] {
  const plain = powers.every((p) => powerOfTen(p) >= PLAIN_LEAST * (1 - 1e-9) && powerOfTen(p) < PLAIN_MOST);
  return powers.map((p) =>
    plain ? powerOfTen(p).toFixed(Math.max(0, -p)) : `10${EXPONENT}${minus(String(p))}`,
  );
}

/** Of 1, 2, 5 times powers of ten: 0.05, 0.1, 0.2 … while all are short, else 5×10⁻⁶, 10⁻⁵ … for all. */
function logLabels(values: number[]): string[] {
  const plain = values.every((v) => v >= PLAIN_LEAST * (1 - 1e-9) && v < PLAIN_MOST);
  return values.map((value) => {
    const power = Math.floor(Math.log10(value) + 1e-9);
    if (plain) return value.toFixed(Math.max(0, -power));
    const label = scientific(value, power, 0);
    return label.startsWith('1×') ? label.slice(2) : label;
  });
}

function scientific(value: number, power: number, decimals: number): string {
  if (value === 0) return '0';
  const lead = (value / powerOfTen(power)).toFixed(Math.min(decimals, MAX_DECIMALS));
  return `${minus(lead)}×10${EXPONENT}${minus(String(power))}`;
}
