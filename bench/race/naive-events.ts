import type { Network } from '../../src/index.js';
import { initialConcentrations, parameterValues, rateConstants } from '../../src/index.js';

interface Reaction {
  /** Of the propensity: k·Ω·∏ n(n−1)…/Ω^ν. */
  coefficient: number;
  reactants: { name: string; count: number }[];
  change: Record<string, number>;
}

/**
 * Gillespie's direct method as it is written in an afternoon: numbers of molecules by name in an object, reactions as a list
 * of objects, all propensities anew before every event, `Math.random` and `Math.log`.
 */
export class NaiveEvents {
  private readonly initial: Record<string, number>;
  private readonly reactions: Reaction[];

  /** @param volume molecules to a concentration of 1 */
  constructor(network: Network, volume: number) {
    const names = network.species.map(({ name }) => name);
    const values = parameterValues(network);
    const constants = rateConstants(network, values);
    const initial = initialConcentrations(network, values);
    this.initial = Object.fromEntries(names.map((name, s) => [name, Math.round(initial[s] * volume)]));
    this.reactions = network.reactions.map(({ reactants, products }, r) => {
      const change: Record<string, number> = {};
      for (const { species, value } of reactants) change[names[species]] = -value;
      for (const { species, value } of products) {
        change[names[species]] = (change[names[species]] ?? 0) + value;
      }
      const order = reactants.reduce((sum, { value }) => sum + value, 0);
      return {
        coefficient: constants[r] * volume ** (1 - order),
        reactants: reactants.map(({ species, value }) => ({ name: names[species], count: value })),
        change,
      };
    });
  }

  /** @returns how many events there were up to a time, at most so many */
  run(to: number, most: number): number {
    const state = { ...this.initial };
    let time = 0;
    for (let events = 0; ; events++) {
      const propensities = this.reactions.map(({ coefficient, reactants }) =>
        reactants.reduce((product, { name, count }) => {
          let all = product;
          for (let k = 0; k < count; k++) all *= state[name] - k;
          return all;
        }, coefficient),
      );
      const total = propensities.reduce((sum, one) => sum + one, 0);
      time -= Math.log(1 - Math.random()) / total;
      if (!(time < to) || events === most) return events;
      let target = Math.random() * total;
      let next = 0;
      while (next < propensities.length - 1 && target >= propensities[next]) target -= propensities[next++];
      for (const [name, value] of Object.entries(this.reactions[next].change)) state[name] += value;
    }
  }
}
