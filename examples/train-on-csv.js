// Chemistry that learns a table:  node examples/train-on-csv.js
import { readFile } from 'node:fs/promises';
import { csvTask, predict, train } from 'neural-crn/learning';

const table = await readFile(new URL('./data/line.csv', import.meta.url), 'utf8');
const task = csvTask(table, { target: 'y', epochs: 5, seed: 1 });

const run = train(task);
for await (const { epoch, trainLoss, validationLoss } of run) {
  console.log(`epoch ${epoch}: loss ${trainLoss.toFixed(3)}, of rows held back ${validationLoss.toFixed(3)}`);
}

const { metrics, model } = await run.result;
console.log(`R² of rows held back: ${metrics.validationR2?.toFixed(3)}`);
// y = 4 + 1.5·x1 + 0.8·x2, but for noise.
console.log('predicted for (2, 3):', (await predict(model, [[2, 3]]))[0].toFixed(2), 'of 9.4');
