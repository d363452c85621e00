import { pow } from '../../assembly/math';

/** Whole exponents up to this are multiplied out, so that 10^3 is 1000. */
const MOST_FACTORS = 512;

/** base^exponent, the same on every host, as JavaScript's `**` is not. A negative base needs a whole exponent, else NaN. */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) return pow(base, exponent);
  const factors = Math.abs(exponent);
  if (factors > MOST_FACTORS) {
    const size = pow(Math.abs(base), exponent);
    return base < 0 && factors % 2 === 1 ? -size : size;
  }
  let product = 1;
  for (let square = base, left = factors; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / product : product;
}
