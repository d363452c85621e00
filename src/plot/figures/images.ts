import { checkFigure } from '../check.js';
import type { AxisTick, CellsLayer, Chart } from '../figure.js';
import { mixColors, PALETTE } from '../palette.js';
import { subtitle } from './series.js';

export interface ImagesData {
  /** Signed numbers of every image, row by row: side · side each. */
  images: readonly ArrayLike<number>[];
  /** Pixels on each side. */
  side: number;
  /** What an image belongs to, in one word, such as `'node'`. Default `'image'`. */
  what?: string;
  title: string;
}

/** Images side by side, at most. */
const MOST_COLUMNS = 8;
/** Colours on each side of white. */
const SHADES = 24;
/** Pixels of the figure for one of an image, and around all of them. */
const PIXEL = 9;
const AROUND = { width: 100, height: 130 };
const [POSITIVE, NEGATIVE] = PALETTE;

/**
 * Signed images in a grid, such as the weights of every node: white is 0, the full colour of either sign the largest size
 * of any number of them all.
 * @throws RangeError for no images, images of another size, or numbers that are not finite
 */
export function imagesFigure({ images, side, what = 'image', title }: ImagesData): Chart {
  check(images, side);
  const columns = Math.min(MOST_COLUMNS, images.length);
  const rows = Math.ceil(images.length / columns);
  const largest = images.reduce(
    (most, image) => Array.from(image).reduce((more, value) => Math.max(more, Math.abs(value)), most),
    0,
  );
  // One cell is left blank between neighbours.
  const pitch = side + 1;
  const [width, height] = [columns * pitch - 1, rows * pitch - 1];
  const cells: CellsLayer['cells'] = new Array(width * height).fill(null);
  images.forEach((image, k) => {
    const [column, row] = [k % columns, Math.floor(k / columns)];
    for (let j = 0; j < side; j++) {
      for (let i = 0; i < side; i++) {
        // The first row is at the top of an axis that grows upwards.
        const y = height - 1 - (row * pitch + j);
        cells[y * width + column * pitch + i] = shade(image[j * side + i], largest);
      }
    }
  });
  const middle = (k: number) => k * pitch + (side - 1) / 2;
  const figure: Chart = {
    title,
    ...subtitle(`Blue is positive, orange negative; full colour is ±${Number(largest.toPrecision(3))}.`),
    width: Math.max(420, AROUND.width + PIXEL * width),
    height: AROUND.height + PIXEL * height,
    x: {
      label: `${what}s, row by row`,
      scale: 'linear',
      domain: [-0.5, width - 0.5],
      ticks: Array.from(
        { length: columns },
        (_, k): AxisTick => ({ value: middle(k), label: String(k + 1) }),
      ),
    },
    y: {
      label: `${what}s`,
      scale: 'linear',
      domain: [-0.5, height - 0.5],
      ticks: Array.from(
        { length: rows },
        (_, k): AxisTick => ({
          value: height - 1 - middle(k),
          label: rangeText(k * columns + 1, Math.min((k + 1) * columns, images.length)),
        }),
      ).reverse(),
    },
    layers: [
      {
        kind: 'cells',
        name: 'weights',
        x: Array.from({ length: width }, (_, i) => i),
        y: Array.from({ length: height }, (_, j) => j),
        cells,
        colors: Array.from({ length: 2 * SHADES + 1 }, (_, k) => {
          const part = (k - SHADES) / SHADES;
          return mixColors('#ffffff', part < 0 ? NEGATIVE : POSITIVE, Math.abs(part));
        }),
      },
    ],
    legend: 'none',
    equal: true,
  };
  checkFigure(figure);
  return figure;
}

const rangeText = (first: number, last: number) => (first === last ? String(first) : `${first}–${last}`);

const shade = (value: number, largest: number): number =>
  SHADES + (largest === 0 ? 0 : Math.round((SHADES * value) / largest));

function check(images: readonly ArrayLike<number>[], side: number): void {
  if (!(Number.isInteger(side) && side >= 2))
    throw new RangeError(`side must be an integer ≥ 2, got ${side}`);
  if (images.length === 0) throw new RangeError('images is empty; there is nothing to draw');
  images.forEach((image, k) => {
    if (image.length !== side * side) {
      throw new RangeError(
        `images[${k}] has ${image.length} values; ${side} × ${side} pixels need ${side * side}`,
      );
    }
    Array.from(image).forEach((value, p) => {
      if (!Number.isFinite(value)) throw new RangeError(`images[${k}][${p}] is ${value}; it must be finite`);
    });
  });
}
