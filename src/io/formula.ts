import type { Expression } from '../network/model.js';

/** How another language writes a constant. */
export interface FormulaStyle {
  /** What stands between base and exponent. */
  power: string;
  /** Functions by our names. */
  functions: Readonly<Record<'exp' | 'ln' | 'sqrt', string>>;
  number(value: number): string;
  /** What a parameter is called. */
  name(parameter: string): string;
}

const strength = { sum: 1, product: 2, whole: 3 };

/**
 * A constant in another language. Languages differ in what they make of `-a^b`, `a^b^c` and `a*-b`, so all of these
 * stand in parentheses.
 */
export function writeFormula(expression: Expression, style: FormulaStyle): string {
  return part(expression, style, strength.sum);
}

/** The same as a factor of a product. */
export function writeFactor(expression: Expression, style: FormulaStyle): string {
  return part(expression, style, strength.product);
}

function part(expression: Expression, style: FormulaStyle, least: number): string {
  const [text, holds] = node(expression, style);
  return holds < least ? `(${text})` : text;
}

function node(expression: Expression, style: FormulaStyle): [text: string, strength: number] {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression;
      return [style.number(value), value < 0 || Object.is(value, -0) ? strength.sum : strength.whole];
    }
    case 'parameter':
      return [style.name(expression.name), strength.whole];
    case 'negate':
      return [`-${part(expression.operand, style, strength.whole)}`, strength.sum];
    case 'call': {
      const argument = part(expression.argument, style, strength.sum);
      return [`${style.functions[expression.name]}(${argument})`, strength.whole];
    }
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '^') {
        const [base, exponent] = [left, right].map((side) => part(side, style, strength.whole));
        return [`${base}${style.power}${exponent}`, strength.product];
      }
      if (operator === '+' || operator === '-') {
        const [first, second] = [part(left, style, strength.sum), part(right, style, strength.product)];
        return [`${first} ${operator} ${second}`, strength.sum];
      }
      const [first, second] = [part(left, style, strength.product), part(right, style, strength.whole)];
      return [`${first}${operator}${second}`, strength.product];
    }
  }
}

/** A number with all its digits, as most languages read it. */
export const digits = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The same with a point in it, where a number without one is another kind of number. */
export function decimal(value: number): string {
  const text = digits(value);
  if (/[.nI]/.test(text)) return text;
  return text.includes('e') ? text.replace('e', '.0e') : `${text}.0`;
}
