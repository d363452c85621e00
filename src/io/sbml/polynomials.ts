import type { Expression } from '../../network/model.js';
import {
  add,
  divide,
  isZero,
  multiply,
  negate,
  numberProduct,
  type Product,
  productExpression,
  raise,
  unknownSizes,
} from './products.js';
import { Refusal } from './source.js';

/** A constant times powers of species, which are named by their places in the network. */
export interface Term {
  coefficient: Product;
  orders: ReadonlyMap<number, number>;
}

/** A sum of terms, each with powers of its own; none is 0. */
export type Polynomial = readonly Term[];

/** More terms than any law of a published model has when it is multiplied out. */
const mostTerms = 2000;

/** Highest power of a sum. */
const mostFactors = 64;

const noOrders: ReadonlyMap<number, number> = new Map();

export const constantPolynomial = (coefficient: Product): Polynomial =>
  isZero(coefficient) ? [] : [{ coefficient, orders: noOrders }];

/** A species as formulas see it: `scale` times what the network calls its quantity. */
export const speciesPolynomial = (species: number, scale: Product): Polynomial => [
  { coefficient: scale, orders: new Map([[species, 1]]) },
];

/** The constant that a polynomial without species is, or null. */
export function constantOf(polynomial: Polynomial): Product | null {
  if (polynomial.length === 0) return numberProduct(0);
  const [term, ...others] = polynomial;
  return others.length === 0 && term!.orders.size === 0 ? term!.coefficient : null;
}

const keyOf = (orders: ReadonlyMap<number, number>): string =>
  [...orders]
    .sort(([a], [b]) => a - b)
    .map(([species, order]) => `${species}^${order}`)
    .join(' ');

/** Terms gathered by their powers. */
class Gathered {
  private readonly terms = new Map<string, Term>();

  constructor(private readonly place: { at: number }) {}

  add(term: Term): void {
    const key = keyOf(term.orders);
    const before = this.terms.get(key);
    if (before === undefined) {
      if (this.terms.size >= mostTerms) {
        throw new Refusal(
          'tooLarge',
          `a formula of more than ${mostTerms} terms when it is multiplied out`,
          this.place,
        );
      }
      this.terms.set(key, term);
      return;
    }
    this.terms.set(key, {
      coefficient: sum(before.coefficient, term.coefficient, this.place),
      orders: before.orders,
    });
  }

  list(): Polynomial {
    return [...this.terms.values()].filter(({ coefficient }) => !isZero(coefficient));
  }
}

/** The sum of two constants; of sizes that nobody knows only what cancels can be said. */
function sum(a: Product, b: Product, place: { at: number }): Product {
  const unknown = [...unknownSizes(a), ...unknownSizes(b)];
  if (unknown.length > 0) refuseUnknownSize(unknown[0]!, place);
  return add(a, b);
}

function refuseUnknownSize(compartment: string, place: { at: number }): never {
  throw new Refusal(
    'missingSize',
    `this needs the size of the compartment \`${compartment}\`, which is not given`,
    place,
    `give it one: \`<compartment id="${compartment}" size="1" …>\``,
  );
}

/** The constant as the network has it. */
export function expressionOf(product: Product, place: { at: number }): Expression {
  const [unknown] = unknownSizes(product);
  if (unknown !== undefined) refuseUnknownSize(unknown, place);
  return productExpression(product);
}

export function addPolynomials(summands: readonly Polynomial[], place: { at: number }): Polynomial {
  if (summands.length === 1) return summands[0]!;
  const gathered = new Gathered(place);
  for (const polynomial of summands) for (const term of polynomial) gathered.add(term);
  return gathered.list();
}

export const negatePolynomial = (polynomial: Polynomial): Polynomial =>
  polynomial.map(({ coefficient, orders }) => ({ coefficient: negate(coefficient), orders }));

export const dividePolynomial = (polynomial: Polynomial, divisor: Product): Polynomial =>
  polynomial.map(({ coefficient, orders }) => ({ coefficient: divide(coefficient, divisor), orders }));

export function multiplyPolynomials(a: Polynomial, b: Polynomial, place: { at: number }): Polynomial {
  const gathered = new Gathered(place);
  for (const one of a) {
    for (const other of b) {
      gathered.add({
        coefficient: multiply(one.coefficient, other.coefficient),
        orders: joinOrders(one.orders, other.orders),
      });
    }
  }
  return gathered.list();
}

function joinOrders(
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const orders = new Map(a);
  for (const [species, order] of b) orders.set(species, (orders.get(species) ?? 0) + order);
  return orders;
}

/** A whole power, multiplied out. */
export function raisePolynomial(base: Polynomial, exponent: number, place: { at: number }): Polynomial {
  const [only, ...others] = base;
  if (only !== undefined && others.length === 0) {
    return [{ coefficient: raise(only.coefficient, exponent), orders: scaledOrders(only.orders, exponent) }];
  }
  if (exponent > mostFactors) {
    throw new Refusal('tooLarge', `a sum to the power of ${exponent} is too large to multiply out`, place);
  }
  let product: Polynomial = constantPolynomial(numberProduct(1));
  for (let i = 0; i < exponent; i++) product = multiplyPolynomials(product, base, place);
  return product;
}

/** The orders of a power. */
export function scaledOrders(
  orders: ReadonlyMap<number, number>,
  exponent: number,
): ReadonlyMap<number, number> {
  if (exponent === 0) return noOrders;
  return new Map([...orders].map(([species, order]) => [species, order * exponent]));
}
