import { parameterValues, rateConstants } from '../../network/index.js';
import type { Network, SpeciesTerm } from '../../network/model.js';
import { printReaction } from '../../network/print.js';
import type { Speeds } from './options.js';

/** A reaction that strands can do: none, one or two molecules become any number of others. */
export interface FormalReaction {
  /** Place in the network. */
  reaction: number;
  label: string | null;
  /** Rate constant in model units, > 0. */
  rate: number;
  /** Species, one for each molecule. The first of two is the one that binds first. */
  reactants: number[];
  products: SpeciesTerm[];
}

/** What a network asks of the strands. */
export interface Formal {
  reactions: FormalReaction[];
  /** By species: the sum of the constants of the reactions in which it binds first; 0 for held ones. */
  binding: Float64Array;
  speeds: Speeds;
  /** Reactions with the constant 0, which are left out. */
  idle: number;
}

/**
 * Reads what strands are to do.
 * @throws RangeError naming the reaction that they cannot do, and why
 */
export function formalNetwork(network: Network): Formal {
  const sized = network.compartments?.length ?? 0;
  if (sized > 0) {
    throw new RangeError(
      'strands are in one solution: the network has compartments, whose sizes its constants already hold',
    );
  }
  const rates = rateConstants(network, parameterValues(network));
  const binding = new Float64Array(network.species.length);
  const speeds: Speeds = { first: 0, second: 0, binding: 0 };
  const reactions: FormalReaction[] = [];
  network.reactions.forEach((_, r) => {
    if (rates[r] === 0) return;
    const formal = formalReaction(network, r, rates[r]);
    reactions.push(formal);
    const [one, other] = formal.reactants;
    if (other !== undefined) {
      speeds.second = Math.max(speeds.second, formal.rate);
      if (!network.species[one].constant) binding[one] += formal.rate;
    } else if (one !== undefined) speeds.first = Math.max(speeds.first, formal.rate);
  });
  for (const sum of binding) speeds.binding = Math.max(speeds.binding, sum);
  return { reactions, binding, speeds, idle: network.reactions.length - reactions.length };
}

function formalReaction(network: Network, r: number, rate: number): FormalReaction {
  const { label, reactants, products, orders, law, channel } = network.reactions[r];
  const refuse = (why: string): never => {
    throw new RangeError(`reaction \`${printReaction(network, r)}\` cannot be made of strands: ${why}`);
  };
  const differs =
    orders.length !== reactants.length ||
    orders.some(
      ({ species, value }) => !reactants.some((term) => term.species === species && term.value === value),
    );
  if (law === 'explicit' && differs) refuse('its rate law is not that of its reactants');
  if (channel?.sign === -1) refuse('it is a negative term of a rate law');
  for (const { species, value } of [...reactants, ...products]) {
    if (Number.isInteger(value)) continue;
    refuse(`${value} ${network.species[species].name} is no whole number of molecules`);
  }
  const molecules = reactants.flatMap(({ species, value }) => new Array<number>(value).fill(species));
  if (molecules.length > 2) {
    refuse(
      `it has ${molecules.length} reactants, and strands meet two at a time; split it by an intermediate, or take a ` +
        'bimolecular circuit (nodes that are linear, quadratic or rectified; gate proxy with a clock)',
    );
  }
  // What is held needs no making good for what is bound.
  const [one, other] = molecules;
  if (other !== undefined && network.species[other].constant && !network.species[one].constant) {
    molecules.reverse();
  }
  return { reaction: r, label, rate, reactants: molecules, products };
}
