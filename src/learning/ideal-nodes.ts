import type { NeuralCrnSettings } from '../circuits/index.js';

/** What one node does in phase 1: its state z(T), and F = ∂z(T)/∂u as the circuit's adjoint takes it. */
export interface NodeRun {
  z: number;
  F: number;
}

/** Runge–Kutta steps for one phase 1; the error is below 1e-8 for drives of order one. */
const STEPS = 128;

/**
 * The law of a circuit's nodes on signed numbers: integrates z and, for the exact adjoint, F beside it (classical
 * Runge–Kutta of order 4). ReLU nodes have the start-up lag of their drive.
 *
 * @returns a function of the drive u and the starting state
 */
export function nodeLaw(settings: NeuralCrnSettings): (u: number, start: number) => NodeRun {
  const { dynamics, adjoint, horizon: T } = settings;
  const h = settings.drift === false ? 0 : settings.drift;
  const kappa = settings.kappa ?? 0;
  if (dynamics === 'linear') return (u, start) => ({ z: start + (u + h) * T, F: T });
  const [flow, jacobian] =
    dynamics === 'cubic'
      ? [(z: number) => -kappa * z * z * z, (z: number) => 3 * kappa * z * z]
      : [(z: number) => -kappa * z * Math.abs(z), (z: number) => 2 * kappa * Math.abs(z)];
  if (dynamics === 'relu') return smoothRectifier(h, kappa, settings.constants.ku, T);
  const exact = adjoint === 'exact';
  return (u, start) => {
    const [z, F] = integrate((_, z, F) => [u + h + flow(z), exact ? 1 - jacobian(z) * F : 0], start, T, 1);
    if (exact) return { z, F };
    return { z, F: adjoint === 'leaky' ? 1 / (1 / T + jacobian(z)) : T };
  };
}

function smoothRectifier(h: number, kappa: number, ku: number, T: number) {
  return (u: number, start: number): NodeRun => {
    const [z, F] = integrate(
      (t, z, F) => {
        const on = 1 - Math.exp(-ku * t);
        return [h + z * u * on - kappa * z * z, z * on + (u * on - 2 * kappa * z) * F];
      },
      start,
      T,
      // Short steps first, where the drive comes up within 1/ku.
      3,
    );
    return { z, F };
  };
}

/** @param grading power of the step grid: t = T·(k/STEPS)^grading */
function integrate(
  slope: (t: number, z: number, F: number) => [number, number],
  start: number,
  T: number,
  grading: number,
): [number, number] {
  let z = start;
  let F = 0;
  let t = 0;
  for (let k = 1; k <= STEPS; k++) {
    const next = T * (k / STEPS) ** grading;
    const d = next - t;
    const [a, p] = slope(t, z, F);
    const [b, q] = slope(t + d / 2, z + (d / 2) * a, F + (d / 2) * p);
    const [c, r] = slope(t + d / 2, z + (d / 2) * b, F + (d / 2) * q);
    const [e, s] = slope(next, z + d * c, F + d * r);
    z += (d / 6) * (a + 2 * b + 2 * c + e);
    F += (d / 6) * (p + 2 * q + 2 * r + s);
    t = next;
  }
  return [z, F];
}
