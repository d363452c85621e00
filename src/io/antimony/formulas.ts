import { digits } from '../formula.js';
import type { MathTree } from '../sbml/math-writer.js';

const infix: Readonly<Record<string, string>> = {
  plus: ' + ',
  minus: ' - ',
  times: '*',
  divide: '/',
  power: '^',
  and: ' && ',
  geq: ' >= ',
  gt: ' > ',
  lt: ' < ',
};

const functions: Readonly<Record<string, string>> = { exp: 'exp', ln: 'ln', root: 'sqrt' };

/** A formula of SBML as Antimony writes it; whatever is not whole stands in parentheses. */
export function writeFormulaText(math: MathTree): string {
  switch (math.kind) {
    case 'number':
      return numberText(math.value);
    case 'name':
      return math.id;
    case 'time':
      return 'time';
    case 'choice': {
      const parts = [math.chosen, math.condition, math.otherwise].map(writeFormulaText);
      return `piecewise(${parts.join(', ')})`;
    }
    case 'apply': {
      const { operator, parts } = math;
      const called = functions[operator];
      if (called !== undefined) return `${called}(${writeFormulaText(parts[0]!)})`;
      if (operator === 'minus' && parts.length === 1) return `-${whole(parts[0]!)}`;
      // A product of products is as good as one, from left to right.
      return parts
        .map((part, i) => (i === 0 && joins(operator, part) ? writeFormulaText(part) : whole(part)))
        .join(infix[operator]!);
    }
  }
}

const joins = (operator: string, part: MathTree): boolean =>
  part.kind === 'apply' &&
  part.parts.length > 1 &&
  part.operator === operator &&
  ['plus', 'times'].includes(operator);

function whole(math: MathTree): string {
  const text = writeFormulaText(math);
  const isWhole =
    math.kind === 'name' ||
    math.kind === 'time' ||
    math.kind === 'choice' ||
    (math.kind === 'number' && !text.startsWith('-')) ||
    (math.kind === 'apply' && functions[math.operator] !== undefined);
  return isWhole ? text : `(${text})`;
}

export function numberText(value: number): string {
  if (value === Infinity) return 'INF';
  return value === -Infinity ? '-INF' : digits(value);
}
