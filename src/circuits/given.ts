import { finite } from './checks.js';
import { refuseUnknown } from './names.js';

/** Constants by name: the defaults with what is given in their place. @throws RangeError for a name that none has */
export function constantsFrom(
  defaults: Readonly<Record<string, number>>,
  given: Readonly<Record<string, number | undefined>> = {},
): Record<string, number> {
  refuseUnknown('constant', given, Object.keys(defaults));
  const constants: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) constants[name] = value;
  }
  return constants;
}

/** A matrix given flat or by rows, as a flat array of `count` finite numbers. */
export function matrix(
  name: string,
  value: readonly (number | readonly number[])[],
  count: number,
): number[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array of numbers, or of rows of them`);
  const flat = value.flat() as number[];
  if (flat.length !== count) {
    throw new RangeError(`${name} needs ${count} values, got ${flat.length}, in a circuit of this shape`);
  }
  flat.forEach((entry, k) => {
    finite(`${name}[${k + 1}]`, entry);
  });
  return flat;
}

/**
 * Output weights ±1 of a fixed read-out, half of them each: with one output + − + − …, with more +1 where the node's
 * number leaves the output's when divided by their number, else −1.
 */
export function balancedSigns(outputs: number, hidden: number): number[][] {
  return Array.from({ length: outputs }, (_, k) =>
    Array.from({ length: hidden }, (_, i) =>
      outputs === 1 ? (i % 2 === 0 ? 1 : -1) : i % outputs === k ? 1 : -1,
    ),
  );
}
