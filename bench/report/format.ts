/** Three significant digits, never in powers of ten. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const three = Number(value.toPrecision(3));
  const places = three === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(three))));
  return grouped(three.toFixed(places));
}

/** A count, every digit of it. */
export const count = (value: number): string => grouped(String(value));

/** Groups of three before the point, as in 20 402. */
const grouped = (digits: string): string => digits.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ' ');

const UNITS = [
  { below: 1e3, by: 1, name: 'µs' },
  { below: 1e6, by: 1e3, name: 'ms' },
  { below: Number.POSITIVE_INFINITY, by: 1e6, name: 's' },
];

/** Microseconds in the unit that suits them. */
export function time(micros: number): string {
  const unit = UNITS.find(({ below }) => micros < below) ?? UNITS[2];
  return `${number(micros / unit.by)} ${unit.name}`;
}

/** As 1e-6, never as 0.000001. */
export const tolerance = (rtol: number): string => rtol.toExponential();

/** A text cut to a length, with an ellipsis where something is missing. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
