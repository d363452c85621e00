import { balancedSigns, type NeuralCrnSettings } from '../circuits/index.js';
import type { IdealNetwork, IdealOptions } from './ideal-twin.js';

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
  const { inputs: n, hidden: m, outputs: c, rate, constants, horizon, dynamics } = settings;
  const { lambda, kZ, rho, kd, kq, kx } = constants;
  const sharp = options.sharp ?? false;
  const rectified = dynamics === 'rectified';
  const W = balancedSigns(c, m);
  const reach = sharp ? 1 / lambda : (1 - Math.exp(-lambda * horizon)) / lambda;
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
      const rails = run(x);
      return W.map((_, k) => {
        const [up, down] = feeds(rails, k);
        return up - down;
      });
    },
    step(x, y) {
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
  // Label, gate, contradicting rail, harmless rail, adjoint, its weighted integral. Scalars, for speed: this runs for
  // every example that the twin learns.
  let Y = label;
  let L = 0;
  let R = rich;
  let H = Math.max(0, rich - d);
  let A = 0;
  let Q = 0;
  for (let t = 0; t < learnTime; ) {
    // Without a gate, or with nothing left to pass it, the rest is the adjoint's own tail.
    if (Y + L < 1e-7 || R < 1e-9) {
      const left = (kd + kx) * (learnTime - t);
      Q += (A * Math.exp(-kx * t) * (1 - Math.exp(-left))) / (kd + kx);
      break;
    }
    // A third of the fastest time constant: well inside the stability of the method, error about 1e-4.
    const fastest = kD * (R + H) + kq * L + kd + (Y > 1e-9 ? kf : 0);
    const dt = Math.min(0.3 / fastest, learnTime - t);
    let y = Y;
    let l = L;
    let r = R;
    let h = H;
    let a = A;
    let sumY = 0;
    let sumL = 0;
    let sumR = 0;
    let sumH = 0;
    let sumA = 0;
    let sumQ = 0;
    for (let stage = 0; stage < 4; stage++) {
      const dY = -kf * y;
      const dL = kf * y - kL * l;
      const dH = -kD * r * h;
      const dR = dH - kq * l * r;
      const dA = kq * l * r - kd * a;
      const late = stage === 0 ? 0 : stage === 3 ? dt : dt / 2;
      const dQ = a * Math.exp(-kx * (t + late));
      const weight = stage === 0 || stage === 3 ? dt / 6 : dt / 3;
      sumY += weight * dY;
      sumL += weight * dL;
      sumR += weight * dR;
      sumH += weight * dH;
      sumA += weight * dA;
      sumQ += weight * dQ;
      const next = stage === 2 ? dt : dt / 2;
      y = Y + next * dY;
      l = L + next * dL;
      r = R + next * dR;
      h = H + next * dH;
      a = A + next * dA;
    }
    Y += sumY;
    L += sumL;
    R += sumR;
    H += sumH;
    A += sumA;
    Q += sumQ;
    t += dt;
  }
  return (Q * (kd + kx) * (kq + kx)) / kq;
}
