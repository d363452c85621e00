import { checkSize, type DigitImages, IMAGE_SIDE, type PreparedDigits } from './images.js';

/** Spreads (standard deviations of ink, in pixels) that a digit is given, across and down. */
const SPREAD = { across: 4, down: 5.5 } as const;
/** Variance of a pixel along each side: between the middles of pixels ink is linear, so each is a tent. */
const TENT = 1 / 6;
const MIDDLE = (IMAGE_SIDE - 1) / 2;

/**
 * A digit moved, sheared and scaled so that its ink has the middle of the image as its centre, no slant (covariance of x
 * and y), and spreads of 4 pixels across and 5.5 down: moment normalisation (Casey, *Moment normalization of handprinted
 * characters*, 1970). Writers differ least in what is left. Ink is bilinear between the middles of pixels, and rounded to thousandths.
 *
 * @param image 28 × 28 pixels of ink in [0, 1], row by row
 * @returns as many; without ink the same
 * @throws RangeError for an image of another size
 */
export function momentNormalised(image: ArrayLike<number>): number[] {
  checkSize(image);
  const { ink, x: centreX, y: centreY, xx, xy, yy } = momentsOf(image);
  if (ink === 0) return Array.from(image);
  const slant = xy / yy;
  // What is left of the spread across once the slant is gone.
  const scaleX = Math.sqrt(xx - slant * xy) / SPREAD.across;
  const scaleY = Math.sqrt(yy) / SPREAD.down;
  return Array.from({ length: IMAGE_SIDE * IMAGE_SIDE }, (_, k) => {
    const down = scaleY * (Math.floor(k / IMAGE_SIDE) - MIDDLE);
    const right = scaleX * ((k % IMAGE_SIDE) - MIDDLE) + slant * down;
    return Math.round(1000 * inkAt(image, centreX + right, centreY + down)) / 1000;
  });
}

/** Images of 28 × 28 pixels, each by {@link momentNormalised}; reports will say so. */
export const normalisedDigits = ({ images, labels, prepared = [] }: DigitImages): PreparedDigits => ({
  labels,
  images: images.map(momentNormalised),
  prepared: [
    ...prepared,
    'images: moved, sheared and scaled so that the ink of each has the same centre, no slant and the same spreads',
  ],
});

/** Sum of ink, its centre, and variances and covariance about it, of an image whose pixels are tents. */
function momentsOf(image: ArrayLike<number>) {
  const sum = (weight: (x: number, y: number) => number) => {
    let total = 0;
    for (let y = 0; y < IMAGE_SIDE; y++)
      for (let x = 0; x < IMAGE_SIDE; x++) total += image[y * IMAGE_SIDE + x] * weight(x, y);
    return total;
  };
  const ink = sum(() => 1);
  const x = sum((x) => x) / ink;
  const y = sum((_, y) => y) / ink;
  const xx = TENT + sum((a) => (a - x) ** 2) / ink;
  const xy = sum((a, b) => (a - x) * (b - y)) / ink;
  const yy = TENT + sum((_, b) => (b - y) ** 2) / ink;
  return { ink, x, y, xx, xy, yy };
}

/** Bilinear between the middles of pixels; outside there is none. */
function inkAt(image: ArrayLike<number>, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const pixel = (x: number, y: number) =>
    x < 0 || y < 0 || x >= IMAGE_SIDE || y >= IMAGE_SIDE ? 0 : image[y * IMAGE_SIDE + x];
  const line = (y: number) => pixel(left, y) + (x - left) * (pixel(left + 1, y) - pixel(left, y));
  const above = line(top);
  return above + (y - top) * (line(top + 1) - above);
}
