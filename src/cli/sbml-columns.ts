import type { Meaning } from '../io/sbml/index.js';
import type { Network } from '../network/model.js';
import type { CaseSettings } from './sbml-settings.js';

/** A column of a case's results: where in the network its number comes from. */
export type Column =
  /** `scale` times what the network counts. */
  { kind: 'species'; index: number; scale: number } | Exclude<Meaning, { kind: 'species' }>;

/**
 * The columns that a case asks for.
 * @throws RangeError for a variable that the model does not have, or that cannot be said in the wanted unit
 */
export function columnsOf(settings: CaseSettings, meanings: ReadonlyMap<string, Meaning>): Column[] {
  return settings.variables.map((id) => {
    const meaning = meanings.get(id);
    if (meaning === undefined) {
      throw new RangeError(
        `the variable ${JSON.stringify(id)} is no species, compartment, parameter or stoichiometry with a value`,
      );
    }
    if (meaning.kind !== 'species') return meaning;
    return { kind: 'species', index: meaning.index, scale: scaleOf(id, meaning, settings) };
  });
}

function scaleOf(id: string, meaning: Meaning & { kind: 'species' }, settings: CaseSettings): number {
  const { quantity, size, substanceOnly } = meaning;
  // What the settings leave open is what formulas of the model see.
  const amount =
    settings.amount.has(id) || (!settings.concentration.has(id) && (substanceOnly || size === null));
  if (amount === (quantity === 'amount')) return 1;
  if (size === null) {
    throw new RangeError(
      `the concentration of ${JSON.stringify(id)} is wanted, but its compartment has no size`,
    );
  }
  return amount ? size : 1 / size;
}

/** The numbers of a row. */
export const rowOf = (columns: readonly Column[], network: Network, state: Float64Array): number[] =>
  columns.map((column) => numberIn(column, network, state));

function numberIn(column: Column, { observables }: Network, state: Float64Array): number {
  switch (column.kind) {
    case 'constant':
      return column.value;
    case 'species':
      return state[column.index]! * column.scale;
    case 'observable': {
      const { terms } = observables![column.index]!;
      return terms.reduce((sum, { species, value }) => sum + value * state[species]!, 0);
    }
  }
}
