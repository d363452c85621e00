import { netChange } from './change.js';
import { endlessReactions } from './endless.js';
import type { Network, SpeciesTerm } from './model.js';

/** Whether what a network ends at depends on its rate constants, and why. */
export interface RateIndependence {
  /** True where neither of the lists below has an entry. */
  independent: boolean;
  /** Species that one reaction uses up and another depends on, with the reactions. They compete: the faster gets more. */
  competitions: { species: string; reactions: string[] }[];
  /**
   * Reactions that can go on for ever, since together they make again what they use up; empty where there are competitions,
   * which decide already. Such a network may come to no rest, or to a balance of its rates.
   */
  endless: string[];
}

/**
 * Checks whether a network is rate-independent by its structure alone: wherever it comes to rest is then the same for all
 * positive rate constants, and for all laws that are zero just where a reactant is missing.
 *
 * Two conditions, both of the stoichiometry:
 *  - it is non-competitive: a species that a reaction uses up drives no other reaction; catalysts may be shared
 *    (Vasić, Chalk, Luchsinger, Khurshid & Soloveichik, PNAS 119, e2111552119, 2022);
 *  - it comes to rest: no combination of its reactions makes again all that it uses up, so each of them can only happen so
 *    often (a linear programme decides).
 *
 * Sufficient, not necessary: networks that fail may be independent all the same. All reactions count, whatever phases they
 * run in; species held by the environment are never used up.
 */
export function rateIndependence(network: Network): RateIndependence {
  const changes = network.reactions.map((reaction) =>
    netChange(reaction).filter(({ species }) => !network.species[species]!.constant),
  );
  const name = (r: number) => network.reactions[r]!.label ?? `reaction ${r + 1}`;
  const competitions = competing(network, changes).map(([species, reactions]) => ({
    species: network.species[species]!.name,
    reactions: reactions.map(name),
  }));
  const endless = competitions.length > 0 ? [] : endlessReactions(changes).map(name);
  return { independent: competitions.length === 0 && endless.length === 0, competitions, endless };
}

/** Species that are used up by a reaction and drive another, with all reactions that they drive. */
function competing({ species, reactions }: Network, changes: readonly SpeciesTerm[][]): [number, number[]][] {
  const drives = species.map((): number[] => []);
  const usedUp = species.map(() => false);
  reactions.forEach(({ orders, reactants }, r) => {
    for (const s of new Set([...orders, ...reactants].map((term) => term.species))) drives[s]!.push(r);
    for (const { species: s, value } of changes[r]!) if (value < 0) usedUp[s] = true;
  });
  return drives.flatMap((own, s): [number, number[]][] => (usedUp[s] && own.length > 1 ? [[s, own]] : []));
}
