import type { NeuralCrnSettings } from '../circuits/index.js';
import { lawOf } from './ideal-nodes.js';
import type { IdealNetwork, IdealOptions } from './ideal-twin.js';
import { rungeKutta } from './runge-kutta.js';

/**
 * The ideal twin of a circuit with coupled nodes: dz/dt = Θx + Rz + h + the law's decay, ŷ = Σᵢ zᵢ(T), and beside it
 * dFᵢₖ/dt = δᵢₖ + Σₗ RᵢₗFₗₖ − Jᵢ(zᵢ)·Fᵢₖ. Δθₖⱼ = −rate·e·(Σᵢ Fᵢₖ(T))·xⱼ.
 */
export function idealCoupled(settings: NeuralCrnSettings, options: IdealOptions): IdealNetwork {
  const { inputs: n, hidden: m, rate, fuel, horizon, start } = settings;
  const R = settings.coupling as number[];
  const drift = settings.drift === false ? 0 : settings.drift;
  const { decay, jacobian } = lawOf(settings);

  /** The state: z, then for every drive k a column F[·,k]. */
  const run = (x: readonly number[], columns: number): Float64Array => {
    const drives = Array.from({ length: m }, (_, i) => {
      let u = drift;
      for (let j = 0; j < n; j++) u += twin.theta[i * n + j] * x[j];
      return u;
    });
    const state = new Float64Array((1 + columns) * m);
    for (let i = 0; i < m; i++) state[i] = start === 'input' ? x[i] : start;
    rungeKutta(
      (at, slope) => {
        for (let column = 0; column <= columns; column++) {
          for (let i = 0; i < m; i++) {
            let sum = 0;
            for (let l = 0; l < m; l++) sum += R[i * m + l] * at[column * m + l];
            if (column === 0) sum += drives[i] + decay(at[i]);
            else sum += (i === column - 1 ? 1 : 0) - jacobian(at[i]) * at[column * m + i];
            slope[column * m + i] = sum;
          }
        }
      },
      state,
      horizon,
    );
    return state;
  };
  const total = (state: Float64Array, column: number) =>
    state.subarray(column * m, (column + 1) * m).reduce((sum, value) => sum + value, 0);

  const twin: IdealNetwork = {
    theta: [...(options.theta ?? settings.theta)],
    W: null,
    fuel: options.fuel ?? 1,
    outputs: (x) => [total(run(x, 0), 0)],
    step(x, [y]) {
      const state = run(x, m);
      const error = total(state, 0) - y;
      for (let k = 0; k < m; k++) {
        const F = total(state, k + 1);
        for (let j = 0; j < n; j++) twin.theta[k * n + j] -= rate * twin.fuel * error * F * x[j];
      }
      if (typeof fuel === 'number') twin.fuel /= 1 + twin.fuel / fuel;
      return [error];
    },
  };
  return twin;
}
