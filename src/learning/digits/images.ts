/** Side of the images that are averaged, in pixels. */
export const IMAGE_SIDE = 28;

/** Handwritten digits as they are read: ink of every pixel in [0, 1], row by row, and which digit it is. */
export interface DigitImages {
  /** 28 × 28 numbers each, or as many as `averaging` leaves. */
  images: readonly ArrayLike<number>[];
  /** 0 to 9. */
  labels: readonly number[];
  /** How they are averaged already; such images are used as they are, and for nothing else. Default: not at all. */
  averaging?: Averaging;
  /** What a computer has done with them, in words, for the reports of what is digital. Default: nothing. */
  prepared?: string[];
}

/** Digits of which it is known what a computer has done with them. */
export interface PreparedDigits extends DigitImages {
  prepared: string[];
}

/** How an image becomes fewer pixels. */
export interface Averaging {
  /** Pixels on each side of the result; ≥ 1. */
  side: number;
  /** Pixels on each side of the middle of the image that is averaged; what lies outside is left out. In [side, 28]. */
  field: number;
}

/**
 * Mean ink of the squares into which the middle of an image is cut. A square whose side is no whole number of pixels
 * takes of the pixels at its edge the part that it covers: 20 pixels to 8 are squares of 2.5, 28 to 8 of 3.5. Rounded to
 * a thousandth, as exact as the images are.
 * @throws RangeError for an image of another size than 28 × 28
 */
export function averaged(image: ArrayLike<number>, { side, field }: Averaging): number[] {
  checkSize(image);
  const spans = coverage(side, field);
  const area = (field / side) ** 2;
  const means: number[] = [];
  for (const rows of spans) {
    for (const columns of spans) {
      let ink = 0;
      for (const [y, height] of rows) {
        for (const [x, width] of columns) ink += height * width * image[y * IMAGE_SIDE + x];
      }
      means.push(Math.round((1000 * ink) / area) / 1000);
    }
  }
  return means;
}

/** @throws RangeError unless it has 28 × 28 pixels */
export function checkSize({ length }: ArrayLike<number>): void {
  const pixels = IMAGE_SIDE ** 2;
  if (length !== pixels) throw new RangeError(`an image must have ${pixels} pixels, got ${length}`);
}

/** Images of 28 × 28 pixels, each {@link averaged}; reports will say so. */
export const averagedDigits = (
  { images, labels, prepared = [] }: DigitImages,
  averaging: Averaging,
): PreparedDigits => ({
  images: images.map((image) => averaged(image, averaging)),
  labels,
  averaging,
  prepared: [
    ...prepared,
    `images: the middle ${averaging.field} × ${averaging.field} pixels are averaged to ${averaging.side} × ${averaging.side}`,
  ],
});

/** Of each square along one side, the pixels that it covers, and how much of each. */
function coverage(side: number, field: number): [pixel: number, part: number][][] {
  const edge = (IMAGE_SIDE - field) / 2;
  const step = field / side;
  return Array.from({ length: side }, (_, k) => {
    const [from, to] = [edge + k * step, edge + (k + 1) * step];
    const pixels: [number, number][] = [];
    for (let pixel = Math.floor(from); pixel < Math.min(IMAGE_SIDE, Math.ceil(to)); pixel++) {
      const part = Math.min(to, pixel + 1) - Math.max(from, pixel);
      // Less is the rounding of an edge.
      if (part > 1e-9) pixels.push([pixel, part]);
    }
    return pixels;
  });
}
