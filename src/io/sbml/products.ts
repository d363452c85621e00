import { printExpression } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { power } from '../../network/power.js';

/**
 * A constant as `number · ∏ valueᵖᵒʷᵉʳ`. Rates of SBML are amounts in time, so that laws are full of compartments'
 * sizes which the translation divides by again: kept as factors they cancel exactly.
 */
export interface Product {
  number: number;
  factors: ReadonlyMap<string, Factor>;
}

export interface Factor {
  /** What it stands for; null for a compartment whose size nobody knows. */
  value: Expression | null;
  power: number;
}

const noFactors: ReadonlyMap<string, Factor> = new Map();

export const numberProduct = (number: number): Product => ({ number, factors: noFactors });

const single = (key: string, value: Expression | null, power = 1): Product => ({
  number: 1,
  factors: new Map([[key, { value, power }]]),
});

/** A compartment's size, which is positive: it cancels against itself. */
export const sizeProduct = (compartment: string, value: Expression | null): Product =>
  single(size + compartment, value);

/** A constant of another kind. Above and below a fraction's line it stays what it is, for it may be 0. */
export function expressionProduct(value: Expression): Product {
  if (value.kind === 'number') return numberProduct(value.value);
  return single(printExpression(value), value);
}

// No constant's text begins with any of these.
const size = '#';
const below = '÷';
const apart = '~';
const isSize = (key: string): boolean => key.startsWith(size);

/** True for a number that has lost digits or is none: it is then left to the network what the factors come to. */
const isSpoilt = (number: number): boolean => !(Math.abs(number) > 1e-290 && Math.abs(number) < 1e290);

/** A number that is not multiplied out. */
function numberApart(value: number, power: number): Product {
  return single(apart + value, { kind: 'number', value }, power);
}

export function multiply(a: Product, b: Product): Product {
  const number = a.number * b.number;
  if (isSpoilt(number) && ![0, 1, -1].includes(a.number) && ![0, 1, -1].includes(b.number)) {
    return multiply(multiply(a, { number: 1, factors: b.factors }), numberApart(b.number, 1));
  }
  if (b.factors.size === 0) return { number, factors: a.factors };
  const factors = new Map(a.factors);
  for (const [key, { value, power }] of b.factors) {
    const sum = (factors.get(key)?.power ?? 0) + power;
    if (sum === 0) factors.delete(key);
    else factors.set(key, { value, power: sum });
  }
  return { number, factors };
}

export function reciprocal({ number, factors }: Product): Product {
  const turned = new Map<string, Factor>();
  for (const [key, { value, power }] of factors) {
    const other = isSize(key) ? key : key.startsWith(below) ? key.slice(below.length) : below + key;
    turned.set(other, { value, power: -power });
  }
  const over = 1 / number;
  if (number !== 0 && isSpoilt(over))
    return multiply({ number: 1, factors: turned }, numberApart(number, -1));
  return { number: over, factors: turned };
}

/** The quotient; numbers are divided once, as the formula says. */
export function divide(a: Product, b: Product): Product {
  const number = a.number / b.number;
  if (b.number === 0 || isSpoilt(number)) return multiply(a, reciprocal(b));
  return multiply({ number, factors: a.factors }, reciprocal({ number: 1, factors: b.factors }));
}

export const negate = ({ number, factors }: Product): Product => ({ number: -number, factors });

/** The product to a whole power. */
export function raise({ number, factors }: Product, exponent: number): Product {
  const raised = new Map<string, Factor>();
  if (exponent !== 0)
    for (const [key, factor] of factors) raised.set(key, { ...factor, power: factor.power * exponent });
  const result = power(number, exponent);
  if (number === 0 || !isSpoilt(result)) return { number: result, factors: raised };
  return multiply({ number: 1, factors: raised }, numberApart(number, exponent));
}

const sameFactors = (a: Product, b: Product): boolean =>
  a.factors.size === b.factors.size &&
  [...a.factors].every(([key, { power }]) => b.factors.get(key)?.power === power);

/** The sum: numbers of like products are added, others become one constant. */
export function add(a: Product, b: Product): Product {
  if (isZero(a)) return b;
  if (isZero(b)) return a;
  if (sameFactors(a, b)) return { number: a.number + b.number, factors: a.factors };
  const minus = b.number < 0;
  return expressionProduct({
    kind: 'binary',
    operator: minus ? '-' : '+',
    left: productExpression(a),
    right: productExpression(minus ? negate(b) : b),
  });
}

/** True for nothing at all: 0 over something that may be 0 is not. */
export const isZero = ({ number, factors }: Product): boolean =>
  number === 0 && [...factors.keys()].every((key) => !key.startsWith(below));

/** Names of compartments in it whose size nobody knows. */
export const unknownSizes = ({ factors }: Product): string[] =>
  [...factors].flatMap(([key, { value }]) => (value === null ? [key.slice(size.length)] : []));

/**
 * The constant of a network that it is. Numbers come together in one, and what the powers are negative of stands
 * below the line.
 */
export function productExpression({ number, factors }: Product): Expression {
  const above: Expression[] = [];
  const under: Expression[] = [];
  let together = number;
  for (const { value, power: exponent } of factors.values()) {
    if (value === null) throw new RangeError('a size that is not known has no expression');
    const folded = value.kind === 'number' ? scaled(together, value.value, exponent) : Number.NaN;
    if (!isSpoilt(folded) || (together === 0 && folded === 0)) together = folded;
    else (exponent > 0 ? above : under).push(raisedExpression(value, Math.abs(exponent)));
  }
  if (above.length === 0 || Math.abs(together) !== 1) above.unshift({ kind: 'number', value: together });
  const [first, ...others] = above;
  const start: Expression =
    together === -1 && first!.kind !== 'number' ? { kind: 'negate', operand: first! } : first!;
  const top = others.reduce(joined, start);
  return under.length === 0 ? top : { kind: 'binary', operator: '/', left: top, right: under.reduce(joined) };
}

const scaled = (number: number, value: number, exponent: number): number =>
  exponent < 0 ? number / power(value, -exponent) : number * power(value, exponent);

const raisedExpression = (value: Expression, exponent: number): Expression =>
  exponent === 1
    ? value
    : { kind: 'binary', operator: '^', left: value, right: { kind: 'number', value: exponent } };

const joined = (left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator: '*',
  left,
  right,
});
