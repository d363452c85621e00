import { describe, expect, it } from 'vitest';
import { loadDigits, readDigits } from '../../src/digits/index.js';
import {
  averaged,
  averagedDigits,
  digits,
  IMAGE_SIDE,
  momentNormalised,
  normalisedDigits,
  offerDigits,
  tasks,
  train,
} from '../../src/learning/index.js';

/** A figure of smooth ink: `dark` at a place about the middle of the image. */
const image = (dark: (x: number, y: number) => number) =>
  Array.from({ length: IMAGE_SIDE ** 2 }, (_, k) =>
    dark((k % IMAGE_SIDE) - 13.5, Math.floor(k / IMAGE_SIDE) - 13.5),
  );
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

/** An L of two soft strokes, which has no symmetry that could hide a fault. */
const stroke = (x: number, y: number, width: number, height: number) =>
  Math.exp(-((x / width) ** 4) - (y / height) ** 4);
const ell = (x: number, y: number) => Math.min(1, stroke(x + 2, y, 1.5, 5) + stroke(x - 0.5, y - 4, 4, 1.5));

/** Centre of ink, slant, and standard deviations across and down: by sums over pixels, written another way. */
function shape(ink: readonly number[]) {
  const of = (f: (x: number, y: number) => number) =>
    ink.reduce((sum, value, k) => sum + value * f(k % IMAGE_SIDE, Math.floor(k / IMAGE_SIDE)), 0);
  const whole = of(() => 1);
  const [x, y] = [of((x) => x) / whole, of((_, y) => y) / whole];
  const [xx, xy, yy] = [
    of((a) => a * a) / whole - x * x,
    of((a, b) => a * b) / whole - x * y,
    of((_, b) => b * b) / whole - y * y,
  ];
  return { x, y, slant: xy / yy, across: Math.sqrt(xx), down: Math.sqrt(yy) };
}

describe('moment normalisation', () => {
  it('gives ink the middle as its centre, no slant, and spreads of 4 and 5.5 pixels', () => {
    const shapes = readDigits()
      .images.filter((_, k) => k % 37 === 0)
      .map((digit) => shape(momentNormalised(digit)));
    // Of nine in ten: a long tail ends at the image's edge, and of thin lines the rounding shows.
    const off = (wanted: number, of: keyof ReturnType<typeof shape>) =>
      shapes.map((found) => Math.abs(found[of] - wanted)).sort((a, b) => a - b)[
        Math.floor(0.9 * shapes.length)
      ];
    expect(off(13.5, 'x')).toBeLessThan(0.05);
    expect(off(13.5, 'y')).toBeLessThan(0.05);
    expect(off(0, 'slant')).toBeLessThan(0.01);
    expect(off(4, 'across')).toBeLessThan(0.05);
    expect(off(5.5, 'down')).toBeLessThan(0.05);
  });

  it.each([
    ['moved', (x: number, y: number) => ell(x - 3, y + 2)],
    ['wider', (x: number, y: number) => ell(x / 1.5, y)],
    ['taller', (x: number, y: number) => ell(x, y / 1.4)],
    ['sheared', (x: number, y: number) => ell(x - 0.4 * y, y)],
    ['all of it', (x: number, y: number) => ell(x / 1.2 - 0.3 * y + 1, y / 1.3 - 1)],
    ['fainter', (x: number, y: number) => 0.5 * ell(x, y)],
  ])('a figure that is %s becomes the same', (what, changed) => {
    const scale = what === 'fainter' ? 2 : 1;
    const read = (dark: typeof ell, times = 1) =>
      averaged(momentNormalised(image(dark)), { side: 8, field: 20 }).map((ink) => times * ink);
    // As it was, a pixel of those that are read is off by 0.4 at least.
    expect(largest(read(ell), read(changed, scale))).toBeLessThan(0.1);
    // What is not affine is told apart: the same strokes, the foot to the other side.
    expect(
      largest(
        read(ell),
        read((x, y) => changed(-x, y), scale),
      ),
    ).toBeGreaterThan(0.5);
  });

  it('leaves an empty image empty, and can do with a dot and a line', () => {
    expect(momentNormalised(new Array(784).fill(0)).every((ink) => ink === 0)).toBe(true);
    const dot = momentNormalised(image((x, y) => (x === 6.5 && y === -3.5 ? 1 : 0)));
    expect(shape(dot)).toMatchObject({
      x: expect.closeTo(13.5),
      y: expect.closeTo(13.5),
      slant: expect.closeTo(0),
    });
    const line = momentNormalised(image((_, y) => (y === 0.5 ? 1 : 0)));
    expect(line.every((ink) => ink >= 0 && ink <= 1)).toBe(true);
  });
});

it('images of another size are refused', () => {
  const message = 'an image must have 784 pixels, got 64';
  const small = new Array(64).fill(0.5);
  expect(() => momentNormalised(small)).toThrow(message);
  offerDigits(() => ({ images: [small], labels: [0] }));
  expect(() => digits()).toThrow(message);
});

it.each([
  ['ink from 0 to 255', [new Array(784).fill(255)], [0], 'image 0: ink must lie in [0, 1], got 255'],
  ['ink below 0', [new Array(784).fill(-0.1)], [0], 'got -0.1'],
  ['ink that is no number', [new Array(784).fill(Number.NaN)], [0], 'got NaN'],
  ['another class', [new Array(784).fill(0.1)], [10], 'image 0: its digit must be 0 to 9, got 10'],
])('what is no image of a digit is refused: %s', (_, images, labels, message) => {
  offerDigits(() => ({ images, labels }));
  expect(() => digits()).toThrow(message);
});

describe('the digits that a task has', () => {
  const upright = image(ell);
  const slanted = image((x, y) => ell(x - 0.5 * y, y));
  const offer = () => ({
    images: Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? upright : slanted)),
    labels: Array.from({ length: 40 }, (_, k) => k % 10),
  });

  it('are alike once they are normalised, and not before', () => {
    const spread = () => {
      const { train, validation } = digits();
      const rows = [...train.inputs, ...validation.inputs];
      return Math.max(...rows.map((row) => Math.max(...rows.map((other) => largest(row, other)))));
    };
    offerDigits(() => normalisedDigits(offer()));
    expect(spread()).toBeLessThan(0.1);
    offerDigits(offer);
    expect(spread()).toBeGreaterThan(0.3);
  });

  it('say in every report what a computer made of them', async () => {
    const acts = [
      'images: moved, sheared and scaled so that the ink of each has the same centre, no slant and the same spreads',
      'images: the middle 20 × 20 pixels are averaged to 8 × 8',
    ];
    offerDigits(() => normalisedDigits(offer()));
    const task = tasks.digits.create({ epochs: 0, circuit: { hidden: 1 } });
    const { digital } = await train(task).result;
    expect(digital.slice(0, 2)).toEqual(acts);
    offerDigits(offer);
    expect(digits().prepared).toEqual(acts.slice(1));
    const done = averagedDigits(normalisedDigits(offer()), { side: 8, field: 20 });
    offerDigits(() => done);
    expect(digits().prepared).toEqual(acts);
  });
});

it('the package mnist is normalised unless told otherwise', () => {
  loadDigits();
  const { prepared, train } = digits();
  expect(prepared).toHaveLength(2);
  loadDigits({ normalise: false });
  expect(digits().prepared).toHaveLength(1);
  expect(digits().train.inputs[0]).not.toEqual(train.inputs[0]);
});
