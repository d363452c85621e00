import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDigits } from '../../src/digits/index.js';
import { averaged, IMAGE_SIDE } from '../../src/learning/index.js';
import { prepareDrawing } from '../../web/digits/drawing/prepare';
import { type Raster, rasterOf, type Stroke } from '../../web/digits/drawing/raster';
import { AVERAGING, packImages, unpackImages } from '../../web/digits/subset';
import { digitsSubset } from '../../web/plugins/digits';

const data = readDigits();

/** An image of the data somewhere on a larger raster, its pixels `times` as large. */
function drawn(image: ArrayLike<number>, times: number, [right, down]: [number, number]): Raster {
  const side = 4 * IMAGE_SIDE;
  const ink = new Float32Array(side * side);
  for (let y = 0; y < IMAGE_SIDE * times; y++) {
    for (let x = 0; x < IMAGE_SIDE * times; x++) {
      const [to, from] = [
        (y + down) * side + x + right,
        Math.floor(y / times) * IMAGE_SIDE + Math.floor(x / times),
      ];
      if (x + right < side && y + down < side) ink[to] = image[from];
    }
  }
  return { side, ink };
}

const meanDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;

describe('a drawing', () => {
  // Of every digit the first ten that are as MNIST says: 20 pixels long.
  const examples = Array.from({ length: 10 }, (_, digit) => data.labels.indexOf(digit)).flatMap((first) =>
    Array.from({ length: 10 }, (_, k) => data.images[first + k]),
  );

  it.each([
    ['as it is', 1, [0, 0]],
    ['elsewhere', 1, [40, 7]],
    ['twice as large', 2, [50, 3]],
    ['four times as large', 4, [0, 0]],
  ] as const)('becomes what the data are: %s', (_, times, place) => {
    const differences = examples.map((image) => {
      const prepared = prepareDrawing(drawn(image, times, [...place]));
      return meanDifference(prepared?.pixels ?? [], averaged(image, AVERAGING));
    });
    console.log(differences.toSorted((a, b) => a - b).filter((_, k) => k % 11 === 0));
  });
});
it('tmp', () => {
  const line: Stroke = [{ x: 0.5, y: 0.1 }, { x: 0.5, y: 0.9 }];
  const { pixels } = prepareDrawing(rasterOf([line]))!;
  console.log(pixels.map((v, k) => v.toFixed(2) + (k % 8 === 7 ? '\n' : ' ')).join(''));
  console.log(averaged(data.images[data.labels.indexOf(1) + 3], AVERAGING).map((v, k) => v.toFixed(2) + (k % 8 === 7 ? '\n' : ' ')).join(''));
  console.log(digitsSubset().length, unpackImages(inflateRawSync(digitsSubset())).labels.length, packImages);
});
