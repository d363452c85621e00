import type { Network } from '../../network/model.js';
import { Identifiers, plainIdentifier, spell } from '../identifiers.js';

/** Identifiers of one SBML file for the parts of a network, by their places in it. */
export interface SbmlIds {
  species: readonly string[];
  observables: readonly string[];
  /** The last is for species that are in no compartment of the network, where there are any. */
  compartments: readonly string[];
  /** By name. */
  parameters: ReadonlyMap<string, string>;
  /** An identifier that looks like the text. */
  fresh(wanted: string): string;
}

/** @param reserved words that are none of the identifiers */
export function identify(network: Network, reserved: ReadonlySet<string> = new Set()): SbmlIds {
  const ids = new Identifiers({ legal: plainIdentifier, reserved });
  const take = (items: readonly { name: string }[]) => ids.take(items.map(({ name }) => name));
  const species = take(network.species);
  const parameters = take(network.parameters);
  const observables = take(network.observables ?? []);
  const compartments = take(network.compartments ?? []);
  const fresh = (wanted: string) => ids.fresh(spell(wanted));
  if (network.species.some(({ compartment }) => compartment === undefined))
    compartments.push(fresh('vessel'));
  return {
    species,
    observables,
    compartments,
    parameters: new Map(network.parameters.map(({ name }, i) => [name, parameters[i]!])),
    fresh,
  };
}
