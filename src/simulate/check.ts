/** Checks of options: each error names the option, the value given and what is allowed. */

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return `a value of type ${typeof value}`;
}

export function checkNumber(option: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${option} must be a number, not ${show(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${option} must be finite, not ${show(value)}`);
  return value;
}

export function checkPositive(option: string, value: unknown): number {
  const number = checkNumber(option, value);
  if (number <= 0) throw new RangeError(`${option} must be greater than 0, not ${show(value)}`);
  return number;
}

export function checkNonNegative(option: string, value: unknown): number {
  const number = checkNumber(option, value);
  if (number < 0) throw new RangeError(`${option} must not be negative, but is ${show(value)}`);
  return number;
}

export function checkWhole(option: string, value: unknown): number {
  const number = checkPositive(option, value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${option} must be a whole number, not ${show(value)}`);
  }
  return number;
}

export function checkOneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) {
    throw new RangeError(`${option} must be one of ${allowed.join(', ')}, not ${show(value)}`);
  }
  return value as T;
}

/** Refuses what is no object, and keys that no option has: a misspelt option would otherwise be lost in silence. */
export function checkKeys(what: string, given: unknown, allowed: readonly string[]): asserts given is object {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`${what} must be an object of options, not ${show(given)}`);
  }
  for (const key of Object.keys(given)) {
    if (!allowed.includes(key)) {
      throw new TypeError(`${what} has no option ${JSON.stringify(key)}; it has ${allowed.join(', ')}`);
    }
  }
}

/** Place of a named species; a `RangeError` naming it otherwise. */
export function checkSpecies(option: string, name: string, index: ReadonlyMap<string, number>): number {
  const place = index.get(name);
  if (place === undefined) {
    const known = [...index.keys()];
    const list =
      known.length > 12 ? `${known.slice(0, 12).join(', ')}, … (${known.length})` : known.join(', ');
    throw new RangeError(
      `${option} names the species ${JSON.stringify(name)}, which the network lacks; it has ${list}`,
    );
  }
  return place;
}

export function checkBoolean(option: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${option} must be true or false, not ${show(value)}`);
  return value;
}
