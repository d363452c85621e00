import type { ConstantInput, ReactionInput } from '../network/index.js';
import type { Rail } from './rails.js';

/** Where modules put their reactions: a network builder, or one phase of a draft. */
export interface ReactionSink {
  reaction(reaction: ReactionInput): unknown;
}

/** Name and position of a module: the base of its reactions' labels. */
export interface ModuleLabel {
  name: string;
  /** Position in the circuit, such as `[2]` or `[1, 2]`; empty for a module that occurs once. */
  index: readonly number[];
}

/** Adds a labelled reaction given by lists of molecules, in which a species may occur repeatedly. */
export function addReaction(
  sink: ReactionSink,
  label: string,
  reactants: readonly string[],
  products: readonly string[],
  rate: ConstantInput,
): void {
  sink.reaction({ label, reactants: amounts(reactants), products: amounts(products), rate });
}

/** Stoichiometry of a list of molecules. */
function amounts(species: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of species) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** `name[index]`, the index ending in the rails of the operands. */
export function labelOf({ name, index }: ModuleLabel, ...operands: Rail[]): string {
  const letters = operands.map((rail) => rail.letter).join('');
  const parts = [...index.map(String), ...(letters === '' ? [] : [letters])];
  return parts.length === 0 ? name : `${name}[${parts.join(',')}]`;
}
