import type { Network } from '../network/model.js';
import { type Quantity, type QuantityName, readQuantities } from '../sensitivity/quantities.js';
import { sizeOf } from '../sensitivity/simulator.js';
import { checkKeys, checkNumber, checkOneOf } from '../simulate/check.js';
import type { Prepared } from '../simulate/prepare.js';
import type { Variation } from './types.js';

/** A quantity that is varied, in its own unit. */
export interface Variable {
  quantity: Quantity;
  start: number;
  lower: number;
  upper: number;
  scale: 'linear' | 'log';
}

/**
 * The quantities to vary.
 * @throws RangeError or TypeError naming the quantity, its value and what is allowed
 */
export function readVary(network: Network, vary: Readonly<Record<QuantityName, Variation>>): Quantity[] {
  if (typeof vary !== 'object' || vary === null || Array.isArray(vary)) {
    throw new TypeError('vary must be an object of { start, lower, upper, scale } by quantity');
  }
  const quantities = readQuantities(network, 'vary', Object.keys(vary));
  for (const { kind, name } of quantities) {
    if (kind !== 'dose') continue;
    throw new RangeError(`vary: ${name} cannot be varied; write its amount as a parameter, and vary that`);
  }
  return quantities;
}

/** Checks how each of them is varied. @param own a run of the network as it is */
export function readVariables(
  network: Network,
  quantities: readonly Quantity[],
  vary: Readonly<Record<QuantityName, Variation>>,
  scale: 'linear' | 'log',
  own: Prepared,
): Variable[] {
  return quantities.map((quantity) => {
    const { name, kind } = quantity;
    const given = vary[name];
    checkKeys(`vary.${name}`, given, ['start', 'lower', 'upper', 'scale']);
    const chosen = checkOneOf(`vary.${name}.scale`, given.scale ?? scale, ['linear', 'log']);
    const start = checkNumber(`vary.${name}.start`, given.start ?? sizeOf(network, own, quantity));
    const least = start < 0 && kind === 'parameter' ? Number.NEGATIVE_INFINITY : 0;
    const lower = bound(`vary.${name}.lower`, given.lower ?? least);
    const upper = bound(`vary.${name}.upper`, given.upper ?? Number.POSITIVE_INFINITY);
    if (!(lower < upper)) {
      throw new RangeError(`vary.${name}: lower (${lower}) must be below upper (${upper})`);
    }
    if (kind !== 'parameter' && lower < 0) {
      throw new RangeError(`vary.${name}.lower must not be negative, but is ${lower}`);
    }
    if (start < lower || start > upper) {
      throw new RangeError(`vary.${name}: the start ${start} must lie between ${lower} and ${upper}`);
    }
    if (chosen === 'log' && !(start > 0 && lower >= 0)) {
      const what = start > 0 ? `lower, which is ${lower}` : `a start, which is ${start}`;
      throw new RangeError(`vary.${name}: the scale 'log' needs numbers above 0 as ${what}`);
    }
    return { quantity, start, lower, upper, scale: chosen };
  });
}

function bound(option: string, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new TypeError(`${option} must be a number, not ${String(value)}`);
}

/** The number that the method varies. */
export const inward = (value: number, scale: 'linear' | 'log'): number =>
  scale === 'log' ? Math.log(value) : value;

export const outward = (value: number, scale: 'linear' | 'log'): number =>
  scale === 'log' ? Math.exp(value) : value;

/** A quantity in its own unit. Bounds are kept to the last digit, whatever logarithm and power make of them. */
export const quantityAt = (at: number, { lower, upper, scale }: Variable): number =>
  Math.min(upper, Math.max(lower, outward(at, scale)));
