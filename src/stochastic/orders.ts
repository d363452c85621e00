import type { Channel } from './channels.js';

/** In which orders each reactant reacts: what bounds the relative change of propensities in a leap. */
export interface ReactantOrders {
  /** Species in whose number some propensity changes, ascending. */
  species: number[];
  /** First entry of each. */
  start: number[];
  /** Order of the whole rate over the species' own. */
  weights: number[];
  /** The species' own order where molecules of it meet each other, n(n−1)…; 1 otherwise. */
  members: number[];
}

/**
 * A relative change of n by δ changes c·n(n−1)…(n−m+1)·… by about δ·Σₖ n/(n−k); divided among all h molecules that
 * meet, the factor is g = (h/m)·Σₖ n/(n−k). These are the functions g of Cao, Gillespie & Petzold 2006 (section
 * III), for any order.
 */
export function reactantOrders(channels: readonly Channel[], species: number): ReactantOrders {
  const found: Map<string, { weight: number; members: number }>[] = Array.from(
    { length: species },
    () => new Map(),
  );
  for (const { terms } of channels) {
    for (const { factors } of terms) {
      const whole = factors.reduce((sum, { order }) => sum + order, 0);
      for (const { species: s, order, falls } of factors) {
        // A power of order o changes o times as much: whole / o · o.
        const [weight, members] = falls ? [whole / order, order] : [whole, 1];
        found[s].set(`${weight} ${members}`, { weight, members });
      }
    }
  }
  const orders: ReactantOrders = { species: [], start: [0], weights: [], members: [] };
  found.forEach((entries, s) => {
    if (entries.size === 0) return;
    orders.species.push(s);
    for (const { weight, members } of entries.values()) {
      orders.weights.push(weight);
      orders.members.push(members);
    }
    orders.start.push(orders.weights.length);
  });
  return orders;
}
