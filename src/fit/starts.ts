import { createRandom } from '../learning/random.js';
import { inward, quantityAt, type Variable } from './variables.js';

/**
 * Starts of a fit, in the scale that is varied: the given one, then a Latin hypercube over the bounds (McKay, Beckman &
 * Conover, Technometrics 21 (1979)): of every variable each of the others is in a part of its own.
 * @throws RangeError when there are others and a bound is not finite
 */
export function startsOf(variables: readonly Variable[], count: number, seed: number): Float64Array[] {
  const first = Float64Array.from(variables, ({ start, scale }) => inward(start, scale));
  const others = count - 1;
  if (others === 0) return [first];
  const random = createRandom(seed, 'fit');
  const columns = variables.map(({ quantity, lower, upper, scale }) => {
    const [low, high] = [inward(lower, scale), inward(upper, scale)];
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      const above = scale === 'log' ? ' above 0' : '';
      throw new RangeError(
        `starts is ${count}, which needs bounds to spread over: give vary.${quantity.name} a finite lower${above} and upper (now ${lower} and ${upper})`,
      );
    }
    const parts = random.shuffle(Array.from({ length: others }, (_, part) => part));
    return parts.map((part) => low + ((high - low) * (part + random.uniform())) / others);
  });
  return [
    first,
    ...Array.from({ length: others }, (_, k) => Float64Array.from(columns, (column) => column[k])),
  ];
}

/** A point in the quantities' own units. */
export const valuesAt = (at: Float64Array, variables: readonly Variable[]): number[] =>
  Array.from(at, (value, j) => quantityAt(value, variables[j]));
