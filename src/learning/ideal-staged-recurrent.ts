import type { NeuralCrnSettings } from '../circuits/index.js';
import type { IdealPass, PassWeights } from './ideal-pass.js';

/** Runge–Kutta steps backward; forward there are two for each, so that z is known where the way back needs it. */
const STEPS = 64;

/** Nodes that drive each other: dz/dt = Θz forward; da/ds = Θᵀa and dG/ds = a·zᵀ back, through the same z. */
export function recurrentPass({
  hidden: n,
  horizon,
}: NeuralCrnSettings): (weights: PassWeights, x: readonly number[]) => IdealPass {
  return ({ theta }, x) => {
    const flow = (z: readonly number[]) =>
      z.map((_, i) => z.reduce((sum, value, j) => sum + theta[i * n + j] * value, 0));
    const path = [[...x]];
    for (let k = 0; k < 2 * STEPS; k++) path.push(step(flow, path[k], horizon / (2 * STEPS)));
    return {
      z: path[2 * STEPS],
      back(a) {
        // The state is a, then G row by row.
        let state = [...a, ...theta.map(() => 0)];
        for (let k = 0; k < STEPS; k++) {
          const late = 2 * (STEPS - k);
          const slope = (at: readonly number[], part: number) => [
            ...a.map((_, j) => a.reduce((sum, __, i) => sum + at[i] * theta[i * n + j], 0)),
            ...theta.map((_, e) => at[Math.floor(e / n)] * path[late - 2 * part][e % n]),
          ];
          state = step(slope, state, horizon / STEPS);
        }
        return { theta: state.slice(n), B: [] };
      },
    };
  };
}

/** One step of the classical Runge–Kutta method. @param slope gets the state and the part of the step, 0, ½ or 1 */
function step(
  slope: (state: readonly number[], part: number) => number[],
  state: readonly number[],
  d: number,
): number[] {
  const moved = (by: number, along: readonly number[]) => state.map((value, i) => value + by * along[i]);
  const a = slope(state, 0);
  const b = slope(moved(d / 2, a), 0.5);
  const c = slope(moved(d / 2, b), 0.5);
  const e = slope(moved(d, c), 1);
  return state.map((value, i) => value + (d / 6) * (a[i] + 2 * b[i] + 2 * c[i] + e[i]));
}
