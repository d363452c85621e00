/** Learning from tables of many kinds, against least squares on the same split. The table it prints is recorded in docs/studies.md. */
import { expect, it } from 'vitest';
import { csvTask, leastSquares, rSquared, scaleInputs, train } from '../../src/learning/index.js';
import { regressionTable, type TableOptions, toCsv } from '../learning/tables.js';

const kinds: [string, TableOptions][] = [
  ['5 columns', { noise: 0.12 }],
  ['5 columns, more noise', { noise: 0.3 }],
  ['5 columns, correlation 0.5', { noise: 0.08, correlation: 0.5 }],
  ['5 columns, correlation 0.8', { noise: 0.06, correlation: 0.8 }],
  ['5 columns, units from 1e-6 to 1e9', { noise: 0.12, units: [1e-6, 1, 1e5, 30, 1e9] }],
  ['1 column', { noise: 0.12, slopes: [-2] }],
  ['12 columns', { noise: 0.12, slopes: [1, -2, 3, -1, 2, 0.5, -0.5, 1, 1, -3, 2, 1] }],
];

it('reaches what least squares reaches', async () => {
  const lines = [
    '# Learning from tables: validation R², chemistry against least squares',
    '',
    '| table | seed | least squares | chemistry |',
    '|---|---|---|---|',
  ];
  for (const [name, options] of kinds) {
    for (let seed = 10; seed < 15; seed++) {
      const task = csvTask(toCsv(regressionTable(seed, options)), { target: 'y', seed });
      const columns = (inputs: number[][]) => inputs.map((row) => scaleInputs(task.scaling, row));
      const { coefficients } = leastSquares(columns(task.train.inputs), task.train.targets);
      const line = columns(task.validation.inputs).map((row) =>
        row.reduce((s, x, j) => s + x * coefficients[j], 0),
      );
      const best = rSquared(line, task.validation.targets)!;
      const reached = (await train(task).result).metrics.validationR2!;
      lines.push(`| ${name} | ${seed} | ${best.toFixed(4)} | ${reached.toFixed(4)} |`);
      if (best >= 0.97) expect(reached, `${name}, seed ${seed}`).toBeGreaterThanOrEqual(0.95);
      expect(reached, `${name}, seed ${seed}`).toBeGreaterThan(best - 0.02);
    }
  }
  console.log(lines.join('\n'));
}, 600_000);
