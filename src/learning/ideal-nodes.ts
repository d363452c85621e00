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
 * @param clocked without that lag
 * @returns a function of the drive u and the starting state
 */
export function nodeLaw(settings: NeuralCrnSettings, clocked = false): (u: number, start: number) => NodeRun {
  const { dynamics, adjoint, horizon: T } = settings;
  const h = settings.drift === false ? 0 : settings.drift;
  const kappa = settings.kappa ?? 0;
  if (dynamics === 'linear') return (u, start) => ({ z: start + (u + h) * T, F: T });
  const { decay, jacobian } = lawOf(settings);
  const exact = adjoint === 'exact';
  if (dynamics === 'relu')
    return smoothRectifier(h, kappa, clocked ? Number.POSITIVE_INFINITY : settings.constants.ku, T, exact);
  const held = heldSensitivity(settings);
  return (u, start) => {
    const [z, F] = integrate((_, z, F) => [u + h + decay(z), exact ? 1 - jacobian(z) * F : 0], start, T, 1);
    if (exact) return { z, F };
    return { z, F: held(jacobian(z)) };
  };
}

/** What a node's law adds to the flow of z without a drive, and the Jacobian −∂/∂z of that. */
export function lawOf(settings: NeuralCrnSettings): {
  decay: (z: number) => number;
  jacobian: (z: number) => number;
} {
  const kappa = settings.kappa ?? 0;
  return settings.dynamics === 'cubic'
    ? { decay: (z) => -kappa * z * z * z, jacobian: (z) => 3 * kappa * z * z }
    : { decay: (z) => -kappa * z * Math.abs(z), jacobian: (z) => 2 * kappa * Math.abs(z) };
}

/** F of a node whose Jacobian J is held at the end of phase 1, or (constant adjoint) left out. */
function heldSensitivity({ adjoint, stages, horizon: T }: NeuralCrnSettings): (J: number) => number {
  if (adjoint === 'constant') return () => T;
  // The leaky adjoint is a chain of one stage; 1 − (1 + J·T/K)^{−K} without cancellation for small J.
  const K = stages ?? 1;
  return (J) => (J === 0 ? T : -Math.expm1(-K * Math.log1p((J * T) / K)) / J);
}

/**
 * z and F of ż = h + z·u·on − κz², Ḟ = z·on + (u·on − 2κz)·F with on = 1 − e^{−ku·t}. The same steps as `integrate`, with
 * what depends on time alone computed once: a network of rectifiers runs this for every node and example.
 */
function smoothRectifier(h: number, kappa: number, ku: number, T: number, exact: boolean) {
  // Short steps first, where the drive comes up within 1/ku: t = T·(k/STEPS)³.
  const times = Float64Array.from({ length: STEPS + 1 }, (_, k) => T * (k / STEPS) ** 3);
  const lengths = Float64Array.from({ length: STEPS }, (_, k) => times[k + 1] - times[k]);
  const rise = (t: number) => (ku === Number.POSITIVE_INFINITY ? 1 : 1 - Math.exp(-ku * t));
  const on = times.map(rise);
  const halfway = lengths.map((d, k) => rise(times[k] + d / 2));
  return (u: number, start: number): NodeRun => {
    let z = start;
    let F = 0;
    const zSlope = (drive: number, z: number) => h + z * u * drive - kappa * z * z;
    const FSlope = (drive: number, z: number, F: number) =>
      z * drive + (exact ? u * drive - 2 * kappa * z : 0) * F;
    for (let k = 0; k < STEPS; k++) {
      const d = lengths[k];
      const [first, middle, last] = [on[k], halfway[k], on[k + 1]];
      const a = zSlope(first, z);
      const p = FSlope(first, z, F);
      const b = zSlope(middle, z + (d / 2) * a);
      const q = FSlope(middle, z + (d / 2) * a, F + (d / 2) * p);
      const c = zSlope(middle, z + (d / 2) * b);
      const r = FSlope(middle, z + (d / 2) * b, F + (d / 2) * q);
      const e = zSlope(last, z + d * c);
      const s = FSlope(last, z + d * c, F + d * r);
      z += (d / 6) * (a + 2 * b + 2 * c + e);
      F += (d / 6) * (p + 2 * q + 2 * r + s);
    }
    return { z, F };
  };
}

/**
 * z(T) and F(T), F(0) = 0.
 * @param grading power of the step grid: t = T·(k/STEPS)^grading */
export function integrate(
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
