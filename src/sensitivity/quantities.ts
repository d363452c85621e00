import { speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { suggest } from '../network/nearest.js';

/**
 * What a solution is differentiated by. By name: `k1`, a parameter of the network, with everything that its expressions
 * make of it; `init:A`, the starting concentration of a species; `rate:grow` or `rate:3`, the rate constant of the reaction
 * with that label or number (from 1, in the network's order); `dose:2`, the amount of the network's second dose.
 */
export type QuantityName = string;

export interface Quantity {
  name: QuantityName;
  kind: 'parameter' | 'rate' | 'initial' | 'dose';
  /** Its place among the network's parameters, reactions, species or doses. */
  index: number;
}

const FORMS = 'a parameter, init:SPECIES, rate:LABEL, rate:NUMBER or dose:NUMBER';

/**
 * The quantities of these names.
 * @param option what to call the option in messages
 * @throws RangeError or TypeError naming what is wrong and what there is
 */
export function readQuantities(network: Network, option: string, names: readonly QuantityName[]): Quantity[] {
  if (!Array.isArray(names) || names.length === 0) {
    throw new TypeError(`${option} must be an array of at least one name: ${FORMS}`);
  }
  const places = new Places(network);
  const taken = new Map<string, string>();
  return names.map((name) => {
    if (typeof name !== 'string') throw new TypeError(`${option} must hold names, not ${typeof name}`);
    const quantity = places.find(option, name);
    const key = `${quantity.kind} ${quantity.index}`;
    const other = taken.get(key);
    if (other !== undefined) {
      const both =
        other === name ? JSON.stringify(name) : `${JSON.stringify(other)} and ${JSON.stringify(name)}`;
      throw new RangeError(`${option} names one quantity twice: ${both}`);
    }
    taken.set(key, name);
    return quantity;
  });
}

class Places {
  private readonly parameters: ReadonlyMap<string, number>;
  private readonly species: ReadonlyMap<string, number>;

  constructor(private readonly network: Network) {
    this.parameters = new Map(network.parameters.map(({ name }, p) => [name, p]));
    this.species = speciesIndex(network);
  }

  find(option: string, name: QuantityName): Quantity {
    const parameter = this.parameters.get(name);
    if (parameter !== undefined) return { name, kind: 'parameter', index: parameter };
    const colon = name.indexOf(':');
    const [kind, rest] = [name.slice(0, Math.max(0, colon)), name.slice(colon + 1)];
    if (kind === 'init') return { name, kind: 'initial', index: this.speciesAt(option, name, rest) };
    if (kind === 'rate') return { name, kind: 'rate', index: this.reactionAt(option, name, rest) };
    if (kind === 'dose') {
      const { doses } = this.network;
      return { name, kind: 'dose', index: numbered(option, name, rest, doses.length, 'dose') };
    }
    const known = [...this.parameters.keys()];
    const hint = suggest(name, known, listed('the parameters', known));
    const isSpecies = this.species.has(name) ? `; ${name} is a species: init:${name} is its start` : '';
    throw new RangeError(`${option}: ${JSON.stringify(name)} is not ${FORMS}${isSpecies}; ${hint}`);
  }

  private speciesAt(option: string, name: string, rest: string): number {
    const place = this.species.get(rest);
    if (place !== undefined) return place;
    const known = [...this.species.keys()];
    throw new RangeError(
      `${option}: ${JSON.stringify(name)} names a species that the network lacks; ${suggest(rest, known, listed('the species', known))}`,
    );
  }

  private reactionAt(option: string, name: string, rest: string): number {
    const { reactions } = this.network;
    const labelled = reactions.flatMap(({ label }, r) => (label === rest ? [r] : []));
    if (labelled.length === 1) return labelled[0];
    if (labelled.length > 1) {
      const numbers = labelled.map((r) => `rate:${r + 1}`).join(', ');
      throw new RangeError(
        `${option}: ${labelled.length} reactions have the label ${JSON.stringify(rest)}; name one of ${numbers}`,
      );
    }
    if (/^\d+$/.test(rest)) return numbered(option, name, rest, reactions.length, 'reaction');
    const known = [...new Set(reactions.flatMap(({ label }) => (label === null ? [] : [label])))];
    throw new RangeError(
      `${option}: ${JSON.stringify(name)} names no reaction by its label or number; ${suggest(rest, known, listed('the labels', known))}`,
    );
  }
}

function numbered(option: string, name: string, rest: string, count: number, what: string): number {
  const number = /^\d+$/.test(rest) ? Number(rest) : 0;
  if (number >= 1 && number <= count) return number - 1;
  const allowed = count === 0 ? `the network has no ${what}` : `the network has ${what} 1 to ${count}`;
  throw new RangeError(`${option}: ${JSON.stringify(name)} names no ${what}; ${allowed}`);
}

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return `${what} are none`;
  const shown =
    names.length > 12 ? `${names.slice(0, 12).join(', ')}, … (${names.length})` : names.join(', ');
  return `${what} are ${shown}`;
}
