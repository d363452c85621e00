/** Rate constants of the learning phase of circuits with a constant adjoint, in inverse time units. */
export interface LearningConstants {
  /** Output and target turn into error, Z -> E and Y -> E. Default 10. */
  kf: number;
  /** The error dies out, E -> ∅. Default 2. */
  kd: number;
  /** Error times input makes gradient, E + X -> G + E + X. Default 1. */
  kg: number;
  /** The inputs die out, X -> ∅. Default 1. */
  kx: number;
  /** Opposite rails remove each other. Default 100. */
  annihilation: number;
}

export const DEFAULT_CONSTANTS: Readonly<LearningConstants> = {
  kf: 10,
  kd: 2,
  kg: 1,
  kx: 1,
  annihilation: 100,
};

/**
 * How much gradient a unit of error times a unit of input leaves in G, before the update divides it.
 *
 * With e the error at the end of phase 1, E(t) is e·kf·(e^{−kd·t} − e^{−kf·t})/(kf − kd) and X(t) = x·e^{−kx·t}, so
 * ∫₀^∞ kg·E·X dt = e·x·kg·kf/((kf + kx)·(kd + kx)).
 */
export function gradientGain({ kf, kd, kg, kx }: LearningConstants): number {
  return (kg * kf) / ((kf + kx) * (kd + kx));
}

/**
 * Γ of the update Δθᵢ = −Γ·e·xᵢ that one learning phase makes, as its length goes to infinity:
 * Γ = k1/(k1 + k2) · kg·kf/((kf + kx)·(kd + kx)).
 */
export function updateGain(constants: LearningConstants, k1: number, k2: number): number {
  return (k1 / (k1 + k2)) * gradientGain(constants);
}

/** The learning rate that k1 → 1 would give with a horizon `T`: every rate must stay below it. */
export function largestRate(constants: LearningConstants, horizon: number): number {
  return gradientGain(constants) / horizon;
}

/**
 * Solves Γ = rate·T for the constants of the update, with k1 + k2 = 1 (so that G dies out at pace 1 whatever the rate).
 * In terms of η of the authors' code, k1 = η/(1 + η).
 *
 * @param rate LR in Δθ = −LR·∂L/∂θ, > 0
 * @param horizon length T of the feed-forward phase, > 0
 * @throws RangeError when no positive k2 is left; says how far kg must be raised
 */
export function updateConstants(
  rate: number,
  horizon: number,
  constants: LearningConstants,
): { k1: number; k2: number; gamma: number } {
  const gamma = rate * horizon;
  const k1 = gamma / gradientGain(constants);
  if (!(k1 < 1)) {
    const largest = largestRate(constants, horizon);
    const { kg } = constants;
    throw new RangeError(
      `rate ${rate} is out of reach: it needs k1 = ${short(k1)}, and k1 must stay below 1. ` +
        `With kg = ${kg} the rate must be below ${short(largest)}; raise kg above ${short(kg * k1)} or lower the rate`,
    );
  }
  return { k1, k2: 1 - k1, gamma };
}

/** Four significant digits without trailing zeros. */
export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
