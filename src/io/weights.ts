import type { Expression } from '../network/model.js';
import { power } from '../network/power.js';

/** A sum of names with numbers, and a number by itself. */
interface Sum {
  weights: Map<string, number>;
  constant: number;
}

const plain = (constant: number): Sum => ({ weights: new Map(), constant });

/** The formula as a weighted sum of names, or null when it is none or has a constant by itself. */
export function weightsOf(expression: Expression): [name: string, weight: number][] | null {
  const sum = sumOf(expression);
  return sum && sum.constant === 0 ? [...sum.weights] : null;
}

function sumOf(node: Expression): Sum | null {
  switch (node.kind) {
    case 'number':
      return plain(node.value);
    case 'parameter':
      return { weights: new Map([[node.name, 1]]), constant: 0 };
    case 'call':
      return null;
    case 'negate':
      return scaled(sumOf(node.operand), -1);
    case 'binary': {
      const left = sumOf(node.left);
      const right = sumOf(node.right);
      if (!left || !right) return null;
      switch (node.operator) {
        case '+':
          return added(left, right);
        case '-':
          return added(left, scaled(right, -1)!);
        case '*':
          if (left.weights.size === 0) return scaled(right, left.constant);
          return right.weights.size === 0 ? scaled(left, right.constant) : null;
        case '/':
          return right.weights.size === 0 ? scaled(left, 1 / right.constant) : null;
        case '^':
          if (left.weights.size > 0 || right.weights.size > 0) return null;
          return plain(power(left.constant, right.constant));
      }
    }
  }
}

function scaled(sum: Sum | null, factor: number): Sum | null {
  if (!sum) return null;
  const weights = new Map([...sum.weights].map(([name, weight]) => [name, weight * factor]));
  return { weights, constant: sum.constant * factor };
}

function added(one: Sum, other: Sum): Sum {
  const weights = new Map(one.weights);
  for (const [name, weight] of other.weights) weights.set(name, (weights.get(name) ?? 0) + weight);
  return { weights, constant: one.constant + other.constant };
}
