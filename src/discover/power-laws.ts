/**
 * Reactions whose stoichiometry is not yet whole: dc/dt = W r(c), with the rates rᵣ = exp(bᵣ + Σ oₛᵣ ln cₛ) and the orders
 * o = clip(−W, 0, {@link MOST_ORDER}) (Ji & Deng, J. Phys. Chem. A 125 (2021) 1082–1092, eq. 5 and their hard constraint). A
 * species is consumed to the power in which the rate depends on it, so that whole weights are mass action.
 */
export const MOST_ORDER = 2.5;

/** What concentrations are taken for in logarithms where they are less: part of the largest. */
const FLOOR = 1e-5;

/** All reactions' weights: for each its changes W by species, then b. */
export type Weights = Float64Array;

export class PowerLaws {
  readonly size: number;
  /** Of the last call of `at`. */
  readonly rates: Float64Array;
  readonly logs: Float64Array;
  private readonly isFloored: Uint8Array;

  constructor(
    readonly species: number,
    readonly reactions: number,
  ) {
    this.size = reactions * (species + 1);
    this.rates = new Float64Array(reactions);
    this.logs = new Float64Array(species);
    this.isFloored = new Uint8Array(species);
  }

  /** Rates at the concentrations that begin at `first`. */
  at(weights: Weights, concentrations: Float64Array, first = 0): void {
    const { species, reactions, rates, logs, isFloored } = this;
    for (let s = 0; s < species; s++) {
      const value = concentrations[first + s];
      isFloored[s] = value > FLOOR ? 0 : 1;
      logs[s] = Math.log(value > FLOOR ? value : FLOOR);
    }
    for (let r = 0; r < reactions; r++) {
      const row = r * (species + 1);
      let exponent = weights[row + species];
      for (let s = 0; s < species; s++) {
        const weight = weights[row + s];
        if (weight < 0) exponent += Math.min(MOST_ORDER, -weight) * logs[s];
      }
      rates[r] = Math.exp(exponent);
    }
  }

  /** dc/dt by the rates of the last `at`. */
  derivative(weights: Weights, to: Float64Array): void {
    const { species, reactions, rates } = this;
    to.fill(0);
    for (let r = 0; r < reactions; r++) {
      const row = r * (species + 1);
      for (let s = 0; s < species; s++) to[s] += weights[row + s] * rates[r];
    }
  }

  /** ∂ ln rate / ∂W of species `s` in reaction `r`: by its order. */
  slope(weights: Weights, r: number, s: number): number {
    const weight = weights[r * (this.species + 1) + s];
    return weight < 0 && weight > -MOST_ORDER ? -this.logs[s] : 0;
  }

  /** ∂(dc/dt)/∂c, row by row, by the rates of the last `at`. */
  jacobian(weights: Weights, concentrations: Float64Array, to: Float64Array): void {
    const { species, reactions, rates, isFloored } = this;
    to.fill(0);
    for (let r = 0; r < reactions; r++) {
      const row = r * (species + 1);
      for (let q = 0; q < species; q++) {
        const weight = weights[row + q];
        if (weight >= 0 || isFloored[q] === 1) continue;
        const slope = (rates[r] * Math.min(MOST_ORDER, -weight)) / concentrations[q];
        for (let s = 0; s < species; s++) to[s * species + q] += weights[row + s] * slope;
      }
    }
  }
}
