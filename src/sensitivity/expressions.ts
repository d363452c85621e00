import { exp, log } from '../../assembly/math';
import type { Expression } from '../network/model.js';
import { power } from '../network/power.js';

/** A number with its derivative. */
export interface Dual {
  value: number;
  dot: number;
}

/**
 * The value of a constant with its derivative along a direction, by forward differentiation.
 * @param values numbers of the parameters, by name
 * @param dots derivatives of the parameters along the direction; 0 for those that are missing
 */
export function differentiateExpression(
  expression: Expression,
  values: ReadonlyMap<string, number>,
  dots: ReadonlyMap<string, number>,
): Dual {
  const of = (part: Expression): Dual => {
    switch (part.kind) {
      case 'number':
        return { value: part.value, dot: 0 };
      case 'parameter':
        return { value: values.get(part.name) as number, dot: dots.get(part.name) ?? 0 };
      case 'negate': {
        const { value, dot } = of(part.operand);
        return { value: -value, dot: -dot };
      }
      case 'call':
        return call(part.name, of(part.argument));
      case 'binary':
        return binary(part.operator, of(part.left), of(part.right));
    }
  };
  return of(expression);
}

/** `slope · dot`, 0 where nothing moves, however steep it is there. */
const along = (slope: number, dot: number): number => (dot === 0 ? 0 : slope * dot);

function call(name: 'exp' | 'ln' | 'sqrt', { value: x, dot }: Dual): Dual {
  if (name === 'ln') return { value: log(x), dot: along(1 / x, dot) };
  const value = name === 'exp' ? exp(x) : Math.sqrt(x);
  return { value, dot: along(name === 'exp' ? value : 0.5 / value, dot) };
}

function binary(operator: '+' | '-' | '*' | '/' | '^', a: Dual, b: Dual): Dual {
  switch (operator) {
    case '+':
      return { value: a.value + b.value, dot: a.dot + b.dot };
    case '-':
      return { value: a.value - b.value, dot: a.dot - b.dot };
    case '*':
      return { value: a.value * b.value, dot: along(b.value, a.dot) + along(a.value, b.dot) };
    case '/': {
      const value = a.value / b.value;
      return { value, dot: along(1 / b.value, a.dot) - along(value / b.value, b.dot) };
    }
    case '^': {
      const value = power(a.value, b.value);
      const byBase = a.dot === 0 ? 0 : b.value * power(a.value, b.value - 1);
      // A base of 0 stays 0 whatever the exponent, though its logarithm is infinite.
      const byExponent = value === 0 ? 0 : value * log(a.value);
      return { value, dot: along(byBase, a.dot) + along(byExponent, b.dot) };
    }
  }
}
