export { type DigitsOptions, digits, opticalDigits, type TestedClassDataset } from './dataset.js';
export { type Averaging, averaged, type DigitImages, IMAGE_SIDE } from './images.js';
export { momentNormalised } from './normalise.js';
export { type DigitsSource, offerDigits } from './source.js';
