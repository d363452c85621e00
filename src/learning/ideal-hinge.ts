import { balancedSigns, type NeuralCrnSettings } from '../circuits/index.js';
import type { IdealNetwork, IdealOptions } from './ideal-network.js';

/** State of the nodes for one example: both rails at the end of phase 1. */
interface Rails {
  plus: number[];
  minus: number[];
}

/**
 * The ideal twin of a hinge circuit.
 *
 *  - sharp: [Z±] = max(0, ±z), ε = max(0, 1 − y·ŷ), gate 1/(1 + ρ·[Z−]);
 *  - finite (default): rails, error and gate as the constants of annihilation, label and adjoint leave them. ε is what
 *    the race of gate and annihilation in phase 2 lets pass: a soft hinge without a negative part.
 *
 * Δθᵢⱼ = η·xⱼ·Σₖ yₖεₖWᵢₖ·gateᵢ in both.
 */
export function idealHinge(settings: NeuralCrnSettings, options: IdealOptions): IdealNetwork {
  const { inputs: n, hidden: m, outputs: c, rate, bias, constants, horizon, dynamics } = settings;
  const { lambda, kZ, rho, kd, kq, kx } = constants;
  const sharp = options.sharp ?? false;
  const rectified = dynamics === 'rectified';
  const W = balancedSigns(c, m);
  const reach = sharp ? 1 / lambda : (1 - Math.exp(-lambda * horizon)) / lambda;
  const whole = (x: readonly number[]) => (bias === false ? x : [...x, bias]);
  // The gate as the adjoint's pulse sees it: Z− follows X, which fades, so the mean time of the pulse counts.
  const late = 1 / (kq + kx) + 1 / kd;
  const gateStrength = sharp ? rho : ((rho * kd) / (kd + kx)) * (1 + late) * Math.exp(-late);

  const run = (x: readonly number[]): Rails => {
    const rails: Rails = { plus: [], minus: [] };
    for (let i = 0; i < m; i++) {
      let z = 0;
      let up = 0;
      for (let j = 0; j < n; j++) {
        const term = twin.theta[i * n + j] * x[j];
        z += term;
        up += Math.max(0, term);
      }
      z *= reach;
      const plus = sharp ? Math.max(0, z) : richRail(kZ, z, lambda, up);
      rails.plus.push(plus);
      rails.minus.push(plus - z);
    }
    return rails;
  };
  /** What feeds D+ and D− of output k, without the label. */
  const feeds = ({ plus, minus }: Rails, k: number): [number, number] => {
    const sums: [number, number] = [0, 0];
    for (let i = 0; i < m; i++) {
      sums[W[k][i] > 0 ? 0 : 1] += plus[i];
      // A linear node's other rail is read as well, with the opposite sign.
      if (!rectified) sums[W[k][i] > 0 ? 1 : 0] += minus[i];
    }
    return sums;
  };
  const twin: IdealNetwork = {
    theta: [...(options.theta ?? settings.theta)],
    W: null,
    fuel: 1,
    outputs(x) {
      const rails = run(whole(x));
      return W.map((_, k) => {
        const [up, down] = feeds(rails, k);
        return up - down;
      });
    },
    step(given, y) {
      const x = whole(given);
      const rails = run(x);
      const pushes = new Array<number>(m).fill(0);
      const errors = y.map((label, k) => {
        const [up, down] = feeds(rails, k);
        const [wrong, right] = label > 0 ? [up, down] : [down, up];
        const size = Math.abs(label);
        const passed = sharp
          ? Math.max(0, right + size - wrong)
          : contradiction(settings, wrong, right + size, size);
        for (let i = 0; i < m; i++) pushes[i] += Math.sign(label) * passed * W[k][i];
        return up - down - label;
      });
      for (let i = 0; i < m; i++) {
        const gate = rectified ? 1 / (1 + gateStrength * rails.minus[i]) : 1;
        for (let j = 0; j < n; j++) twin.theta[i * n + j] += rate * x[j] * pushes[i] * gate;
      }
      return errors;
    },
  };
  return twin;
}

/**
 * The steady positive rail of a signal of value d whose rails annihilate at k: fed at `fed`, decaying at `decay`,
 * 0 = fed − decay·R − k·R·(R − d).
 */
function richRail(k: number, d: number, decay: number, fed: number): number {
  const half = k * d - decay;
  return (half + Math.sqrt(half * half + 4 * k * fed)) / (2 * k);
}

/**
 * ε(a, b): how much of the rail that contradicts the label becomes adjoint, when D is fed `wrong` = a on the harmless
 * rail and `right` = b on the other. Phase 2 is integrated: label into gate, annihilation against gate, the pulse of
 * the adjoint weighted by the fading input; scaled so that an endless gate on an unopposed rail gives b.
 */
export function contradiction(
  { constants, learnTime }: Pick<NeuralCrnSettings, 'constants' | 'learnTime'>,
  wrong: number,
  right: number,
  label = 1,
): number {
  const { kr, kf, kq, kd, kx, kL, kD } = constants;
  const d = right - wrong;
  const rich = richRail(kD, d, kr, kr * right);
  // Label, gate, contradicting rail, harmless rail, adjoint, its weighted integral.
  let state = [label, 0, rich, Math.max(0, rich - d), 0, 0];
  const slope = (t: number, [Y, L, R, H, A]: number[]) => [
    -kf * Y,
    kf * Y - kL * L,
    -kD * R * H - kq * L * R,
    -kD * R * H,
    kq * L * R - kd * A,
    A * Math.exp(-kx * t),
  ];
  const moved = (by: number, k: number[]) => state.map((value, i) => value + by * k[i]);
  for (let t = 0; t < learnTime; ) {
    const [Y, L, R, H, A] = state;
    if (Y + L < 1e-7 && A < 1e-12) break;
    // A third of the fastest time constant: well inside the stability of the method, error about 1e-4.
    const fastest = kD * (R + H) + kq * L + kd + (Y > 1e-9 ? kf : 0);
    const dt = Math.min(0.3 / fastest, learnTime - t);
    const a = slope(t, state);
    const b = slope(t + dt / 2, moved(dt / 2, a));
    const c = slope(t + dt / 2, moved(dt / 2, b));
    const e = slope(t + dt, moved(dt, c));
    state = state.map((value, i) => value + (dt / 6) * (a[i] + 2 * b[i] + 2 * c[i] + e[i]));
    t += dt;
  }
  return (state[5] * (kd + kx) * (kq + kx)) / kq;
}
