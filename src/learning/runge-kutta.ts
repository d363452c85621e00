/** Steps for one phase 1; the error is below 1e-9 while rates times T are of order one. */
const STEPS = 128;

/** Moves `state` on by `duration` along `flow`, which fills in a slope (classical Runge–Kutta of order 4). */
export function rungeKutta(
  flow: (state: Float64Array, slope: Float64Array) => void,
  state: Float64Array,
  duration: number,
): void {
  const d = duration / STEPS;
  const size = state.length;
  const [at, a, b, c, e] = Array.from({ length: 5 }, () => new Float64Array(size));
  const shifted = (slope: Float64Array, by: number) => {
    for (let k = 0; k < size; k++) at[k] = state[k] + by * slope[k];
    return at;
  };
  for (let step = 0; step < STEPS; step++) {
    flow(state, a);
    flow(shifted(a, d / 2), b);
    flow(shifted(b, d / 2), c);
    flow(shifted(c, d), e);
    for (let k = 0; k < size; k++) state[k] += (d / 6) * (a[k] + 2 * b[k] + 2 * c[k] + e[k]);
  }
}
