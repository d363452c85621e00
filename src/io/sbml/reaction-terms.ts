import { evaluateExpression } from '../../network/expression.js';
import type { Reaction, SpeciesTerm } from '../../network/model.js';
import { everyIndex } from '../../network/names.js';
import { isReversiblePair } from '../../network/print.js';
import { Names } from './names.js';
import { dividePolynomial, expressionOf, type Term } from './polynomials.js';
import { multiply, negate, type Product } from './products.js';
import type { SbmlReaction, SbmlReference } from './records.js';
import type { Source } from './source.js';
import { isHeld, type Symbols } from './symbols.js';

/** Mass action law of an irreversible reaction, continuous scheme: powers of concentrations, however few molecules. */
export const massActionTerm = 'SBO:0000163';

/** Makes reactions of a network from those of a file: one for each term of a law. */
export class Reactions {
  private readonly labels: Names;
  private before: Reaction | undefined;

  constructor(
    private readonly source: Source,
    private readonly symbols: Symbols,
  ) {
    this.labels = new Names(
      new Set(symbols.model.reactions.map(({ id }) => id)),
      (label) => !label.endsWith(everyIndex),
    );
  }

  /** @throws Refusal for a law that is no sum of monomials in species */
  translate(reaction: SbmlReaction): Reaction[] {
    const { reversible, at } = reaction;
    const [left, right] = this.sides(reaction);
    const law = dividePolynomial(this.symbols.rateOf(reaction), this.size(reaction));
    const terms = law.map((term) => this.term(term, { at }));
    terms.sort((a, b) => b.sign - a.sign);
    const label = this.labelOf(reaction);
    // A law that is nothing stays visible as a reaction that never fires.
    if (terms.length === 0) terms.push({ sign: 1 as const, rate: { kind: 'number', value: 0 }, orders: [] });
    const span = this.source.place({ at });
    const reactions = terms.map(({ sign, rate, orders }): Reaction => {
      const [reactants, products] = sign > 0 ? [left, right] : [right, left];
      const matching = ordersLike(reactants, orders);
      const massAction = matching !== null && (literally(orders) || reaction.law!.term === massActionTerm);
      return {
        label,
        reactants: reactants.map((term) => ({ ...term })),
        products: products.map((term) => ({ ...term })),
        orders: matching ?? orders,
        rate,
        law: massAction ? 'massAction' : 'explicit',
        span,
      };
    });
    this.nameChannels(label, reversible, reactions, terms);
    this.nameReactions(label, reversible, reactions);
    this.joinArrow(reaction, reactions);
    return reactions;
  }

  /** A name for the reaction. */
  private labelOf(reaction: SbmlReaction): string {
    return this.labels.of(reaction, this.source.isOurs);
  }

  /** In a file of ours, a reaction without a name had no label, and two directions of one arrow have one name. */
  private joinArrow({ name }: SbmlReaction, reactions: Reaction[]): void {
    const before = this.before;
    const [only, ...others] = reactions;
    this.before = undefined;
    if (!this.source.isOurs || only === undefined || others.length > 0 || only.channel) return;
    const pair = before && { reactions: [before, { ...only, label: before.label }] };
    if (name === undefined) only.label = null;
    else if (pair && before.label === name && isReversiblePair(pair, 0)) {
      only.label = name;
      // Where both directions stand is where their arrow does.
      if (before.span) only.span = before.span;
    }
    this.before = only;
  }

  /** Reactants and products with each species once; a negative stoichiometry belongs to the other side. */
  private sides({ reactants, products }: SbmlReaction): [SpeciesTerm[], SpeciesTerm[]] {
    const left = new Map<number, number>();
    const right = new Map<number, number>();
    const add = (
      references: readonly SbmlReference[],
      own: Map<number, number>,
      other: Map<number, number>,
    ) => {
      for (const reference of references) {
        const { species, value } = this.stoichiometry(reference);
        const side = value < 0 ? other : own;
        side.set(species, (side.get(species) ?? 0) + Math.abs(value));
      }
    };
    add(reactants, left, right);
    add(products, right, left);
    const list = (side: Map<number, number>) =>
      [...side].filter(([, value]) => value !== 0).map(([species, value]) => ({ species, value }));
    return [list(left), list(right)];
  }

  /** The stoichiometry in amounts: conversion factors are part of it. */
  private stoichiometry(reference: SbmlReference): SpeciesTerm {
    const { symbols } = this;
    const species = symbols.species.get(reference.species)!;
    const factor = species.conversionFactor ?? symbols.model.conversionFactor;
    let product = symbols.stoichiometry(reference);
    // What never changes needs none, and none is asked of it.
    if (factor !== undefined && !isHeld(species))
      product = multiply(product, symbols.factor(factor, reference));
    const expression = expressionOf(product, reference);
    return {
      species: symbols.placeOf(reference.species),
      value: symbols.numberOf(expression, reference, 'a stoichiometry'),
    };
  }

  /** What amounts are divided by to give what the network counts. */
  private size({ reactants, products }: SbmlReaction): Product {
    const { symbols } = this;
    const references = [...reactants, ...products].map(({ species }) => symbols.species.get(species)!);
    const changing = references.find((one) => !isHeld(one)) ?? references[0];
    if (changing === undefined) return symbols.unit;
    return symbols.quantity === 'amount' ? symbols.unit : symbols.size(changing.compartment);
  }

  private term({ coefficient, orders }: Term, place: { at: number }) {
    const values = this.symbols.known!;
    const rate = expressionOf(coefficient, place);
    const sign: 1 | -1 = evaluateExpression(rate, values) < 0 ? -1 : 1;
    const terms = [...orders]
      .filter(([, value]) => value !== 0)
      .map(([species, value]) => ({ species, value }));
    return { sign, rate: sign > 0 ? rate : expressionOf(negate(coefficient), place), orders: terms };
  }

  /**
   * The terms of one law are one event; where the reaction is reversible, those of each direction are.
   */
  private nameChannels(
    label: string,
    reversible: boolean,
    reactions: Reaction[],
    terms: readonly { sign: 1 | -1 }[],
  ): void {
    if (!reversible) {
      if (terms.length === 1 && terms[0]!.sign > 0) return;
      for (const [i, reaction] of reactions.entries())
        reaction.channel = { name: label, sign: terms[i]!.sign };
      return;
    }
    for (const direction of [1, -1] as const) {
      const alike = reactions.filter((_, i) => terms[i]!.sign === direction);
      const name = direction > 0 ? label : `${label} (back)`;
      if (alike.length > 1) for (const reaction of alike) reaction.channel = { name, sign: 1 };
    }
  }

  /** A network's labels are unique, but for the two directions of one arrow. */
  private nameReactions(label: string, reversible: boolean, reactions: Reaction[]): void {
    if (reactions.length === 1) return;
    if (reversible && reactions.length === 2 && isReversiblePair({ reactions }, 0)) return;
    for (const [i, reaction] of reactions.entries()) reaction.label = this.labels.like(`${label}[${i + 1}]`);
  }
}

/** The orders in the order of the reactants when they are the same, else null. */
function ordersLike(reactants: readonly SpeciesTerm[], orders: readonly SpeciesTerm[]): SpeciesTerm[] | null {
  if (reactants.length !== orders.length) return null;
  const values = new Map(orders.map(({ species, value }) => [species, value]));
  if (reactants.some(({ species, value }) => values.get(species) !== value)) return null;
  return reactants.map((term) => ({ ...term }));
}

/** True where the law counts molecules no otherwise than mass action does: no species meets itself. */
const literally = (orders: readonly SpeciesTerm[]): boolean => orders.every(({ value }) => value === 1);
