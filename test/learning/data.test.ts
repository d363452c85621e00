import { describe, expect, it } from 'vitest';
import {
  createRandom,
  csvTask,
  datasets,
  defaultRate,
  fitColumn,
  fitScaling,
  leastSquares,
  linearRegressionTask,
  readCsv,
  scaleInputs,
  scaleTarget,
  split,
  unscaleTarget,
} from '../../src/learning/index.js';
import { regressionTable, toCsv } from './tables.js';

describe('split', () => {
  const samples = {
    inputs: Array.from({ length: 10 }, (_, i) => [i]),
    targets: Array.from({ length: 10 }, (_, i) => i),
  };

  it('holds back a part, in the order of the original, the same for the same seed', () => {
    const { train, validation } = split(samples, 0.3, createRandom(1));
    expect(validation.targets).toHaveLength(3);
    expect([...train.targets, ...validation.targets].sort((a, b) => a - b)).toEqual(samples.targets);
    expect(train.targets).toEqual([...train.targets].sort((a, b) => a - b));
    expect(train.inputs.map(([x]) => x)).toEqual(train.targets);
    expect(split(samples, 0.3, createRandom(1)).validation).toEqual(validation);
    expect(split(samples, 0.3, createRandom(2)).validation).not.toEqual(validation);
  });

  it('leaves at least one row on either side', () => {
    expect(split(samples, 0.001, createRandom(1)).validation.targets).toHaveLength(1);
    expect(split(samples, 0.999, createRandom(1)).train.targets).toHaveLength(1);
    expect(() => split({ inputs: [[1]], targets: [1] }, 0.5, createRandom(1))).toThrow(/at least two rows/);
    for (const fraction of [0, 1, -1, Number.NaN]) {
      expect(() => split(samples, fraction, createRandom(1))).toThrow(/fraction must lie between 0 and 1/);
    }
  });
});

describe('scaling', () => {
  const train = {
    inputs: [
      [1, 100],
      [3, 300],
      [5, 200],
    ],
    targets: [10, 20, 60],
  };
  const names = { features: ['a', 'b'], target: 'y' };

  it('is fitted to the training rows and has an inverse', () => {
    const standard = fitScaling(train, names, { features: 'standard', target: 'standard', augment: 1 });
    const scaled = train.inputs.map((row) => scaleInputs(standard, row));
    for (const j of [0, 1]) {
      expect(scaled.reduce((sum, row) => sum + row[j], 0)).toBeCloseTo(0, 12);
      expect(scaled.reduce((sum, row) => sum + row[j] * row[j], 0) / 3).toBeCloseTo(1, 12);
    }
    expect(scaled.every((row) => row[2] === 1)).toBe(true);
    expect(unscaleTarget(standard, scaleTarget(standard, 17))).toBeCloseTo(17, 12);
  });

  it('puts a range onto an interval', () => {
    expect(fitColumn([2, 4, 6], 'unit')).toEqual({ offset: 2, scale: 4 });
    const map = fitColumn([2, 4, 6], 'unit', [0.2, 1.2])!;
    expect((2 - map.offset) / map.scale).toBeCloseTo(0.2, 12);
    expect((6 - map.offset) / map.scale).toBeCloseTo(1.2, 12);
    expect(fitColumn([2, 4], 'none')).toEqual({ offset: 0, scale: 1 });
  });

  it('refuses columns that do not change', () => {
    const choices = { features: 'standard', target: 'standard', augment: 1 } as const;
    const flat = {
      inputs: [
        [1, 7],
        [2, 7],
      ],
      targets: [1, 2],
    };
    expect(() => fitScaling(flat, names, choices)).toThrow(
      /column "b" is 7 in every training row.*leave it out/,
    );
    const label = {
      inputs: [
        [1, 7],
        [2, 8],
      ],
      targets: [3, 3],
    };
    expect(() => fitScaling(label, names, choices)).toThrow(/target "y" is 3 in every training row/);
    expect(fitColumn([1e9, 1e9 + 1e-4], 'standard')).toBeNull();
  });

  it('refuses rows of another width', () => {
    const scaling = fitScaling(train, names, { features: 'none', target: 'none', augment: null });
    expect(() => scaleInputs(scaling, [1])).toThrow('a row needs 2 features, got 1');
  });
});

