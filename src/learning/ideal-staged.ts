import type { NeuralCrnSettings } from '../circuits/index.js';
import { nodePass } from './ideal-staged-nodes.js';
import { recurrentPass } from './ideal-staged-recurrent.js';
import type { IdealNetwork, IdealOptions } from './ideal-twin.js';

/**
 * The ideal twin of a staged circuit: stochastic gradient descent on signed numbers, Δθ = −rate·g with the gradient of
 * the circuit's adjoint, in the limit of fast annihilation. A chemical and a digital update are the same here.
 */
export function idealStaged(settings: NeuralCrnSettings, options: IdealOptions): IdealNetwork {
  const { hidden: m, outputs: c, rate, readoutRate, wiring, biases } = settings;
  const W = [...(options.W ?? (settings.readoutWeights as number[]))];
  const pass = wiring === 'recurrent' ? recurrentPass(settings) : nodePass(settings);
  const B = [...(options.B ?? biases ?? [])];
  const run = (x: readonly number[]) => pass({ theta: twin.theta, B }, x);
  const read = (z: readonly number[]) =>
    Array.from({ length: c }, (_, k) => z.reduce((sum, value, i) => sum + W[k * m + i] * value, 0));
  const twin: IdealNetwork = {
    theta: [...(options.theta ?? settings.theta)],
    W: readoutRate === null ? null : W,
    ...(biases && { B }),
    fuel: 1,
    outputs: (x) => read(run(x).z),
    step(x, y) {
      const { z, back } = run(x);
      const errors = read(z).map((value, k) => value - y[k]);
      const a = z.map((_, i) => errors.reduce((sum, e, k) => sum + e * W[k * m + i], 0));
      const gradients = back(a);
      gradients.theta.forEach((g, e) => {
        twin.theta[e] -= rate * g;
      });
      gradients.B.forEach((g, i) => {
        B[i] -= rate * g;
      });
      if (readoutRate !== null) {
        errors.forEach((e, k) => {
          for (let i = 0; i < m; i++) W[k * m + i] -= readoutRate * e * z[i];
        });
      }
      return errors;
    },
  };
  return twin;
}
