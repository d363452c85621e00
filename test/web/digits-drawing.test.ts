import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDigits } from '../../src/digits/index.js';
import { averaged, digits, momentNormalised, offerDigits } from '../../src/learning/index.js';
import type { Stroke } from '../../web/digits/drawing/ink';
import { keyed, restingPen } from '../../web/digits/drawing/pen';
import { prepareDrawing } from '../../web/digits/drawing/prepare';
import { AVERAGING, packImages, unpackImages } from '../../web/digits/subset';
import { digitsSubset } from '../../web/plugins/digits';

const data = readDigits();

/** Of each digit the mean of its first hundred images. */
const means = Array.from({ length: 10 }, (_, digit) => {
  const first = data.labels.indexOf(digit);
  const inks = Array.from({ length: 100 }, (_, k) =>
    averaged(momentNormalised(data.images[first + k]), AVERAGING),
  );
  return inks[0].map((_, pixel) => inks.reduce((sum, ink) => sum + ink[pixel] / 100, 0));
});

/** Largest difference of two images' pixels. */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

describe('a drawing is brought to what the data are', () => {
  /** A line through places on the pad, in hundredths. */
  const line = (...places: [x: number, y: number][]): Stroke =>
    places.map(([x, y]) => ({ x: x / 100, y: y / 100 }));
  const ring = Array.from({ length: 25 }, (_, k): [number, number] => [
    50 + 18 * Math.sin((k * Math.PI) / 12),
    50 - 27 * Math.cos((k * Math.PI) / 12),
  ]);

  it.each([
    [0, [line(...ring)]],
    [1, [line([50, 20], [50, 80])]],
    [2, [line([32, 32], [40, 22], [58, 22], [66, 34], [60, 48], [32, 76], [70, 76])]],
    [3, [line([34, 24], [62, 24], [48, 46], [64, 54], [66, 68], [52, 78], [34, 74])]],
    [4, [line([36, 22], [34, 50], [68, 50]), line([64, 22], [64, 80])]],
    [7, [line([30, 24], [70, 24], [46, 80])]],
  ])('a %i is nearest to the mean of those that the data have', (digit, strokes) => {
    const drawn = prepareDrawing(strokes) ?? [];
    const distances = means.map((mean) => Math.hypot(...mean.map((ink, k) => ink - drawn[k])));
    expect(distances.indexOf(Math.min(...distances))).toBe(digit);
  });

  it('has the same size and pen wherever and however large it was drawn', () => {
    const seven: Stroke = [
      { x: 0.3, y: 0.2 },
      { x: 0.7, y: 0.2 },
      { x: 0.5, y: 0.8 },
    ];
    const small = seven.map(({ x, y }) => ({ x: 0.5 + 0.3 * (x - 0.3), y: 0.6 + 0.3 * (y - 0.2) }));
    const [large, less] = [seven, small].map((stroke) => prepareDrawing([stroke]) ?? []);
    expect(difference(large, less)).toBeLessThan(0.02);
    expect(large.reduce((sum, ink) => sum + ink, 0)).toBeGreaterThan(8);
    const slanted = seven.map(({ x, y }) => ({ x: x - 0.3 * y, y }));
    expect(difference(large, prepareDrawing([slanted]) ?? [])).toBeLessThan(0.15);
  });

  it('is nothing without ink, and a dot is no harm', () => {
    expect(prepareDrawing([])).toBeUndefined();
    const dot = prepareDrawing([[{ x: 0.1, y: 0.9 }]]);
    expect(dot?.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
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
      expect(difference(subset.images[k], averaged(momentNormalised(image), AVERAGING))).toBeLessThan(0.0051);
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
