/** Handwritten digits for Node, from packages that only those install who want them, or from a file. */
export type { DigitImages } from '../learning/digits/images.js';
export { loadDigits, readDigits } from './mnist.js';
export { loadOpticalDigits, readOpticalDigits } from './optical.js';
