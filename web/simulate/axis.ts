const superscript = (exponent: number): string =>
  String(exponent).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]));

/** A power of ten as axes have it. */
export const powerOfTen = (value: number): string => `10${superscript(Math.round(Math.log10(value)))}`;

/** A number for an axis or a reading: short, and in powers of ten where it is far from 1. */
export function shortNumber(value: number, figures = 4): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa, exponent] = value.toExponential(figures - 1).split('e');
    const short = String(Number(mantissa));
    const power = `10${superscript(Number(exponent))}`;
    return short === '1' ? power : `${short.replace('-', '−')}·${power}`;
  }
  return String(Number(value.toPrecision(figures))).replace('-', '−');
}

/** Powers of ten from `min` to `max`, at most about `most` of them. */
export function decades(min: number, max: number, most: number): number[] {
  const from = Math.ceil(Math.log10(min) - 1e-9);
  const to = Math.floor(Math.log10(max) + 1e-9);
  const step = Math.max(1, Math.ceil((to - from + 1) / Math.max(2, most)));
  const powers: number[] = [];
  for (let power = Math.ceil(from / step) * step; power <= to; power += step)
    powers.push(Number(`1e${power}`));
  // Less than a decade has no power of ten inside, or one.
  return powers.length >= 2 ? powers : within(min, max, most);
}

function within(min: number, max: number, most: number): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = Number(`${digit}e${power}`);
      if (value >= min && value <= max) found.push(value);
    }
  }
  const every = Math.max(1, Math.ceil(found.length / Math.max(2, most)));
  return found.filter((_, k) => k % every === 0);
}

/** Decades below the largest value that a logarithmic axis reaches; rounding errors live below. */
const MOST_DECADES = 16;

/** The range of a logarithmic axis for some columns; one decade where nothing is above 0. */
export function logRange(columns: readonly ArrayLike<number | null>[]): [number, number] {
  let [low, high] = [Infinity, 0];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (value === null || !(value > 0) || value === Infinity) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(high > 0)) return [0.1, 1];
  low = Math.max(low, high / 10 ** MOST_DECADES);
  return [low / 1.6, high * 1.6];
}

/** The range of an even axis: from 0 unless something is below it, with a little room above. */
export function evenRange(columns: readonly ArrayLike<number | null>[]): [number, number] {
  let [low, high] = [0, 0];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (value === null || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  // Below 0 there is only what the tolerance allows.
  if (low > -0.01 * high) low = 0;
  if (high === low) high = low + 1;
  const room = 0.04 * (high - low);
  return [low === 0 ? 0 : low - room, high + room];
}
