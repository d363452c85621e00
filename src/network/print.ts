import { printExpression, printFactor, printNumber } from './expression.js';
import type {
  Dose,
  Expression,
  LevelCrossing,
  Network,
  Phase,
  Reaction,
  SimulationDirectives,
  SpeciesTerm,
} from './model.js';
import { everyIndex, printName } from './names.js';

/**
 * The text of a network; `parseNetwork` reads it back to an equal network, spans aside.
 *
 * Two reactions that follow each other as the two directions of one arrow become `<->`. That a number is a
 * concentration is not written, since it is the default. A network that breaks a rule
 * of `validateNetwork` may give a text that does not read back.
 *
 * @throws RangeError for a name that no text can hold, or for a label shared by other than the two directions of one
 * arrow
 */
export function printNetwork(network: Network): string {
  const parameters = network.parameters.map(
    ({ name, value }) => `param ${printName(name)} = ${printExpression(value)}`,
  );
  const sections = [parameters];
  const appearing = speciesByAppearance(network);
  const ahead = speciesAhead(network, appearing);
  sections.push(printInitials(network, 0, ahead, new Set()), printReactions(network));
  sections.push(printInitials(network, ahead, network.species.length, appearing));
  sections.push(printCompartments(network), printObservables(network));
  sections.push(network.phases.map((phase) => printPhase(network, phase)));
  sections.push(network.doses.map((dose) => printDose(network, dose)));
  sections.push(printSimulation(network.simulation));
  const blocks = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
}

/** Species in the order in which the reactions name them; rate laws bring no species into being. */
function speciesByAppearance(network: Network): Set<number> {
  const seen = new Set<number>();
  for (const { reactants, products } of network.reactions) {
    for (const { species } of reactants) seen.add(species);
    for (const { species } of products) seen.add(species);
  }
  return seen;
}

/**
 * How many species, from the first on, must be named ahead of the reactions so that reading the text back keeps the
 * order: all up to the last one that would appear behind one of its followers.
 */
function speciesAhead(network: Network, appearing: ReadonlySet<number>): number {
  let ahead = 0;
  let furthest = -1;
  // Those that no reaction names come last, in their own order.
  for (const index of new Set([...appearing, ...network.species.keys()])) {
    if (index < furthest) ahead = Math.max(ahead, index + 1);
    furthest = Math.max(furthest, index);
  }
  return ahead;
}

/** The `init` and `const` lines of a range of species; those at 0 that are implied by other lines have none. */
function printInitials(network: Network, from: number, to: number, implied: ReadonlySet<number>): string[] {
  const lines: string[] = [];
  for (let index = from; index < to; index++) {
    const { name, initial, constant } = network.species[index]!;
    const absent = !constant && initial.kind === 'number' && Object.is(initial.value, 0);
    if (absent && implied.has(index)) continue;
    lines.push(`${constant ? 'const' : 'init'} ${printName(name)} = ${printExpression(initial)}`);
  }
  return lines;
}

function printReactions(network: Network): string[] {
  const lines: string[] = [];
  const labels = new Set<string>();
  for (let index = 0; index < network.reactions.length; index++) {
    const { label } = network.reactions[index]!;
    if (label !== null && labels.has(label)) {
      const shown = JSON.stringify(label);
      throw new RangeError(`the label ${shown} is shared, and not by the two directions of one arrow`);
    }
    if (label !== null) labels.add(label);
    const reversible = isReversiblePair(network, index);
    lines.push(printReaction(network, index, reversible));
    if (reversible) index++;
  }
  return lines;
}

/** True when this reaction and the next can be the two directions of one reversible arrow. */
export function isReversiblePair(network: Pick<Network, 'reactions'>, index: number): boolean {
  const forth = network.reactions[index]!;
  const back = network.reactions[index + 1];
  return (
    back !== undefined &&
    forth.label === back.label &&
    forth.law === 'massAction' &&
    back.law === 'massAction' &&
    sameTerms(forth.reactants, back.products) &&
    sameTerms(forth.products, back.reactants) &&
    areOpposite(forth.channel, back.channel)
  );
}

/** True for no channels, and for one in which the two directions have opposite signs. */
function areOpposite(forth: Reaction['channel'], back: Reaction['channel']): boolean {
  if (!forth || !back) return forth === back;
  return forth.name === back.name && forth.sign !== back.sign;
}

