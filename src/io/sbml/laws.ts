import type { Network, SpeciesTerm } from '../../network/model.js';

/** Reactions of a network that one reaction of SBML says: the terms of one law, mostly one. */
export interface Law {
  /** Places in the network. */
  terms: { reaction: number; sign: 1 | -1 }[];
  reactants: readonly SpeciesTerm[];
  products: readonly SpeciesTerm[];
  /** Its name; null for a reaction without label. */
  name: string | null;
  massAction: boolean;
}

/** The laws of a network, in the order of their first terms. */
export function lawsOf({ reactions }: Network): Law[] {
  const laws: Law[] = [];
  const channels = new Map<string, Law>();
  for (const [reaction, { label, reactants, products, law, channel }] of reactions.entries()) {
    const sign = channel?.sign ?? 1;
    const [left, right] = sign > 0 ? [reactants, products] : [products, reactants];
    const known = channel && channels.get(channel.name);
    // All terms of a channel change the same: species that merely take part in one stand in the law alone.
    if (known) {
      known.terms.push({ reaction, sign });
      known.massAction = false;
      continue;
    }
    const massAction = law === 'massAction' && sign > 0;
    const made: Law = {
      terms: [{ reaction, sign }],
      reactants: left,
      products: right,
      name: channel?.name ?? label,
      massAction,
    };
    laws.push(made);
    if (channel) channels.set(channel.name, made);
  }
  return laws;
}
