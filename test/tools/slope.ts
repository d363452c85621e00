/** Least-squares slope of log(y) against log(x). */
export function slope(x: readonly number[], y: readonly number[]): number {
  const u = x.map(Math.log);
  const v = y.map(Math.log);
  const mu = u.reduce((a, b) => a + b) / u.length;
  const mv = v.reduce((a, b) => a + b) / v.length;
  const uv = u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0);
  return uv / u.reduce((sum, value) => sum + (value - mu) ** 2, 0);
}
