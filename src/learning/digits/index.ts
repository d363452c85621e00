export { type DigitsOptions, digits, type TestedClassDataset } from './dataset.js';
export { type Averaging, averaged, type DigitImages, IMAGE_SIDE } from './images.js';
export { offerDigits } from './source.js';
