import { evaluateExpression } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { power as powerOf } from '../../network/power.js';
import type { Formula, Lambda } from './mathml.js';
import {
  addPolynomials,
  constantOf,
  constantPolynomial,
  dividePolynomial,
  expressionOf,
  multiplyPolynomials,
  negatePolynomial,
  type Polynomial,
  raisePolynomial,
  scaledOrders,
} from './polynomials.js';
import {
  divide,
  expressionProduct,
  multiply,
  numberProduct,
  type Product,
  raise,
  reciprocal,
} from './products.js';
import { Refusal } from './source.js';

/** SBML Level 3, section 3.4.6: fixed by the specification, whatever has been measured since. */
const avogadro = 6.02214179e23;

type Place = { at: number };

/** What formulas refer to. */
export interface Scope {
  /** What a name stands for. Throws a `Refusal` when it is unknown or has no value. */
  lookup(name: string, place: Place): Polynomial;
  /** A function of the model. Throws a `Refusal` when there is none. */
  functionOf(name: string, place: Place): Lambda;
  /** The number that the network gives a species which never changes; null when it may. */
  heldValue(species: number, place: Place): Product | null;
  /** True where the symbol of Avogadro's number is known. */
  hasAvogadro: boolean;
  /** Values of the network's parameters; asked for where a number decides what the law looks like. */
  values(): ReadonlyMap<string, number>;
  /** Hears of a constant that a law keeps as it is in the file. */
  folded(what: 'exponent' | 'species', place: Place): void;
}

/** Calls inside of calls. */
const mostCalls = 100;
/** Levels of formulas, those that names stand for included: walks over them go down the call stack. */
const mostLevels = 1400;

/** Multiplies formulas out. One for a whole file, so that its work is bounded. */
export class Expander {
  private steps = 0;
  private readonly mostSteps: number;
  private level = 0;
  private readonly calls: string[] = [];

  /** @param length of the file: functions that call functions could ask for any work, so that it is bounded by this */
  constructor(length: number) {
    this.mostSteps = length + 100_000;
  }

  /** @throws Refusal where the formula is no polynomial in species */
  expand(formula: Formula, scope: Scope): Polynomial {
    if (++this.steps > this.mostSteps || this.level >= mostLevels) {
      throw new Refusal('tooLarge', 'the formulas are too large to multiply out', formula);
    }
    this.level++;
    try {
      return this.expandPart(formula, scope);
    } finally {
      this.level--;
    }
  }

  private expandPart(formula: Formula, scope: Scope): Polynomial {
    switch (formula.kind) {
      case 'number':
        return constantPolynomial(numberProduct(formula.value));
      case 'name':
        return scope.lookup(formula.name, formula);
      case 'avogadro':
        if (scope.hasAvogadro) return constantPolynomial(numberProduct(avogadro));
        throw new Refusal('unsupportedMath', 'only Level 3 has a symbol for the number of Avogadro', formula);
      case 'call':
        return this.call(formula, scope);
      case 'apply':
        return this.apply(formula, scope);
    }
  }

  /** The constant that a formula is. */
  constant(formula: Formula, scope: Scope): Product {
    return asConstant(this.expand(formula, scope), scope, formula, 'this');
  }

  private call(formula: Formula & { kind: 'call' }, scope: Scope): Polynomial {
    const { name, parts } = formula;
    const { parameters, body } = scope.functionOf(name, formula);
    if (parts.length !== parameters.length) {
      const message = `the function \`${name}\` takes ${parameters.length} arguments, not ${parts.length}`;
      throw new Refusal('malformedMath', message, formula);
    }
    if (this.calls.includes(name)) {
      throw new Refusal('recursiveFunction', `the function \`${name}\` calls itself`, formula);
    }
    if (this.calls.length >= mostCalls) {
      throw new Refusal('tooLarge', `functions are called more than ${mostCalls} deep`, formula);
    }
    const given = new Map(parameters.map((parameter, i) => [parameter, this.expand(parts[i]!, scope)]));
    const inside: Scope = {
      ...scope,
      lookup: (argument, place) => {
        const value = given.get(argument);
        if (value !== undefined) return value;
        const message = `the function \`${name}\` uses \`${argument}\`, which is none of its arguments`;
        throw new Refusal('unknownName', message, place);
      },
    };
    this.calls.push(name);
    try {
      return this.expand(body, inside);
    } finally {
      this.calls.pop();
    }
  }

