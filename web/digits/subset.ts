import type { DigitImages } from 'neural-crn/learning';

/** Pixels on each side of what a pot is given, and of the middle of the 28 that they are averaged from: those of the task `digits`. */
export const AVERAGING = { side: 8, field: 20 } as const;
export const PIXELS = AVERAGING.side ** 2;

/** Ink is packed in hundredths: finer ones make the file larger, and no digit clearer. */
const INK = 100;

/** Averaged images as bytes: all labels, then the pixels image by image. */
export function packImages({ images, labels }: DigitImages): Uint8Array {
  const bytes = new Uint8Array(labels.length * (1 + PIXELS));
  bytes.set(labels);
  images.forEach((image, k) => {
    bytes.set(
      Array.from(image, (ink) => Math.round(INK * ink)),
      labels.length + k * PIXELS,
    );
  });
  return bytes;
}

/** What {@link packImages} packed. @throws TypeError for other bytes */
export function unpackImages(bytes: Uint8Array): DigitImages {
  const count = bytes.length / (1 + PIXELS);
  if (!Number.isInteger(count)) throw new TypeError(`${bytes.length} bytes are no packed digits`);
  return {
    labels: Array.from(bytes.subarray(0, count)),
    images: Array.from({ length: count }, (_, k) =>
      Array.from(bytes.subarray(count + k * PIXELS, count + (k + 1) * PIXELS), (ink) => ink / INK),
    ),
    averaging: AVERAGING,
  };
}
