import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  csvTask,
  DataError,
  leastSquares,
  readCsv,
  rSquared,
  scaleInputs,
  type Task,
  train,
  trainReport,
} from '../../src/learning/index.js';
import { regressionTable, type TableOptions, toCsv } from './tables.js';

/** R² on the validation rows of the straight line that least squares finds on the training rows. */
function bestLine({ train: rows, validation, scaling }: Task): number {
  const columns = (inputs: number[][]) => inputs.map((row) => scaleInputs(scaling, row));
  const { coefficients } = leastSquares(columns(rows.inputs), rows.targets);
  const predictions = columns(validation.inputs).map((row) =>
    row.reduce((sum, value, j) => sum + value * coefficients[j], 0),
  );
  return rSquared(predictions, validation.targets)!;
}

describe('learning from a table with dual rails', () => {
  const tables: [string, number, TableOptions][] = [
    ['5 columns, values and slopes of both signs', 0, { noise: 0.12 }],
    ['correlated columns', 2, { noise: 0.06, correlation: 0.8 }],
    ['units from 1e-6 to 1e9', 3, { noise: 0.12, units: [1e-6, 1, 1e5, 30, 1e9] }],
  ];
  for (const [name, seed, options] of tables) {
    it(`comes close to least squares: ${name}`, async () => {
      const task = csvTask(toCsv(regressionTable(seed, options)), { target: 'y', seed, name: 'table.csv' });
      expect(task.train.inputs.flat().some((value) => value < 0)).toBe(true);
      expect(bestLine(task)).toBeGreaterThan(0.97);
      const result = await train(task).result;
      expect(result.metrics.validationR2).toBeGreaterThan(0.95);
      expect(Math.abs(result.metrics.validationR2! - bestLine(task))).toBeLessThan(0.01);
      expect(Math.min(...result.parameters.theta)).toBeLessThan(-1);
    });
  }

  it('reports losses in the units of the label', async () => {
    const table = regressionTable(4);
    const large = {
      ...table,
      rows: table.rows.map((row) => [...row.slice(0, -1), 1000 * row[row.length - 1]]),
    };
    const losses = async (csv: string) => {
      const { history } = await train(csvTask(csv, { target: 'y', epochs: 1 })).result;
      return history.map(({ validationLoss }) => validationLoss);
    };
    const [small, big] = [await losses(toCsv(table)), await losses(toCsv(large))];
    for (const [epoch, loss] of small.entries()) expect(big[epoch] / loss).toBeCloseTo(1e6, -1);
  });

  it('says what was decided from the data', async () => {
    const task = csvTask(toCsv(regressionTable(4)), { target: 'y', epochs: 0, seed: 9 });
    const report = trainReport(await train(task).result);
    expect(report.inputs).toEqual(['a', 'b', 'c', 'd', 'e', '1']);
    expect(report.digital.join('\n')).toMatch(/augmentation: one input is always dosed with 1\nscaling: /);
    expect(report.notes.join('\n')).toMatch(/160 training and 40 validation rows, split by seed 9/);
  });
});

describe('learning from a table with positive rails', () => {
  it('works where all weights are positive', async () => {
    const task = csvTask(toCsv(regressionTable(1, { slopes: [3, 1], noise: 0.12 })), {
      target: 'y',
      rails: 'positive',
      seed: 1,
    });
    const result = await train(task).result;
    expect(result.circuit.counts).toEqual({ species: 19, reactions: 32, maxMolecularity: 2 });
    expect(result.metrics.validationR2).toBeGreaterThan(bestLine(task) - 0.01);
  });

  it('refuses rows that the rails cannot hold, by row and column', async () => {
    const task = csvTask(toCsv(regressionTable(1, { slopes: [3, 1] })), {
      target: 'y',
      rails: 'positive',
      seed: 1,
    });
    task.validation.inputs[4][1] = -1000;
    const error = await train(task).result.catch((failure) => failure);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'needsDualRails', column: 'b', value: '-1000' });
    expect(error.message).toMatch(/validation row 5, column "b": -1000 .* is below 0.*use dual rails/);
  });

  it('refuses unscaled negative labels', async () => {
    const text = 'a,y\n1,-2\n2,5\n3,8\n4,11\n5,14\n';
    const task = { ...csvTask(text, { target: 'y' }) };
    task.circuit = { ...task.circuit, rails: 'positive', theta: [0, 0] };
    task.scaling = { features: [{ offset: 0, scale: 1 }], target: { offset: 0, scale: 1 }, augment: 1 };
    await expect(train(task).result).rejects.toThrow(/column "y": -2 is below 0/);
  });
});

describe('the example tables', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../examples/data/${name}`, import.meta.url), 'utf8');

  it('line.csv is learned on positive rails', async () => {
    const task = csvTask(read('line.csv'), { target: 'y', rails: 'positive' });
    expect((await train(task).result).metrics.validationR2).toBeGreaterThan(0.95);
  });

  it('river.csv has 200 rows, 5 inputs of different units and both signs, and is learned', async () => {
    const data = readCsv(read('river.csv'), { target: 'oxygen' });
    expect(data.features).toHaveLength(5);
    expect(data.targets).toHaveLength(200);
    const task = csvTask(data);
    expect(bestLine(task)).toBeGreaterThan(0.97);
    expect((await train(task).result).metrics.validationR2).toBeGreaterThan(0.95);
    expect(() => csvTask(data, { rails: 'positive' })).toThrow(/temperature/);
  });
});