/** True for the same species with the same numbers in the same order. */
export function sameTerms(one: readonly SpeciesTerm[], other: readonly SpeciesTerm[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(
    ({ species, value }, i) => species === other[i]!.species && Object.is(value, other[i]!.value),
  );
}

/**
 * The statement of one reaction.
 *
 * @param reversible join it with the next reaction, its way back, in one `<->`
 */
export function printReaction(network: Network, index: number, reversible = false): string {
  const reaction = network.reactions[index]!;
  const words: string[] = [];
  if (reaction.label !== null) words.push(withColon(printName(reaction.label)));
  const left = printSide(network, reaction.reactants);
  const right = printSide(network, reaction.products);
  if (left) words.push(left);
  if (reversible) {
    const back = network.reactions[index + 1]!;
    const bare = isOne(reaction.rate) && isOne(back.rate);
    words.push(bare ? '<->' : `<->{${printExpression(reaction.rate)}}{${printExpression(back.rate)}}`);
    words.push(right || '∅');
  } else if (reaction.law === 'explicit') {
    words.push('->', right || '∅');
  } else {
    words.push(isOne(reaction.rate) ? '->' : `->{${printExpression(reaction.rate)}}`, right || '∅');
  }
  const brackets: string[] = [];
  if (reaction.law === 'explicit') brackets.push(`rate ${printLaw(network, reaction)}`);
  if (reaction.channel) {
    const { name, sign } = reaction.channel;
    brackets.push(`channel ${sign === 1 ? '' : '-'}${printName(name)}`);
  }
  if (brackets.length > 0) words.push(`[${brackets.join(', ')}]`);
  return words.join(' ');
}

const isOne = (rate: Expression): boolean => rate.kind === 'number' && rate.value === 1;

const nameOf = (network: Network, { species }: SpeciesTerm): string =>
  printName(network.species[species]?.name ?? `species ${species}`);

function printSide(network: Network, terms: readonly SpeciesTerm[]): string {
  const words = terms.map((term) => {
    const name = nameOf(network, term);
    return term.value === 1 ? name : `${printNumber(term.value)} ${name}`;
  });
  return words.join(' + ');
}

function printLaw(network: Network, { rate, orders }: Reaction): string {
  if (orders.length === 0) return printExpression(rate);
  const factors = orders.map((term) => {
    const name = nameOf(network, term);
    return term.value === 1 ? name : `${name}^${printNumber(term.value)}`;
  });
  if (!isOne(rate)) factors.unshift(printFactor(rate));
  return factors.join('*');
}

function printCompartments(network: Network): string[] {
  const inside = new Map<number, string[]>();
  const amounts: string[] = [];
  for (const { name, compartment, quantity } of network.species) {
    if (quantity === 'amount') amounts.push(printName(name));
    if (compartment === undefined) continue;
    const list = inside.get(compartment);
    if (list) list.push(printName(name));
    else inside.set(compartment, [printName(name)]);
  }
  const lines = (network.compartments ?? []).map(({ name, size }, index) => {
    const head = `compartment ${printName(name)} ${printExpression(size)}`;
    const names = inside.get(index);
    return names ? `${withColon(head)} ${names.join(', ')}` : head;
  });
  for (let from = 0; from < amounts.length; from += amountsOnALine) {
    lines.push(`amount ${amounts.slice(from, from + amountsOnALine).join(', ')}`);
  }
  return lines;
}

const amountsOnALine = 20;

function printObservables(network: Network): string[] {
  return (network.observables ?? []).map(
    ({ name, terms }) => `observable ${printName(name)} = ${printWeighted(network, terms)}`,
  );
}

/** A sum of species with weights, of either sign; `0` when it is empty. */
export function printWeighted(network: Network, terms: readonly SpeciesTerm[]): string {
  if (terms.length === 0) return '0';
  const words: string[] = [];
  for (const term of terms) {
    const negative = term.value < 0 || Object.is(term.value, -0);
    const size = Math.abs(term.value);
    const shown = size === 1 ? nameOf(network, term) : `${printNumber(size)} ${nameOf(network, term)}`;
    if (words.length === 0) words.push(negative ? `-${shown}` : shown);
    else words.push(negative ? '-' : '+', shown);
  }
  return words.join(' ');
}

/** The text and a colon. Behind a rail sign there is white space, or the sign would read as a sum. */
const withColon = (text: string): string => (/[+-]$/.test(text) ? `${text} :` : `${text}:`);

function printPhase(network: Network, { name, duration, active, when }: Phase): string {
  const labels = active === '*' ? ['*'] : active.map(printLabel);
  const start = when ? ` ${printCrossing(network, when)}` : '';
  const head = withColon(`phase ${printName(name)} ${printExpression(duration)}${start}`);
  return [head, labels.join(', ')].filter((part) => part !== '').join(' ');
}

function printLabel(label: string): string {
  if (!label.endsWith(everyIndex)) return printName(label);
  const base = label.slice(0, -everyIndex.length);
  const name = printName(base);
  // Behind a rail sign there are no brackets, unless the name is quoted.
  return /[+-]$/.test(name) ? `\`${base}\`${everyIndex}` : name + everyIndex;
}

function printDose(network: Network, { species, amount, mode, at }: Dose): string {
  const name = nameOf(network, { species, value: 1 });
  const change = `dose ${name} ${mode === 'add' ? '+=' : '='} ${printExpression(amount)}`;
  if (at.kind === 'phase') return `${change} at ${printName(at.phase)}`;
  return `${change} ${printCrossing(network, at)}`;
}

function printCrossing(network: Network, { species, direction, level }: LevelCrossing): string {
  return `when ${nameOf(network, { species, value: 1 })} ${direction} ${printExpression(level)}`;
}

function printSimulation(simulation: SimulationDirectives): string[] {
  const { to, save, rtol, atol, atolBySpecies, method } = simulation;
  const clauses: string[] = [];
  if (to) clauses.push(`to ${printExpression(to)}`);
  if (save?.kind === 'uniform') clauses.push(`save ${printNumber(save.intervals)}`);
  if (save?.kind === 'log') {
    clauses.push(`save log ${printNumber(save.from)} ${printNumber(save.to)} ${printNumber(save.points)}`);
  }
  if (rtol !== undefined) clauses.push(`rtol ${printNumber(rtol)}`);
  if (atol !== undefined) clauses.push(`atol ${printNumber(atol)}`);
  for (const [name, value] of Object.entries(atolBySpecies ?? {})) {
    clauses.push(`atol ${printName(name)}=${printNumber(value)}`);
  }
  if (method !== undefined) clauses.push(`method ${printName(method)}`);
  return clauses.length > 0 ? [`simulate ${clauses.join(' ')}`] : [];
}
