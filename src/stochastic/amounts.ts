import type { PlannedDose } from '../simulate/plan.js';
import { moleculesOf, type PreparedStochastic } from './prepare.js';

/** Up to here every whole number is a double. */
const MOST = 2 ** 53;

/**
 * Starts and doses of one run in molecules. What is no whole number becomes one of the two beside it, by chance and such
 * that its mean is the number asked for.
 */
export class Amounts {
  /** Species of which something was rounded. */
  readonly rounded = new Set<number>();

  /** @param draw uniform in [0, 1), of a stream that is for this alone */
  constructor(
    private readonly prepared: PreparedStochastic,
    private readonly draw: () => number,
  ) {}

  /**
   * Fills the state that the run begins with.
   * @param concentrations default: the network's own start
   */
  begin(state: Float64Array, concentrations: ArrayLike<number> = this.prepared.initial): void {
    const { species } = this.prepared;
    for (let s = 0; s < state.length; s++) {
      state[s] = this.whole(s, concentrations[s]);
      if (state[s] >= 0 && state[s] <= MOST) continue;
      throw new RangeError(
        `the start of ${species[s]} is ${state[s]} molecules; there can be no fewer than 0 and no more than 2^53`,
      );
    }
  }

  /** Applies doses to a state. @param when what they are due at, for messages */
  dose(state: Float64Array, doses: readonly PlannedDose[], when: string): void {
    for (const { species, amount, mode } of doses) {
      const level = (mode === 'set' ? 0 : state[species]) + this.whole(species, amount);
      if (!(level >= 0 && level <= MOST)) {
        const what = this.prepared.held[species] === 1 ? 'concentration' : 'number of molecules';
        throw new RangeError(
          `the dose of ${this.prepared.species[species]} at ${when} would make its ${what} ${level}; it must stay ` +
            'between 0 and 2^53',
        );
      }
      state[species] = level;
    }
  }

  /** An amount in whole molecules; of a held species, its concentration. */
  private whole(species: number, amount: number): number {
    if (this.prepared.held[species] === 1) return amount;
    const exact = moleculesOf(this.prepared, species, amount);
    const below = Math.floor(exact);
    if (below === exact) return exact;
    this.rounded.add(species);
    return this.draw() < exact - below ? below + 1 : below;
  }
}
