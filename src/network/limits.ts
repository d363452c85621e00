/** Checks of numbers that options give, alike wherever they are given. */

/** @throws RangeError unless it is an integer ≥ `least` */
export function wholeFrom(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer ≥ ${least}, got ${value}`);
  }
}

/** @throws RangeError unless all are finite numbers > 0 */
export function positive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${name} must be a finite number > 0, got ${value}`);
  }
}
