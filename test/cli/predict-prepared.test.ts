import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModel } from '../../src/learning/index.js';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const scratch = new Workplace();
beforeAll(ready, buildTime);
afterAll(() => scratch.remove());

it('a model of images says how they were prepared, when it predicts, too', async () => {
  const out = scratch.at('digits');
  const trained = await neuralCrn([
    ...['train', 'digits', '--epochs', '1', '--examples', '20', '--hidden', '2', '--no-ideal'],
    ...['--no-plots', '--quiet', '--out', out],
  ]);
  expect(trained.stderr).toBe('');
  const file = `${out}/model.json`;
  const { prepared, features } = loadModel(readFileSync(file, 'utf8'));
  expect(prepared).toEqual([
    expect.stringMatching(/^images: moved, sheared/),
    expect.stringMatching(/8 × 8$/),
  ]);
  const table = scratch.at('images.csv');
  writeFileSync(table, `${features.join()}\n${features.map(() => 0.5).join()}\n`);
  const { code, stderr } = await neuralCrn(['predict', file, table]);
  expect(code).toBe(0);
  expect(stderr).toContain('images: moved, sheared and scaled');
  expect(stderr).toContain('as the table');
});
