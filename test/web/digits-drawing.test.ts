import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDigits } from '../../src/digits/index.js';
import { averaged, digits, IMAGE_SIDE, momentNormalised, offerDigits } from '../../src/learning/index.js';
import { keyed, restingPen } from '../../web/digits/drawing/pen';
import { centred, prepareDrawing } from '../../web/digits/drawing/prepare';
import { type Raster, rasterOf, type Stroke } from '../../web/digits/drawing/raster';
import { AVERAGING, packImages, unpackImages } from '../../web/digits/subset';
import { digitsSubset } from '../../web/plugins/digits';

const data = readDigits();

/** An image of the data somewhere on a larger raster, its pixels `times` as large. */
function drawn(image: ArrayLike<number>, times: number, [right, down]: readonly [number, number]): Raster {
  const side = 4 * IMAGE_SIDE;
  const ink = new Float32Array(side * side);
  for (let y = 0; y < Math.min(side - down, IMAGE_SIDE * times); y++) {
    for (let x = 0; x < Math.min(side - right, IMAGE_SIDE * times); x++)
      ink[(y + down) * side + x + right] = image[Math.floor(y / times) * IMAGE_SIDE + Math.floor(x / times)];
  }
  return { side, ink };
}

/** Largest difference of two images' pixels. */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

describe('a drawing is brought to what the data are', () => {
  const examples = Array.from({ length: 10 }, (_, digit) => data.labels.indexOf(digit)).flatMap((first) =>
    Array.from({ length: 10 }, (_, k) => data.images[first + k]),
  );

  it.each([
    ['where it is', 1, [0, 0]],
    ['elsewhere', 1, [40, 7]],
    ['twice as large', 2, [50, 3]],
    ['four times as large', 4, [0, 0]],
  ] as const)('an image of them, %s, becomes itself', (_, times, place) => {
    for (const image of examples) {
      const raster = drawn(image, times, place);
      // Sums of 32-bit numbers.
      expect(difference(centred(raster) ?? [], image)).toBeLessThan(1e-5);
      // Rounded to thousandths twice, which the sums may turn by one each time.
      const normalised = averaged(momentNormalised(image), AVERAGING);
      expect(difference(prepareDrawing(raster)?.pixels ?? [], normalised)).toBeLessThan(2.001e-3);
    }
  });

  it('has the same size and pen wherever and however large it was drawn', () => {
    const seven: Stroke = [
      { x: 0.3, y: 0.2 },
      { x: 0.7, y: 0.2 },
      { x: 0.5, y: 0.8 },
    ];
    const small = seven.map(({ x, y }) => ({ x: 0.5 + 0.3 * (x - 0.3), y: 0.6 + 0.3 * (y - 0.2) }));
    const [large, less] = [seven, small].map((stroke) => prepareDrawing(rasterOf([stroke]))?.pixels ?? []);
    expect(difference(large, less)).toBeLessThan(0.02);
    expect(large.reduce((sum, ink) => sum + ink, 0)).toBeGreaterThan(8);
    const slanted = seven.map(({ x, y }) => ({ x: x - 0.3 * y, y }));
    expect(difference(large, prepareDrawing(rasterOf([slanted]))?.pixels ?? [])).toBeLessThan(0.15);
  });

  it('is nothing without ink, and a dot stays small', () => {
    expect(prepareDrawing(rasterOf([]))).toBeUndefined();
    const dot = prepareDrawing(rasterOf([[{ x: 0.1, y: 0.9 }]]));
    expect(dot?.pixels.every(Number.isFinite)).toBe(true);
  });
});

describe('a pen that keys move', () => {
  const press = (keys: string[]) =>
    keys.reduce<{ pen: typeof restingPen; strokes: readonly Stroke[] }>(
      (now, key) => keyed({ key, shiftKey: false }, now.pen, now.strokes) ?? now,
      { pen: restingPen, strokes: [] },
    );

  it('draws while it is down', () => {
    const { strokes } = press(['ArrowDown', ' ', 'ArrowDown', 'ArrowRight', ' ', 'ArrowDown', 'Enter']);
    expect(strokes.map((stroke) => stroke.length)).toEqual([3, 1]);
    expect(strokes[0][2].x - strokes[0][0].x).toBeCloseTo(1 / 28);
    expect(strokes[0][2].y - strokes[0][0].y).toBeCloseTo(1 / 28);
  });

  it('stays on the pad, and leaves other keys to the page', () => {
    const { pen } = press(Array.from({ length: 60 }, () => 'ArrowLeft'));
    expect(pen.at.x).toBeCloseTo(0.04);
    expect(keyed({ key: 'Tab', shiftKey: false }, restingPen, [])).toBeUndefined();
  });
});

describe('the digits that the page carries', () => {
  const subset = unpackImages(inflateRawSync(digitsSubset()));

  it('are the first images of each digit, as the task averages them', () => {
    expect(subset.labels).toHaveLength(3200);
    for (let k = 0; k < 3200; k += 97) {
      const image = data.images[data.labels.indexOf(subset.labels[k]) + (k % 320)];
      expect(difference(subset.images[k], averaged(momentNormalised(image), AVERAGING))).toBeLessThan(0.0025);
    }
  });

  it('are packed and unpacked to the same, and nothing else is taken for them', () => {
    expect(unpackImages(packImages(subset))).toEqual(subset);
    expect(() => unpackImages(new Uint8Array(66))).toThrow('66 bytes are no packed digits');
  });

  it('make the task of 8 × 8 pixels, and no other', () => {
    offerDigits(() => subset);
    const { train, validation, test } = digits({ seed: 1 });
    expect([train, validation, test].map(({ targets }) => targets.length)).toEqual([2240, 320, 640]);
    expect(() => digits({ side: 14 })).toThrow(
      'the digits at hand are 20 pixels averaged to 8 on each side; of 28 averaged to 14 there are none',
    );
  });
});
