/** Round numbers within a range, about as many as asked for. */
export function ticks(from: number, to: number, about = 5): number[] {
  const span = to - from;
  if (!(span > 0 && Number.isFinite(span))) return [from];
  const raw = span / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const first = Math.ceil(from / step);
  // Multiples of a whole number, so that 0.3 is not 0.30000000000000004.
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  );
}