  private apply(formula: Formula & { kind: 'apply' }, scope: Scope): Polynomial {
    const { operator } = formula;
    const parts = formula.parts.map((part) => this.expand(part, scope));
    const [first, second] = parts as [Polynomial, Polynomial];
    switch (operator) {
      case 'plus':
        return addPolynomials(parts, formula);
      case 'minus':
        if (parts.length === 1) return negatePolynomial(first);
        return addPolynomials([first, negatePolynomial(second)], formula);
      case 'times': {
        let product = constantPolynomial(numberProduct(1));
        for (const part of parts) product = multiplyPolynomials(product, part, formula);
        return product;
      }
      case 'divide':
        return dividePolynomial(first, asConstant(second, scope, formula, 'a divisor'));
      case 'power':
        return raised(first, asConstant(second, scope, formula, 'an exponent'), scope, formula);
      case 'root': {
        const degree = formula.qualifier ? this.constant(formula.qualifier, scope) : numberProduct(2);
        return root(first, degree, scope, formula);
      }
      case 'exp':
      case 'ln':
        return called(
          operator,
          asConstant(first, scope, formula, `the argument of \`${operator}\``),
          formula,
        );
      case 'log': {
        const argument = asConstant(first, scope, formula, 'the argument of `log`');
        const base = formula.qualifier ? this.constant(formula.qualifier, scope) : numberProduct(10);
        const [above] = called('ln', argument, formula);
        const [under] = called('ln', base, formula);
        // ln 1 is no term at all.
        if (above === undefined) return [];
        return constantPolynomial(divide(above.coefficient, under?.coefficient ?? numberProduct(0)));
      }
    }
  }
}

/** A polynomial as a constant: species in it must be such that never change, and are taken at their value. */
function asConstant(polynomial: Polynomial, scope: Scope, place: Place, what: string): Product {
  const constant = constantOf(polynomial);
  if (constant !== null) return constant;
  let total = constantPolynomial(numberProduct(0));
  for (const { coefficient, orders } of polynomial) {
    let product = coefficient;
    for (const [species, order] of orders) {
      const value = scope.heldValue(species, place);
      if (value === null) {
        throw new Refusal(
          'notPolynomial',
          `${what} depends on a species that changes, so that this is no polynomial`,
          place,
          'a rate is a sum of terms k·∏ speciesᵒʳᵈᵉʳ with orders that are not negative',
        );
      }
      product = multiply(product, powerProduct(value, numberProduct(order), place));
    }
    total = addPolynomials([total, constantPolynomial(product)], place);
  }
  scope.folded('species', place);
  return constantOf(total)!;
}

const isNumber = ({ factors }: Product): boolean => factors.size === 0;

/** A constant to a constant power. */
function powerProduct(base: Product, exponent: Product, place: Place): Product {
  if (isNumber(exponent) && Number.isSafeInteger(exponent.number)) {
    return exponent.number < 0 ? raise(reciprocal(base), -exponent.number) : raise(base, exponent.number);
  }
  if (isNumber(exponent) && isNumber(base)) return numberProduct(powerOf(base.number, exponent.number));
  return expressionProduct({
    kind: 'binary',
    operator: '^',
    left: expressionOf(base, place),
    right: expressionOf(exponent, place),
  });
}

function raised(base: Polynomial, exponent: Product, scope: Scope, place: Place): Polynomial {
  const constant = constantOf(base);
  if (constant !== null) return constantPolynomial(powerProduct(constant, exponent, place));
  if (!isNumber(exponent)) scope.folded('exponent', place);
  const order = evaluateExpression(expressionOf(exponent, place), scope.values());
  const whole = Number.isSafeInteger(order);
  if (whole && order >= 0) return raisePolynomial(base, order, place);
  const [only, ...others] = base;
  if (order >= 0 && order < Infinity && others.length === 0) {
    const { coefficient, orders } = only!;
    return [
      {
        coefficient: powerProduct(coefficient, numberProduct(order), place),
        orders: scaledOrders(orders, order),
      },
    ];
  }
  // What is left can be said only of constants.
  return constantPolynomial(
    powerProduct(asConstant(base, scope, place, `what has the exponent ${order}`), exponent, place),
  );
}

function root(base: Polynomial, degree: Product, scope: Scope, place: Place): Polynomial {
  const constant = constantOf(base);
  if (constant !== null && isNumber(degree) && degree.number === 2) return called('sqrt', constant, place);
  return raised(base, reciprocal(degree), scope, place);
}

function called(name: 'exp' | 'ln' | 'sqrt', argument: Product, place: Place): Polynomial {
  const expression: Expression = { kind: 'call', name, argument: expressionOf(argument, place) };
  if (!isNumber(argument)) return constantPolynomial(expressionProduct(expression));
  return constantPolynomial(numberProduct(evaluateExpression(expression, new Map())));
}
