import type { NetworkReaction } from './worker/protocol';

/** Units of a laboratory. */
export interface LabUnits {
  /** Concentration that one model unit stands for, in M. */
  unit: number;
  /** Largest rate constant of a bimolecular reaction, in /M/s. */
  fastest: number;
}

export interface LabTime {
  /** Seconds that one model unit of time takes. */
  second: number;
  /** Rate constant in /M/s that a bimolecular constant of 1 becomes. */
  k0: number;
  /** The largest bimolecular constant of the network, and whose it is: it sets the time. */
  limit: { label: string; rate: number } | null;
  /** Largest and smallest constant over all orders: how far apart the network's rates lie. */
  range: number;
  /** Largest constant of the first order, in 1/s. */
  unimolecular: number;
  /** Reactions of more than two molecules, which a laboratory has to do in two steps. */
  higher: number;
}

const orderOf = ({ orders }: NetworkReaction) => orders.reduce((sum, { count }) => sum + count, 0);

/**
 * How long a model's unit of time is in the laboratory. With concentrations in units of c0 and second-order constants in
 * units of k0 it is 1/(k0·c0), and k0 is as large as the fastest bimolecular reaction allows.
 */
export function labTime(reactions: readonly NetworkReaction[], { unit, fastest }: LabUnits): LabTime {
  let limit: LabTime['limit'] = null;
  let [low, high, first, higher] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const reaction of reactions) {
    const { rate, label } = reaction;
    const order = orderOf(reaction);
    if (rate > 0) {
      low = Math.min(low, rate);
      high = Math.max(high, rate);
    }
    if (order > 2) higher++;
    if (order === 1) first = Math.max(first, rate);
    if (order >= 2 && (limit === null || rate > limit.rate)) limit = { label, rate };
  }
  const k0 = fastest / (limit?.rate ?? 1);
  const second = 1 / (k0 * unit);
  return { second, k0, limit, range: high > 0 ? high / low : 1, unimolecular: first / second, higher };
}
