import type { NeuralCrnSettings } from '../circuits/index.js';
import type { IdealNetwork, IdealOptions } from './ideal-twin.js';
import { rungeKutta } from './runge-kutta.js';

/**
 * The ideal twin of a recurrent circuit: dz/dt = Θz + h from z(0) = x, ŷ = Σᵢ zᵢ(T), and the sensitivities
 * dSᵢₖₗ/dt = Σⱼ θᵢⱼSⱼₖₗ + δᵢₖzₗ beside it. Δθₖₗ = −rate·e·Σᵢ Sᵢₖₗ(T).
 */
export function idealRecurrent(settings: NeuralCrnSettings, options: IdealOptions): IdealNetwork {
  const { inputs: n, rate, fuel, horizon } = settings;
  const drift = settings.drift === false ? 0 : settings.drift;

  /** The state, z and then one column S[·,k,l] of n values for every weight. */
  const flow = (state: Float64Array, slope: Float64Array) => {
    for (let start = 0; start < state.length; start += n) {
      for (let i = 0; i < n; i++) {
        let sum = start === 0 ? drift : 0;
        for (let j = 0; j < n; j++) sum += twin.theta[i * n + j] * state[start + j];
        slope[start + i] = sum;
      }
    }
    for (let weight = 0; (weight + 1) * n < state.length; weight++) {
      const k = Math.floor(weight / n);
      slope[(weight + 1) * n + k] += state[weight % n];
    }
  };
  const run = (x: readonly number[], columns: number): Float64Array => {
    const state = new Float64Array((1 + columns) * n);
    state.set(x);
    rungeKutta(flow, state, horizon);
    return state;
  };
  const output = (state: Float64Array) => state.subarray(0, n).reduce((sum, z) => sum + z, 0);

  const twin: IdealNetwork = {
    theta: [...(options.theta ?? settings.theta)],
    W: null,
    fuel: options.fuel ?? 1,
    outputs: (x) => [output(run(x, 0))],
    step(x, [y]) {
      const state = run(x, n * n);
      const error = output(state) - y;
      for (let weight = 0; weight < n * n; weight++) {
        const column = state.subarray((weight + 1) * n, (weight + 2) * n);
        twin.theta[weight] -= rate * twin.fuel * error * column.reduce((sum, s) => sum + s, 0);
      }
      if (typeof fuel === 'number') twin.fuel /= 1 + twin.fuel / fuel;
      return [error];
    },
  };
  return twin;
}
