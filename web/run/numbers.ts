/** A number as a reader wants it: three digits, powers of ten where there are many. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(2);
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 });
}
