import { firstOn, type IssueList } from './issues.js';
import type { Expression, Network, SourceSpan, SpeciesTerm } from './model.js';
import { showName } from './names.js';
import type { Places } from './places.js';

type Where = SourceSpan | undefined;

/** A species with its stoichiometry, order or weight; each species once in a list. */
export interface Term {
  name: string;
  value: number;
  at?: Where;
}

/** A species by its name where one is referred to. */
export interface SpeciesReference {
  name: string;
  at?: Where;
}

/** One observable of a statement. */
export interface ObservableStatement {
  name: string;
  terms: readonly Term[];
  at?: Where;
}

/** One compartment statement: its size and what is in it. */
export interface CompartmentStatement {
  name: string;
  size: Expression;
  species: readonly SpeciesReference[];
  at?: Where;
}

/** The number of a species by name; undefined when there is none, which an issue then says. */
type Find = (name: string, at: Where) => number | undefined;

/** Gives the network its compartments, and the species in them their places. */
export function addCompartments(
  network: Network,
  statements: readonly CompartmentStatement[],
  find: Find,
  issues: IssueList,
): void {
  if (statements.length === 0) return;
  const compartments: NonNullable<Network['compartments']> = [];
  const placed = new Map<number, { compartment: string; at: Where }>();
  for (const { name, size, species, at } of statements) {
    const index = compartments.push(at ? { name, size, span: at } : { name, size }) - 1;
    for (const one of species) {
      const inside = find(one.name, one.at);
      if (inside === undefined) continue;
      const before = placed.get(inside);
      if (before) {
        const where = `${showName(before.compartment)}${firstOn(before.at)}`;
        const message = `${showName(one.name)} is put into a second compartment; it is in ${where}`;
        issues.error({ code: 'duplicatePlace', message, at: one.at ?? at });
        continue;
      }
      placed.set(inside, { compartment: name, at: one.at ?? at });
      network.species[inside]!.compartment = index;
    }
  }
  network.compartments = compartments;
}

/** Marks species whose numbers are amounts. */
export function addAmounts(
  network: Network,
  references: readonly SpeciesReference[],
  find: Find,
  issues: IssueList,
): void {
  const first = new Map<number, Where>();
  for (const { name, at } of references) {
    const index = find(name, at);
    if (index === undefined) continue;
    if (first.has(index)) {
      const message = `\`amount\` of ${showName(name)} is given twice${firstOn(first.get(index))}`;
      issues.error({ code: 'duplicateAmount', message, at });
      continue;
    }
    first.set(index, at);
    network.species[index]!.quantity = 'amount';
  }
}

/** Gives the network its observables. */
export function addObservables(
  network: Network,
  statements: readonly ObservableStatement[],
  find: Find,
  places: Places,
): void {
  if (statements.length === 0) return;
  network.observables = statements.map(({ name, terms, at }) => {
    const found: SpeciesTerm[] = [];
    for (const term of terms) {
      const species = find(term.name, term.at);
      if (species === undefined) continue;
      const weighted = { species, value: term.value };
      if (term.at && !Number.isFinite(term.value)) places.note(weighted, term.at.line, term.at.column);
      found.push(weighted);
    }
    return at ? { name, terms: found, span: at } : { name, terms: found };
  });
}
