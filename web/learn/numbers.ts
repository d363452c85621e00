/** A number as a reader wants it: three digits, powers of ten where there are many. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(2);
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 });
}

const UNITS = [
  { name: 'years', seconds: 365.25 * 86400 },
  { name: 'days', seconds: 86400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
];

/** A length of time in a unit that suits it. */
export function duration(seconds: number): string {
  const { name, seconds: unit } = UNITS.find(({ seconds: least }) => seconds >= 1.5 * least) ?? {
    name: 's',
    seconds: 1,
  };
  const value = seconds / unit;
  return `${value >= 1e5 ? value.toExponential(1) : Number(value.toPrecision(2)).toLocaleString('en')} ${name}`;
}
