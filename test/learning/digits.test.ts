import { describe, expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { chooseSettings, planRuns, readSeeds, usualSeeds } from '../../src/cli/reproduce-plan.js';
import { loadDigits, readDigits } from '../../src/digits/index.js';
import {
  averaged,
  digits,
  IMAGE_SIDE,
  offerDigits,
  type Samples,
  type Task,
  tasks,
  train,
} from '../../src/learning/index.js';

const PIXELS = IMAGE_SIDE * IMAGE_SIDE;
const lit = (...places: [y: number, x: number][]) => {
  const image = new Float64Array(PIXELS);
  for (const [y, x] of places) image[y * IMAGE_SIDE + x] = 1;
  return image;
};

// Before anybody offers any.
it('says where digits come from when there are none', () => {
  expect(() => tasks.digits.create()).toThrow(
    /no handwritten digits are at hand: in Node call loadDigits\(\)/,
  );
});

describe('averaging', () => {
  it('takes of a pixel at the edge of two squares the part that each covers', () => {
    // 20 pixels to 8: squares of 2.5, the first from pixel 4 to the middle of pixel 6.
    const means = averaged(lit([4, 4], [4, 6]), { side: 8, field: 20 });
    expect(means.slice(0, 3)).toEqual([0.24, 0.08, 0]);
    expect(means.slice(3).every((mean) => mean === 0)).toBe(true);
    // 28 to 8: squares of 3.5; the pixel at (3, 3) is in four of them, a quarter each.
    const corners = averaged(lit([3, 3]), { side: 8, field: 28 });
    const quarter = Math.round(1000 * (0.25 / 12.25)) / 1000;
    expect([corners[0], corners[1], corners[8], corners[9]]).toEqual([quarter, quarter, quarter, quarter]);
    expect(corners.filter((mean) => mean > 0)).toHaveLength(4);
  });

  it('keeps the mean of the field, and leaves out what lies around it', () => {
    const image = Float64Array.from({ length: PIXELS }, (_, k) => ((k * 37) % 101) / 100);
    const field = (side: number) => {
      const edge = (IMAGE_SIDE - side) / 2;
      let sum = 0;
      for (let y = edge; y < edge + side; y++) {
        for (let x = edge; x < edge + side; x++) sum += image[y * IMAGE_SIDE + x];
      }
      return sum / (side * side);
    };
    for (const averaging of [
      { side: 8, field: 20 },
      { side: 8, field: 28 },
      { side: 14, field: 28 },
      { side: 7, field: 20 },
    ]) {
      const means = averaged(image, averaging);
      expect(means).toHaveLength(averaging.side ** 2);
      // Every mean is rounded to a thousandth.
      const mean = means.reduce((a, b) => a + b) / means.length;
      expect(Math.abs(mean - field(averaging.field))).toBeLessThan(5e-4);
    }
    expect(averaged(lit([0, 0], [3, 14], [27, 27]), { side: 8, field: 20 }).every((mean) => mean === 0)).toBe(
      true,
    );
  });
});

describe('the split', () => {
  const rows = ({ inputs, targets }: Samples) => inputs.map((row, k) => [targets[k], ...row].join());
  /** Twenty images of each digit, all different. */
  const few = () => ({
    images: Array.from({ length: 200 }, (_, k) =>
      Float64Array.from({ length: PIXELS }, (_, p) => ((p * (k + 3)) % 97) / 97),
    ),
    labels: Array.from({ length: 200 }, (_, k) => Math.floor(k / 20)),
  });

  it('has the last fifth of every digit as test set, whatever the seed, and draws the rest by it', () => {
    offerDigits(few);
    const [one, same, other] = [1, 1, 2].map((seed) => digits({ seed }));
    expect(same).toEqual(one);
    expect([one.train, one.validation, one.test].map(({ targets }) => targets.length)).toEqual([140, 20, 40]);
    expect(rows(other.test)).toEqual(rows(one.test));
    expect(rows(other.train)).not.toEqual(rows(one.train));
    const all = ({ train, validation, test }: typeof one) => [train, validation, test].flatMap(rows).sort();
    expect(all(other)).toEqual(all(one));
    expect(new Set(all(one)).size).toBe(200);
    for (const digit of one.classes.keys()) {
      expect(one.test.targets.filter((label) => label === digit)).toHaveLength(4);
      expect(one.validation.targets.filter((label) => label === digit)).toHaveLength(2);
    }
    // Digits are mixed.
    const changes = one.train.targets.filter(
      (label, k) => k > 0 && label !== one.train.targets[k - 1],
    ).length;
    expect(changes).toBeGreaterThan(100);
    // The last fifth in the order that is offered.
    const { images } = few();
    const last = averaged(images[19], { side: 8, field: 20 });
    expect(one.test.inputs[3]).toEqual(last);
  });

  it('refuses what cannot be averaged or split', () => {
    offerDigits(few);
    expect(() => digits({ side: 1 })).toThrow('side must be an integer ≥ 2, got 1');
    expect(() => digits({ side: 8, field: 30 })).toThrow('field must be at most 28, got 30');
    offerDigits(() => ({ images: few().images.slice(0, 1), labels: [0] }));
    expect(() => digits({ side: 7 })).toThrow('the digit 0 has 1 images to learn from; it needs 2');
  });
});

describe('the package mnist', () => {
  it('has ten thousand images with ink between 0 and 1', () => {
    const { images, labels } = readDigits();
    expect(images).toHaveLength(10_000);
    const counts = Array.from({ length: 10 }, (_, k) => labels.filter((label) => label === k).length);
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    const inks = images.map((image) => Array.from(image).reduce((a, b) => Math.max(a, b)));
    expect(Math.max(...inks)).toBeLessThanOrEqual(1);
    expect(Math.min(...inks)).toBeGreaterThan(0.5);
  });

  it('is 7003 images to learn from, 1001 for validation and 1996 for the test', () => {
    loadDigits();
    const task = tasks.digits.create({ seed: 3 });
    const sizes = [task.train, task.validation, task.grid as Samples].map(({ targets }) => targets.length);
    expect(sizes).toEqual([7003, 1001, 1996]);
    expect(task.notes[1]).toContain(`${sizes[0]} images to learn from and ${sizes[1]} for validation`);
    expect(task.circuit).toMatchObject({ inputs: 65, hidden: 16, outputs: 10 });
    expect(tasks['digits-14'].create().circuit).toMatchObject({ inputs: 197, hidden: 24, outputs: 10 });
    expect(task.scaling.augment).toBe(1);
    // A title tells what is not the recipe's own.
    expect(task.notes[0]).toBe('16 smooth rectifiers, bimolecular; exact gradient, trained read-out');
    expect(small().notes[0]).toBe(`${task.notes[0]}; hidden 2`);
  });
});

/** A few examples, for a circuit of two nodes. */
function small(choices: object = {}): Task {
  loadDigits();
  const whole = tasks.digits.create({ seed: 1, ...choices, circuit: { hidden: 2 } });
  const part = ({ inputs, targets }: Samples, count: number): Samples => ({
    inputs: inputs.slice(0, count),
    targets: targets.slice(0, count),
  });
  return {
    ...whole,
    train: part(whole.train, 12),
    validation: part(whole.validation, 6),
    grid: part(whole.grid as Samples, 8),
  };
}

describe('the circuits have the sizes that the specification counts', () => {
  const relu = { dynamics: 'relu', readout: 'trained', outputs: 10, horizon: 2 } as const;
  const network = { dynamics: 'rectified', inputs: 65, hidden: 32, outputs: 10, bias: 0.5 } as const;
  it.each([
    [
      '8 × 8, 16 nodes',
      { ...relu, inputs: 65, hidden: 16, inputRails: 'single', targetRails: 'single' },
      2944,
      7339,
    ],
    [
      '8 × 8, 24 nodes',
      { ...relu, inputs: 65, hidden: 24, inputRails: 'single', targetRails: 'single' },
      4368,
      10_955,
    ],
    [
      '14 × 14, 24 nodes',
      { ...relu, inputs: 197, hidden: 24, inputRails: 'single', targetRails: 'single' },
      10_836,
      26_927,
    ],
    ['network R, single rails', { ...network, inputRails: 'single' }, 4413, 10_831],
    ['network R, dual rails', { ...network, inputRails: 'dual' }, 4477, 19_087],
  ] as const)('%s', (_, options, species, reactions) => {
    expect(neuralCrn(options).counts).toEqual({ species, reactions, maxMolecularity: 2 });
  });
});

describe('learning digits', () => {
  it('follows the ideal twin, in weights and decisions', async () => {
    const { history, metrics, circuit } = await train(small({ epochs: 2 }), { ideal: true }).result;
    expect(circuit.counts).toMatchObject({ maxMolecularity: 2 });
    const last = history[2];
    // Twelve steps move weights by about 0.1.
    expect(last.idealDifference).toBeLessThan(1e-4);
    expect(Math.abs(last.validationLoss / (last.idealValidationLoss as number) - 1)).toBeLessThan(1e-3);
    expect(last.trainLoss).toBeLessThan(history[0].trainLoss);
    expect(last.validationAccuracy).toBe(last.idealValidationAccuracy);
    expect(metrics.gridAccuracy).toBe(metrics.idealGridAccuracy);
    expect(metrics.gridConfusion?.flat().reduce((a, b) => a + b)).toBe(8);
  });

  it('keeps no row for every example, and resumes to the same bits', async () => {
    const task = small({ epochs: 2 });
    const whole = await train(task).result;
    expect(whole.weights).toHaveLength(1);
    expect(whole.errors).toEqual([]);
    const first = await train(task, { epochs: 1 }).result;
    const stored = JSON.parse(JSON.stringify(first.checkpoint));
    const resumed = await train(stored.task, { resume: stored, epochs: 2 }).result;
    expect(resumed.checkpoint.concentrations).toEqual(whole.checkpoint.concentrations);
    expect(resumed.history).toEqual(whole.history);
    expect((await train(task, { epochs: 1, keepSteps: true }).result).weights).toHaveLength(13);
  });
});

describe('reproduce digits', () => {
  it('runs over five seeds unless told otherwise, with tasks that workers need no package for', () => {
    loadDigits();
    expect(['digits', 'xor', 'xor digits:wide'].map((words) => usualSeeds(words.split(' ')))).toEqual([
      '5',
      '10',
      '5',
    ]);
    const settings = chooseSettings(['digits'], 1);
    expect(settings.map(({ recipe }) => recipe)).toEqual(['relu', 'wide', 'wider']);
    const { runs } = planRuns(settings, readSeeds('--seeds', '1'), 'o', { epochs: 1 });
    expect(runs[0].input.task).toEqual(tasks.digits.create({ seed: 0, epochs: 1 }));
    expect(runs[0].counts).toEqual({ species: 2945 - 1, reactions: 7340 - 1, maxMolecularity: 2 });
  });
});
