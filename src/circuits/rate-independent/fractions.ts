/** A fraction in lowest terms; the denominator is positive. */
export interface Fraction {
  numerator: number;
  denominator: number;
}

/** Largest denominator that is taken: so many molecules of a species come together at once, or in a tree. */
export const MOST_PARTS = 1024;

export const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
export const lcm = (a: number, b: number): number => (a / gcd(a, b)) * b;

/**
 * A number, or text such as `"-2/3"` or `"0.75"`, as the fraction that its digits say: 0.3 is 3/10.
 * @throws RangeError for what is no number, or needs a denominator above `MOST_PARTS`
 */
export function fractionOf(value: unknown): Fraction {
  const match = /^\s*([+-]?\d+)\s*(?:\/\s*(\d+)\s*)?$/.exec(String(value));
  if ((typeof value === 'string' || Number.isInteger(value)) && match !== null) {
    return reduced(Number(match[1]), Number(match[2] ?? 1), value);
  }
  const decimal = /^\s*([+-]?)(\d*)\.(\d+)\s*$/.exec(String(value));
  if (decimal === null) throw new RangeError(`must be a whole number or a fraction, got ${shown(value)}`);
  const [, sign, whole, digits] = decimal;
  const size = Number(`${whole}${digits}`);
  return reduced(sign === '-' ? -size : size, 10 ** digits!.length, value);
}

function reduced(numerator: number, denominator: number, given: unknown): Fraction {
  const exact = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  const by = denominator > 0 && exact ? gcd(numerator, denominator) : 0;
  if (by === 0 || denominator / by > MOST_PARTS) {
    throw new RangeError(
      `must be a whole number or a fraction with a denominator of at most ${MOST_PARTS}, got ${shown(given)}; round it first`,
    );
  }
  // No −0.
  return { numerator: numerator / by || 0, denominator: denominator / by };
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);
