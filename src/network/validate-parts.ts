import type { IssueList } from './issues.js';
import type { Network } from './model.js';
import { showName } from './names.js';
import type { Values } from './values.js';

/** Sizes of compartments, and what species say of themselves. */
export function checkCompartments(network: Network, values: Values, issues: IssueList): void {
  const compartments = network.compartments ?? [];
  for (const { name, size, span } of compartments) {
    const what = () => `the size of the compartment ${showName(name)}`;
    const value = values.evaluate(size, what, span);
    if (value === null || (value > 0 && value < Infinity)) continue;
    const message = `${what()} is ${value}, but it must be finite and greater than 0`;
    issues.error({ code: 'invalidSize', message, at: values.placeOf(size, span) });
  }
  for (const { name, compartment, quantity, span } of network.species) {
    if (compartment !== undefined && !compartments[compartment]) {
      const message = `${showName(name)} is in compartment number ${compartment}, which the network does not have`;
      issues.error({ code: 'unknownCompartment', message, at: span });
    }
    if (quantity !== undefined && quantity !== 'amount' && quantity !== 'concentration') {
      const message = `the quantity of ${showName(name)} is ${JSON.stringify(quantity)}; there are 'concentration' and 'amount'`;
      issues.error({ code: 'invalidQuantity', message, at: span });
    }
  }
}

/** Species and weights of observables. */
export function checkObservables(network: Network, values: Values, issues: IssueList): void {
  for (const { name, terms, span } of network.observables ?? []) {
    for (const term of terms) {
      const species = network.species[term.species]?.name;
      if (species === undefined) {
        const message = `the observable ${showName(name)} refers to species number ${term.species}, which the network does not have`;
        issues.error({ code: 'unknownSpecies', message, at: span });
      } else if (!Number.isFinite(term.value)) {
        const message = `the weight of ${showName(species)} in the observable ${showName(name)} is ${term.value}, but it must be finite`;
        issues.error({ code: 'invalidWeight', message, at: values.placeOf(term, span) });
      }
    }
  }
}
