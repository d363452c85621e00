/** Milliseconds for people. */
export function duration(milliseconds: number): string {
  if (milliseconds < 0.0995) return `${(milliseconds * 1000).toPrecision(2)} µs`;
  if (milliseconds < 9.95) return `${milliseconds.toPrecision(2)} ms`;
  return milliseconds < 995 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toPrecision(3)} s`;
}
