import { averaged, IMAGE_SIDE, momentNormalised } from 'neural-crn/learning';
import { AVERAGING } from '../subset';
import type { Raster } from './raster';

/** Pixels on the longer side of a digit within its image. */
const EXTENT = 20;
/** Where MNIST has a digit's centre of mass: within this pixel, by whole pixels moved. */
const CENTRE = 14;
/** Less ink than this belongs to no digit. */
const FAINT = 1e-3;

/** What the pot is given of a drawing, and the image that it is averaged from. */
export interface PreparedDrawing {
  /** 28 × 28 pixels, size and slant made alike. */
  image: readonly number[];
  /** 8 × 8 pixels: the middle 20 × 20 of the image, averaged as the task `digits` does. */
  pixels: number[];
}

/** A drawing as the task `digits` has its images. Without ink there is none. */
export function prepareDrawing(raster: Raster): PreparedDrawing | undefined {
  const drawn = centred(raster);
  const image = drawn && momentNormalised(drawn);
  return image && { image, pixels: averaged(image, AVERAGING) };
}

/** As MNIST has its images: the longer side 20 pixels, the centre of mass in the middle of 28 × 28. */
export function centred({ side, ink }: Raster): Float32Array | undefined {
  let [left, right, top, bottom] = [side, -1, side, -1];
  let [mass, across, down] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = ink[y * side + x];
      if (value <= FAINT) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      mass += value;
      across += value * (x + 0.5);
      down += value * (y + 0.5);
    }
  }
  if (mass === 0) return undefined;
  // Of the drawing's pixels, how many go to one of the image.
  const scale = Math.max(right - left + 1, bottom - top + 1) / EXTENT;
  const rows = coverage(top, down / mass, scale, side);
  const columns = coverage(left, across / mass, scale, side);
  const image = new Float32Array(IMAGE_SIDE * IMAGE_SIDE);
  // Line by line first: a square's mean is that of its lines' means.
  const lines = new Float32Array(side * IMAGE_SIDE);
  for (let y = 0; y < side; y++) {
    columns.forEach((pixels, k) => {
      let sum = 0;
      for (const [x, part] of pixels) sum += part * ink[y * side + x];
      lines[y * IMAGE_SIDE + k] = sum / scale;
    });
  }
  rows.forEach((pixels, j) => {
    for (let k = 0; k < IMAGE_SIDE; k++) {
      let sum = 0;
      for (const [y, part] of pixels) sum += part * lines[y * IMAGE_SIDE + k];
      image[j * IMAGE_SIDE + k] = Math.min(1, sum / scale);
    }
  });
  return image;
}

/**
 * For each pixel along a side of the image the drawing's pixels under it, and which part of each.
 * @param edge where the digit begins in the drawing, at the edge of a pixel of the image
 * @param centre of mass, in the drawing
 */
function coverage(
  edge: number,
  centre: number,
  scale: number,
  side: number,
): [pixel: number, part: number][][] {
  const place = Math.ceil(CENTRE - (centre - edge) / scale);
  return Array.from({ length: IMAGE_SIDE }, (_, k) => {
    const from = edge + (k - place) * scale;
    const to = from + scale;
    const pixels: [number, number][] = [];
    for (let pixel = Math.max(0, Math.floor(from)); pixel < Math.min(side, Math.ceil(to)); pixel++)
      pixels.push([pixel, Math.min(to, pixel + 1) - Math.max(from, pixel)]);
    return pixels;
  });
}
