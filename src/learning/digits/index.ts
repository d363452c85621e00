export { type DigitsOptions, digits, opticalDigits, type TestedClassDataset } from './dataset.js';
export {
  type Averaging,
  averaged,
  averagedDigits,
  type DigitImages,
  IMAGE_SIDE,
  type PreparedDigits,
} from './images.js';
export { momentNormalised, normalisedDigits } from './normalise.js';
export { type DigitsSource, offerDigits } from './source.js';
