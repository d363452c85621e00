import { networkBuilder } from '../network/builder.js';
import type { Network } from '../network/model.js';
import { checkBoolean, checkKeys, checkWhole } from '../simulate/check.js';

/** What {@link candidateReactions} makes reactions of. */
export interface CandidateOptions {
  species: readonly string[];
  /** Molecules on the left at most. Default 2. */
  reactants?: number;
  /** Molecules on the right at most. Default 2. */
  products?: number;
  /** Only reactions with as many molecules on the right as on the left. Default true. */
  balanced?: boolean;
  /** Inflow of every species, from nothing. Default false. */
  inflow?: boolean;
  /** Outflow of every species, to nothing. Default false. */
  outflow?: boolean;
}

/** More than this no training gets through. */
const MOST = 5000;

/**
 * All reactions of some species, as `design` chooses among them: every multiset of `reactants` molecules at most to every
 * other of `products` molecules at most, with rate constants of 1 and starts of 0.
 * @throws RangeError or TypeError for bad options, or when there are more than 5000
 */
export function candidateReactions(options: CandidateOptions): Network {
  checkKeys('candidateReactions', options, [
    'species',
    'reactants',
    'products',
    'balanced',
    'inflow',
    'outflow',
  ]);
  const { species, reactants = 2, products = 2, balanced = true, inflow = false, outflow = false } = options;
  if (!Array.isArray(species) || species.length === 0) {
    throw new TypeError('species must be an array of at least one name');
  }
  const twice = species.find((name, s) => species.indexOf(name) < s);
  if (twice !== undefined) throw new RangeError(`species names ${twice} twice`);
  checkWhole('reactants', reactants);
  checkWhole('products', products);
  for (const [name, value] of Object.entries({ balanced, inflow, outflow })) checkBoolean(name, value);
  const lefts = multisets(species.length, reactants);
  const rights = multisets(species.length, products);
  const pairs = lefts.flatMap((left) =>
    rights
      .filter((right) => right.join() !== left.join() && (!balanced || right.length === left.length))
      .map((right) => ({ left, right })),
  );
  const flows = species.flatMap((_, s) => [
    ...(inflow ? [{ left: [], right: [s] }] : []),
    ...(outflow ? [{ left: [s], right: [] }] : []),
  ]);
  const all = [...pairs, ...flows];
  if (all.length > MOST) {
    throw new RangeError(
      `${species.length} species have ${all.length} candidate reactions; ${MOST} are the most: name fewer species, or allow fewer reactants or products`,
    );
  }
  const builder = networkBuilder();
  for (const name of species) builder.init(name, 0);
  for (const { left, right } of all) {
    builder.reaction({ reactants: termsOf(species, left), products: termsOf(species, right), rate: 1 });
  }
  return builder.build();
}

const termsOf = (species: readonly string[], members: readonly number[]): [string, number][] =>
  members.map((s) => [species[s], 1]);

/** All multisets of 1 to `most` of so many kinds, each in order. */
function multisets(kinds: number, most: number): number[][] {
  const found: number[][] = [];
  let last: number[][] = [[]];
  for (let size = 1; size <= most; size++) {
    last = last.flatMap((one) =>
      Array.from({ length: kinds }, (_, kind) => kind)
        .filter((kind) => one.length === 0 || kind >= one[one.length - 1])
        .map((kind) => [...one, kind]),
    );
    found.push(...last);
    if (found.length > MOST) break;
  }
  return found;
}