describe('the linear regression data set', () => {
  it('is y = x1 + 2 x2 + 1 + noise, with x in [1, 5)² and θ in [0.1, 0.5)', () => {
    const data = datasets.linearRegression({ seed: 3, train: 2000, validation: 10 });
    const rows = data.train.inputs.map((row) => [...row, 1]);
    const { coefficients } = leastSquares(rows, data.train.targets);
    for (const [j, value] of [1, 2, 1].entries())
      expect(Math.abs(coefficients[j] - value)).toBeLessThan(0.06);
    expect(data.train.inputs.flat().every((x) => x >= 1 && x < 5)).toBe(true);
    expect(data.theta.every((theta) => theta >= 0.1 && theta < 0.5)).toBe(true);
    let variance = 0;
    data.train.targets.forEach((y, i) => {
      const residual = y - (data.train.inputs[i][0] + 2 * data.train.inputs[i][1] + 1);
      variance += (residual * residual) / 2000;
    });
    expect(Math.sqrt(variance)).toBeCloseTo(0.4, 1);
  });

  it('has 41 and 101 examples and depends on the seed alone', () => {
    const data = datasets.linearRegression({ seed: 1 });
    expect(data.train.targets).toHaveLength(41);
    expect(data.validation.targets).toHaveLength(101);
    expect(datasets.linearRegression({ seed: 1 })).toEqual(data);
    expect(datasets.linearRegression({ seed: 2 }).theta).not.toEqual(data.theta);
    expect(() => datasets.linearRegression({ train: 0 })).toThrow(/train must be a positive integer/);
    expect(() => datasets.linearRegression({ noise: -1 })).toThrow(/noise must be/);
    expect(() => datasets.linearRegression({ seed: 0.5 })).toThrow(/seed must be/);
  });
});

describe('tasks', () => {
  it('of the generator: defaults of the task, options of the circuit', () => {
    expect(linearRegressionTask()).toMatchObject({
      experiment: 'linear-regression',
      epochs: 10,
      order: 'fixed',
      circuit: { inputs: 2, rails: 'positive', rate: 0.02, drift: 0.1 },
    });
    expect(
      linearRegressionTask({ rails: 'dual', theta: [0, 0], constants: { kg: 2 } }).circuit,
    ).toMatchObject({
      rails: 'dual',
      theta: [0, 0],
      constants: { kg: 2 },
    });
  });

  it('of a table: dual rails, augmented, standardised, rate from the data', () => {
    const table = regressionTable(1);
    const task = csvTask(toCsv(table), { target: 'y', seed: 2 });
    expect(task.circuit).toMatchObject({ inputs: 6, rails: 'dual', drift: false });
    expect(task).toMatchObject({ order: 'shuffled', epochs: 20, scaling: { augment: 1 } });
    expect(task.validation.targets).toHaveLength(40);
    const rate = task.circuit.rate!;
    let [mean, largest] = [0, 0];
    for (const row of task.train.inputs) {
      const square = scaleInputs(task.scaling, row).reduce((sum, value) => sum + value * value, 0);
      mean += square / task.train.inputs.length;
      largest = Math.max(largest, square);
    }
    expect(rate * 0.25 * mean).toBeGreaterThan(0.09);
    expect(rate * 0.25 * mean).toBeLessThan(0.11);
    expect(rate * 0.25 * largest).toBeLessThanOrEqual(1.05);
    expect(task.notes.join('\n')).toContain(`learning rate ${rate} derived from the data`);
  });

  it('derive a rate that the largest row and the chemistry bear', () => {
    const rows = [...Array.from({ length: 99 }, () => [1]), [100]];
    expect(defaultRate(rows, 0.5).rate * 0.25 * 1e4).toBeLessThanOrEqual(1);
    expect(defaultRate([[1e-6]], 0.5).rate).toBeLessThan(0.6);
  });

  it('refuse options that cannot be', () => {
    const csv = toCsv(regressionTable(1));
    expect(() => csvTask(csv, {})).toThrow(/target is missing/);
    expect(() => csvTask(readCsv(csv, { target: 'y' }), { target: 'a' })).toThrow(/read with target "y"/);
    expect(() => csvTask(csv, { target: 'y', augment: 0 })).toThrow(/augment must be/);
    expect(() => csvTask(csv, { target: 'y', test: 1 })).toThrow(/fraction/);
    expect(() => csvTask(csv, { target: 'y', rails: 'one' as never })).toThrow(/rails must be/);
    expect(() => csvTask(csv, { target: 'y', scaling: 'log' as never })).toThrow(
      /scaling must be one of none, standard/,
    );
    expect(() => csvTask(csv, { target: 'y', rails: 'positive', scaling: 'standard' })).toThrow(/use 'unit'/);
  });

  it('refuse positive rails where a row lies far below the training rows, naming its line', () => {
    const table = regressionTable(1, { slopes: [3, 1] });
    const held = csvTask(toCsv(table), { target: 'y', rails: 'positive' }).validation.targets[3];
    const row = table.rows.findIndex((values) => values[2] === held);
    table.rows[row][1] = -99;
    expect(() => csvTask(toCsv(table), { target: 'y', rails: 'positive' })).toThrow(
      new RegExp(`line ${row + 2}, column "b": -99 would need a negative concentration.*dual rails`),
    );
  });

  it('refuse positive rails where a weight must be negative, naming the columns', () => {
    const table = regressionTable(1);
    expect(() => csvTask(toCsv(table), { target: 'y', rails: 'positive' })).toThrow(
      /least squares on the training rows needs a negative weight for b \(θ = -[\d.]+\) and d \(θ = -[\d.]+\); use dual/,
    );
    const twice = {
      ...table,
      columns: ['a', 'a2', 'y'],
      rows: table.rows.map((row) => [row[0], row[0] * 2, row[0]]),
    };
    expect(() => csvTask(toCsv(twice), { target: 'y', rails: 'positive' })).toThrow(
      /computed from the other columns/,
    );
  });
});
