import { describe, expect, it } from 'vitest';
import {
  createRandom,
  csvTask,
  DataError,
  encodeLabel,
  loadModel,
  predict,
  readCsv,
  readExamples,
  saveModel,
  scaleInputs,
  splitClasses,
  train,
  trainReport,
} from '../../src/learning/index.js';

/** Rows of names after their features. */
const csv = (rows: (string | number)[][], header = 'a,b,kind') =>
  `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
/** Three classes that a line each tells apart from the others; sorted, as tables often are. */
const clouds = (each = 12) => {
  const random = createRandom(5);
  return csv(
    ['plum', 'apple', 'pear'].flatMap((name, k) =>
      Array.from({ length: each }, () => [
        (100 * Math.cos(2.1 * k) + random.normal(0, 18)).toFixed(2),
        (3 + Math.sin(2.1 * k) + random.normal(0, 0.18)).toFixed(3),
        name,
      ]),
    ),
  );
};
const refusal = (text: string, options: Parameters<typeof csvTask>[1] = {}) => {
  try {
    csvTask(text, { target: 'kind', ...options });
  } catch (error) {
    return error as DataError;
  }
  throw new Error('it was not refused');
};

describe('readExamples', () => {
  it('takes a column without a number for classes, in the order of their names', () => {
    const data = readExamples('a,kind\n1,pear\n2,apple\n3,Pear\n4,pear\n', { target: 'kind' });
    expect(data).toMatchObject({
      classes: ['Pear', 'apple', 'pear'],
      targets: [2, 1, 0, 2],
      inputs: [[1], [2], [3], [4]],
      features: ['a'],
      lines: [2, 3, 4, 5],
    });
  });

  it('takes numbers for values, unless told that they are classes', () => {
    const text = 'a,kind\n1,10\n2,9\n3,10\n4,9\n';
    expect(readExamples(text, { target: 'kind' })).toEqual(readCsv(text, { target: 'kind' }));
    expect(readExamples(text, { target: 'kind', classes: true })).toMatchObject({
      classes: ['9', '10'],
      targets: [1, 0, 1, 0],
    });
  });

  it('never takes a slip in a column of numbers for a class', () => {
    const text = 'a,kind\n1,10\n2,nine\n3,10\n';
    expect(() => readExamples(text, { target: 'kind' })).toThrow(/line 3, column "kind": "nine" is not/);
    expect(readExamples(text, { target: 'kind', classes: true }).classes).toEqual(['10', 'nine']);
    expect(() => readExamples('a,kind\n1,x\n2,y\n', { target: 'kind', classes: false })).toThrow(
      /"x" is not a finite number/,
    );
  });

  it('refuses missing classes and features by line and column', () => {
    for (const cell of ['', '?', 'NA']) {
      const read = () => readExamples(`a,kind\n1,x\n2,${cell}\n`, { target: 'kind' });
      expect(read).toThrow(DataError);
      expect(read).toThrow(/line 3, column "kind": the class is missing/);
    }
    expect(() => readExamples('a,kind\n1,x\nold,y\n', { target: 'kind' })).toThrow(
      /line 3, column "a": "old" is not a finite number/,
    );
    expect(() => readExamples('a,kind\n1,x\n', { target: 'sort' })).toThrow(/no column "sort"/);
    expect(() => readExamples('kind\nx\ny\n', { target: 'kind' })).toThrow(/no column to learn from/);
  });
});

describe('splitClasses', () => {
  const samples = (counts: number[]) => {
    const targets = counts.flatMap((count, k) => new Array<number>(count).fill(k));
    return { inputs: targets.map((_, row) => [row]), targets };
  };
  const parts = (counts: number[], fraction: number, seed = 0) => {
    const { train: a, validation: b } = splitClasses(samples(counts), fraction, createRandom(seed));
    const count = (labels: number[]) => counts.map((_, k) => labels.filter((label) => label === k).length);
    expect([...a.inputs, ...b.inputs].map(([row]) => row).sort((x, y) => x - y)).toEqual(
      samples(counts).inputs.map(([row]) => row),
    );
    expect(a.inputs).toEqual([...a.inputs].sort(([x], [y]) => x - y));
    return { counts: [count(a.targets), count(b.targets)], held: b.inputs.map(([row]) => row) };
  };

  it('keeps the part of every class, and one row at least on either side', () => {
    expect(parts([50, 10, 2], 0.2).counts).toEqual([
      [40, 8, 1],
      [10, 2, 1],
    ]);
    expect(parts([4, 3], 0.9).counts).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(parts([50, 50], 0.2, 1).held).not.toEqual(parts([50, 50], 0.2, 2).held);
    expect(parts([50, 50], 0.2, 1).held).toEqual(parts([50, 50], 0.2, 1).held);
  });

  it('refuses a class of a single row and a part that is none', () => {
    expect(() => splitClasses(samples([3, 1]), 0.2, createRandom(0))).toThrow(/class 1 has a single row/);
    expect(() => splitClasses(samples([3, 3]), 1, createRandom(0))).toThrow(RangeError);
  });
});

describe('csvTask with classes', () => {
  it('makes one-hot labels, inputs in [−1, 1] and network R', () => {
    const task = csvTask(clouds(), { target: 'kind', seed: 3, name: 'fruit' });
    expect(task).toMatchObject({
      experiment: 'fruit',
      seed: 3,
      target: 'kind',
      labels: { kind: 'oneHot', classes: ['apple', 'pear', 'plum'], off: -1, on: 1 },
      circuit: { dynamics: 'rectified', inputs: 3, outputs: 3, hidden: 9, rate: expect.any(Number) },
      epochs: 40,
      order: 'shuffled',
    });
    for (const j of [0, 1]) {
      const column = task.train.inputs.map((row) => scaleInputs(task.scaling, row)[j]);
      expect(Math.min(...column)).toBeCloseTo(-1, 12);
      expect(Math.max(...column)).toBeCloseTo(1, 12);
    }
    expect(encodeLabel(task.labels!, task.scaling, 2)).toEqual([-1, -1, 1]);
    const held = [0, 1, 2].map((k) => task.validation.targets.filter((label) => label === k).length);
    expect(held).toEqual([2, 2, 2]);
    expect(task.notes.join('\n')).toMatch(/30 training and 6 validation rows, split within each class/);
  });

  it('learns by the circuit of the handwritten digits where that is asked for', async () => {
    const task = csvTask(clouds(), { target: 'kind', recipe: 'relu' });
    const { circuit } = task;
    expect(circuit).toMatchObject({ dynamics: 'relu', hidden: 9, inputs: 3, outputs: 3, inputRails: 'dual' });
    // mean‖x‖² of two features in [0, 1] is below 1: the largest of both rates.
    expect([circuit.rate, circuit.readoutRate]).toEqual([0.1, 0.036]);
    expect(task.scaling.augment).toBe(1);
    expect(encodeLabel(task.labels!, task.scaling, 2)).toEqual([0, 0, 1]);
    for (const j of [0, 1]) {
      const column = task.train.inputs.map((row) => scaleInputs(task.scaling, row)[j]);
      expect([Math.min(...column), Math.max(...column)]).toEqual([0, 1]);
    }
    const { history } = await train(task, { epochs: 6, ideal: true }).result;
    expect(history[6].trainAccuracy).toBeGreaterThan(0.9);
    expect(history[6].trainAccuracy).toBe(history[6].idealTrainAccuracy);

    const pixels = csv(Array.from({ length: 8 }, (_, k) => [k / 8, 1 - k / 8, `c${k % 2}`]));
    const asTheyAre = csvTask(pixels, { target: 'kind', recipe: 'relu', scaling: 'none' });
    expect(asTheyAre.circuit.inputRails).toBe('single');
  });

  it('refuses another recipe, and one for a regression', () => {
    expect(refusal(clouds(), { recipe: 'cubic' as never }).message).toBe(
      "recipe must be 'rectified' or 'relu', got \"cubic\"",
    );
    const values = csv([1, 2, 3, 4].map((a) => [a, -a, 2 * a]));
    expect(refusal(values, { recipe: 'relu' }).message).toMatch(/recipe is for classifications/);
  });

  it('takes options in place of what follows from the data', () => {
    const task = csvTask(clouds(), {
      ...{ target: 'kind', hidden: 6, rate: 0.02, epochs: 7, order: 'fixed', test: 0.5, scaling: 'standard' },
      ...{ learnTime: 30, theta: new Array<number>(18).fill(0.1) },
    });
    expect(task.circuit).toMatchObject({ hidden: 6, rate: 0.02, learnTime: 30 });
    expect(task.circuit.theta?.flat()).toEqual(new Array<number>(18).fill(0.1));
    expect([task.epochs, task.order, task.validation.targets.length]).toEqual([7, 'fixed', 18]);
    const first = task.train.inputs.map((row) => scaleInputs(task.scaling, row)[0]);
    expect(first.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
    expect(csvTask(clouds(), { target: 'kind', rate: 0.5 }).notes.join()).not.toMatch(/derived/);
  });

  it('has enough nodes for every number of classes, and smaller steps for more inputs', () => {
    const hidden = (n: number) => {
      const rows = Array.from({ length: 2 * n }, (_, k) => [k, -k % 7, `c${k % n}`]);
      return csvTask(csv(rows), { target: 'kind' }).circuit.hidden;
    };
    expect([2, 3, 4, 5, 12].map(hidden)).toEqual([8, 9, 8, 10, 24]);
    const rate = (columns: number) => {
      const random = createRandom(1);
      const names = Array.from({ length: columns }, (_, j) => `x${j}`);
      const rows = Array.from({ length: 20 }, (_, k) => [...names.map(() => random.uniform()), `c${k % 2}`]);
      return csvTask(csv(rows, `${names.join()},kind`), { target: 'kind' }).circuit.rate!;
    };
    expect(rate(1)).toBe(0.1);
    expect(rate(40)).toBeLessThan(rate(4));
  });

  it.each([
    [
      'a class with a single row',
      csv([
        [1, 2, 'x'],
        [2, 1, 'x'],
        [3, 0, 'y'],
      ]),
      {},
      'smallClass',
      /class "y" of column "kind" has one row only, line 4: .*leave such rows out/,
    ],
    [
      'one class',
      csv([
        [1, 2, 'x'],
        [2, 1, 'x'],
      ]),
      {},
      'oneClass',
      /the target "kind" is "x" in every row/,
    ],
    [
      'more than 50 classes',
      csv(Array.from({ length: 102 }, (_, k) => [k, -k, `c${k % 51}`])),
      {},
      'tooManyClasses',
      /"kind" has 51 different values; a classification has at most 50/,
    ],
    [
      'a number as class that is written in two ways',
      csv([
        [1, 2, '1'],
        [2, 1, '2'],
        [3, 0, '1.0'],
        [4, 1, '2'],
      ]),
      { classes: true },
      'ambiguousClass',
      /line 4, column "kind": the class "1\.0" is the number that line 2 writes "1"; write it in one way/,
    ],
    [
      'many numbers as classes',
      csv(Array.from({ length: 60 }, (_, k) => [k, -k, k])),
      { classes: true },
      'tooManyClasses',
      /60 different values/,
    ],
    [
      'a constant feature',
      csv([
        [1, 2, 'x'],
        [1, 3, 'x'],
        [1, 0, 'y'],
        [1, 4, 'y'],
      ]),
      {},
      'constantColumn',
      /column "a" is 1 in every training row/,
    ],
  ])('refuses %s', (_, text, options, code, message) => {
    const error = refusal(text, options);
    expect(error).toBeInstanceOf(DataError);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it.each([
    [{ rails: 'positive' as const }, /use dual rails/],
    [{ augment: 1 }, /augment is not for classifications/],
    [{ drift: 0.1 }, /drift is not for classifications/],
    [{ test: 0 }, /fraction must lie between 0 and 1/],
    [{ hidden: 0 }, /hidden must be an integer ≥ 1/],
  ])('refuses %o by name', (options, message) => {
    expect(refusal(clouds(), options).message).toMatch(message);
    expect(refusal(clouds(), options)).toBeInstanceOf(RangeError);
  });

  it('keeps to regressions where the target is numbers', () => {
    const text = csv([
      [1, 2, 3],
      [2, 1, 5],
      [3, 3, 4],
      [4, 1, 1],
      [5, 2, 2],
    ]);
    expect(csvTask(text, { target: 'kind' }).labels).toBeUndefined();
    expect(() => csvTask(text, { target: 'kind', hidden: 4 })).toThrow(/hidden is for classifications/);
    expect(() => csvTask(readCsv(text, { target: 'kind' }), { classes: true })).toThrow(
      /classes is true, but the table was read without/,
    );
  });
});

it('a table of classes is learned, reported, saved and used by names', async () => {
  const task = csvTask(clouds(), { target: 'kind', epochs: 6 });
  const result = await train(task).result;
  expect(result.history[0].validationAccuracy).toBeLessThan(0.9);
  expect(result.metrics.validationAccuracy).toBe(1);
  expect(result.metrics.confusion).toEqual([
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 2],
  ]);
  expect(trainReport(result).digital.join('\n')).toMatch(
    /scaling: .*\n.*\ndecision: the class whose output/s,
  );
  const model = loadModel(saveModel(result.model));
  expect(model.labels).toMatchObject({ classes: ['apple', 'pear', 'plum'] });
  // The middles of the clouds.
  const middles = [
    [-50, 3.86],
    [-50, 2.13],
    [100, 3],
  ];
  expect(await predict(model, middles)).toEqual([0, 1, 2]);
  const damaged = { ...model, labels: { ...model.labels, classes: ['apple', 'pear'] } };
  expect(() => loadModel(damaged)).toThrow(/labels.classes must have one name per output/);
});
