import type { NeuralCrnSettings } from '../circuits/index.js';
import { idealCoupled } from './ideal-coupled.js';
import { idealHinge } from './ideal-hinge.js';
import { nodeLaw } from './ideal-nodes.js';
import { idealRecurrent } from './ideal-recurrent.js';
import { idealStaged } from './ideal-staged.js';
import type { IdealNetwork, IdealOptions } from './ideal-twin.js';
import { wholeInput } from './whole-input.js';

/** The ideal twin of a circuit. It takes the values that an example of the circuit has, so without its constant input. */
export function idealNetwork(settings: NeuralCrnSettings, options: IdealOptions = {}): IdealNetwork {
  const twin = twinOf(settings, options);
  const { outputs, step } = twin;
  twin.outputs = (x) => outputs(wholeInput(settings, x));
  twin.step = (x, y) => step(wholeInput(settings, x), y);
  return twin;
}

/** A twin that is given every input, a constant one, too. */
function twinOf(settings: NeuralCrnSettings, options: IdealOptions): IdealNetwork {
  if (settings.error === 'hinge') return idealHinge(settings, options);
  if (settings.pipeline === 'staged') return idealStaged(settings, options);
  if (settings.coupling !== null) return idealCoupled(settings, options);
  if (settings.wiring === 'recurrent') return idealRecurrent(settings, options);
  const { inputs: n, hidden: m, outputs: c, wiring, start, rate, readoutRate } = settings;
  const law = nodeLaw(settings, options.clocked);
  const diagonal = wiring === 'diagonal';
  const fixed = options.W ?? settings.readoutWeights ?? new Array<number>(m).fill(1);
  const W = [...fixed];
  // Γ of the sum form is rate·T for the constant and rate for the others, whose F contains T; F = T covers both.
  const run = (x: readonly number[]) =>
    Array.from({ length: m }, (_, i) => {
      let u = 0;
      if (diagonal) u = twin.theta[i] * x[i];
      else for (let j = 0; j < n; j++) u += twin.theta[i * n + j] * x[j];
      return law(u, start === 'input' ? x[i] : start);
    });
  const read = (nodes: readonly { z: number }[]) =>
    Array.from({ length: c }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += W[k * m + i] * nodes[i].z;
      return sum;
    });
  const twin: IdealNetwork = {
    theta: [...(options.theta ?? settings.theta)],
    W: readoutRate === null ? null : W,
    fuel: options.fuel ?? 1,
    outputs: (x) => read(run(x)),
    step(x, y) {
      const nodes = run(x);
      const errors = read(nodes).map((value, k) => value - y[k]);
      const scale = rate * twin.fuel;
      nodes.forEach(({ F }, i) => {
        let back = 0;
        for (let k = 0; k < c; k++) back += errors[k] * W[k * m + i];
        if (diagonal) twin.theta[i] -= scale * back * F * x[i];
        else for (let j = 0; j < n; j++) twin.theta[i * n + j] -= scale * back * F * x[j];
      });
      if (typeof settings.fuel === 'number') twin.fuel /= 1 + twin.fuel / settings.fuel;
      if (readoutRate !== null) {
        // Written in the next phase 1, by the fuel that is left then.
        const part = settings.fuel === false ? 1 : twin.fuel / (0.1 * twin.fuel + 0.9);
        for (let k = 0; k < c; k++) {
          for (let i = 0; i < m; i++) W[k * m + i] -= readoutRate * part * errors[k] * nodes[i].z;
        }
      }
      return errors;
    },
  };
  return twin;
}

/** Mean over examples of Σ ½e², in concentration units. */
export function idealLoss(
  twin: IdealNetwork,
  inputs: readonly (readonly number[])[],
  labels: readonly (readonly number[])[],
): number {
  let sum = 0;
  inputs.forEach((x, row) => {
    twin.outputs(x).forEach((value, k) => {
      const error = value - labels[row][k];
      sum += 0.5 * error * error;
    });
  });
  return sum / inputs.length;
}
