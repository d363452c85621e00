import { evaluateExpression, type ParameterNode, partsOf, surveyExpression } from './expression.js';
import type { Finding } from './issues.js';
import type { Expression, SourceSpan } from './model.js';
import { showName } from './names.js';
import type { Places } from './places.js';

/** A rate law `constant · ∏ speciesᵒʳᵈᵉʳ`; no constant stands for 1. */
interface Monomial {
  constant: Expression | null;
  /** By species name, with the node where each first stands. */
  orders: Map<string, { value: number; node: Expression }>;
  /** True when no species stands in it, so that its node is its constant. */
  pure: boolean;
}

/** What a name in a law stands for. */
export type Meaning = 'parameter' | 'species' | 'unknown';

class LawRefusal {
  constructor(readonly finding: Finding) {}
}

/** Splits a rate law as written into its constant factor and its orders. */
class LawReader {
  constructor(
    private readonly meaning: (name: string) => Meaning,
    private readonly hintFor: (name: string) => string | undefined,
    private readonly places: Places,
  ) {}

  read(node: Expression): Monomial {
    switch (node.kind) {
      case 'number':
        return { constant: node, orders: new Map(), pure: true };
      case 'parameter':
        return this.name(node);
      case 'call': {
        const argument = this.read(node.argument);
        if (!argument.pure) this.refuse(node, `\`${node.name}\` of a species`);
        return { constant: node, orders: new Map(), pure: true };
      }
      case 'negate': {
        const operand = this.read(node.operand);
        if (operand.pure) return { ...operand, constant: node };
        const constant = operand.constant ?? { kind: 'number', value: 1 };
        return { ...operand, constant: { kind: 'negate', operand: constant } };
      }
      case 'binary':
        return this.binary(node);
    }
  }

  private name(node: ParameterNode): Monomial {
    const meaning = this.meaning(node.name);
    if (meaning === 'unknown') {
      throw new LawRefusal({
        code: 'unknownName',
        message: `${showName(node.name)} in the rate law is neither a parameter nor a species of the network`,
        hint: this.hintFor(node.name),
        at: this.places.get(node),
        about: node.name,
      });
    }
    if (meaning === 'parameter') return { constant: node, orders: new Map(), pure: true };
    return { constant: null, orders: new Map([[node.name, { value: 1, node }]]), pure: false };
  }

  private binary(node: Expression & { kind: 'binary' }): Monomial {
    const left = this.read(node.left);
    const right = this.read(node.right);
    if (left.pure && right.pure) return { constant: node, orders: new Map(), pure: true };
    switch (node.operator) {
      case '+':
      case '-':
        return this.refuse(node, `a ${node.operator === '+' ? 'sum' : 'difference'} with species`);
      case '^':
        return this.power(node, left, right);
      case '*':
      case '/': {
        const constant = joinConstants(node.operator, left.constant, right.constant);
        const orders = joinOrders(left.orders, right.orders, node.operator === '*' ? 1 : -1);
        return { constant, orders, pure: false };
      }
    }
  }

  private power(node: Expression & { kind: 'binary' }, base: Monomial, exponent: Monomial): Monomial {
    if (!exponent.pure) this.refuse(node, 'a power with a species in its exponent');
    const named = surveyExpression(node.right).parameters[0];
    if (named) {
      throw new LawRefusal({
        code: 'orderNotNumber',
        message: `the order of a species must be a number, but ${showName(named.name)} is a parameter`,
        hint: 'orders are fixed with the network; write the number itself',
        at: this.places.get(named),
      });
    }
    const power = evaluateExpression(node.right, new Map());
    const { constant, orders } = base;
    for (const order of orders.values()) order.value *= power;
    return {
      constant: constant && { kind: 'binary', operator: '^', left: constant, right: node.right },
      orders,
      pure: false,
    };
  }

  private refuse(node: Expression, what: string): never {
    throw new LawRefusal({
      code: 'notMonomial',
      message: `a rate law is one product of constants and powers of species, not ${what}`,
      hint: 'write a sum of terms as one reaction for each term',
      at: this.placeOf(node),
    });
  }

  /** Where a node begins: only names and whole expressions have a place noted. */
  private placeOf(node: Expression): SourceSpan | undefined {
    for (let part: Expression | undefined = node; part; part = partsOf(part)[0]) {
      const place = this.places.get(part);
      if (place) return place;
    }
    return undefined;
  }
}

function joinConstants(
  operator: '*' | '/',
  left: Expression | null,
  right: Expression | null,
): Expression | null {
  if (!right) return left;
  if (left) return { kind: 'binary', operator, left, right };
  if (operator === '*') return right;
  return { kind: 'binary', operator, left: { kind: 'number', value: 1 }, right };
}

/** Adds the orders on the right to those on the left, in place: a copy for each factor would take square time. */
function joinOrders(left: Monomial['orders'], right: Monomial['orders'], sign: 1 | -1): Monomial['orders'] {
  for (const [name, { value, node }] of right) {
    const before = left.get(name);
    if (before) before.value += sign * value;
    else left.set(name, { value: sign * value, node });
  }
  return left;
}

/**
 * Reads a rate law, a monomial in species times constants.
 *
 * @param meaning tells parameters from species
 * @param hintFor a hint for an unknown name
 * @param places where the parts of the law stand
 * @returns the constant factor and the non-zero orders in order of appearance, or what is wrong
 */
export function readLaw(
  law: Expression,
  meaning: (name: string) => Meaning,
  hintFor: (name: string) => string | undefined,
  places: Places,
): { rate: Expression; orders: { name: string; value: number; node: Expression }[] } | { finding: Finding } {
  try {
    const { constant, orders } = new LawReader(meaning, hintFor, places).read(law);
    const terms = [...orders].map(([name, order]) => ({ name, ...order }));
    return {
      rate: constant ?? { kind: 'number', value: 1 },
      orders: terms.filter(({ value }) => value !== 0),
    };
  } catch (error) {
    if (error instanceof LawRefusal) return { finding: error.finding };
    throw error;
  }
}
