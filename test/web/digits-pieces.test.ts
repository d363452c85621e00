import { describe, expect, it } from 'vitest';
import { accuracyCurves } from '../../web/digits/curves';
import { imageTable } from '../../web/digits/image-table';
import { DEFAULT_LOOK, parseSetup, printSetup } from '../../web/digits/setup';

describe('the address of the digits', () => {
  it('holds what differs from the first view, a drawing in fifteenths', () => {
    expect(printSetup({ recipe: null, seed: 0 }).toString()).toBe('');
    const pixels = Array.from({ length: 64 }, (_, k) => (k % 16) / 15);
    const setup = { recipe: 'wide', seed: 7 };
    const look = { speed: 5, pixels };
    expect(parseSetup(printSetup(setup, look))).toEqual({ setup, look, ignored: [] });
  });

  it('names what it cannot read, and is then as in the first view', () => {
    const read = parseSetup(new URLSearchParams('seed=-1&ink=xyz&speed=fast&recipe=a b'));
    expect(read.ignored.sort()).toEqual(['ink=xyz', 'recipe=a b', 'seed=-1', 'speed=fast']);
    expect(read.setup).toEqual({ recipe: null, seed: 0 });
    expect(read.look).toEqual(DEFAULT_LOOK);
  });
});

describe('curves of accuracy', () => {
  const record = (epoch: number, part: number) => ({
    epoch,
    trainLoss: 1,
    validationLoss: 1,
    trainAccuracy: part,
    validationAccuracy: part / 2,
    idealValidationAccuracy: part / 4,
  });

  it('join measured epochs by straight lines, beside what is answered while it learns', () => {
    const running = { steps: Float64Array.from([5, 10, 15]), parts: Float32Array.from([0.25, 0.5, 0.75]) };
    const [places, learning, training, unseen, ideal] = accuracyCurves(
      [record(0, 0), record(1, 0.8)],
      running,
      10,
    );
    expect(places).toEqual([0, 0.5, 1, 1.5]);
    expect(learning).toEqual([null, 25, 50, 75]);
    expect(training).toEqual([0, 40, 80, null]);
    expect(unseen).toEqual([0, 20, 40, null]);
    expect(ideal).toEqual([0, 10, 20, null]);
  });
});

it('images are a table that the command line reads', () => {
  const images = (labels: number[]) => ({
    labels: Uint8Array.from(labels),
    pixels: Float32Array.from({ length: 64 * labels.length }, () => 0.123),
  });
  const [head, ...rows] = imageTable({ train: images([4, 2]), validation: images([9]) })
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  expect([head[0], head[63], head[64]]).toEqual(['pixel1_1', 'pixel8_8', 'digit']);
  expect(rows.map((row) => [row.length, row[0], row[64]])).toEqual([
    [65, '0.123', '4'],
    [65, '0.123', '2'],
    [65, '0.123', '9'],
  ]);
});
