import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { train } from '../../src/learning/index.js';
import { trainingCode } from '../../web/learn/export/code.js';
import { CSV, DEFAULT_SETUP, type Setup } from '../../web/learn/setup.js';
import { taskOf } from '../../web/learn/worker/plan.js';

const run = promisify(execFile);
const learning = fileURLToPath(new URL('../../src/learning/index.ts', import.meta.url));

const TABLE = `a,b,y\n${Array.from({ length: 30 }, (_, k) => `${k % 7},${(k * k) % 5},${(k % 7) - 2 * ((k * k) % 5)}`).join('\n')}\n`;
const NAMES = `a,b,kind\n${Array.from({ length: 30 }, (_, k) => `${k % 7},${(k * k) % 5},${k % 7 > 3 ? 'large' : 'small'}`).join('\n')}\n`;
const table = (target: string) => ({ name: "it's", target, test: 0.3, classes: null });

const SETUPS: [string, Partial<Setup>, string?][] = [
  ['a named task', { task: 'linear-regression', epochs: 2, seed: 3 }],
  [
    'a recipe with another circuit',
    {
      task: 'product-regression',
      recipe: 'constant',
      epochs: 1,
      order: 'shuffled',
      circuit: { rate: 0.3, constants: { kg: 5 } },
    },
  ],
  ['a clock taken out', { task: 'linear-regression', recipe: 'coop', clock: 'none', epochs: 1 }],
  [
    'a table of numbers',
    { task: CSV, epochs: 2, seed: 1, table: table('y'), circuit: { horizon: 0.4 } },
    TABLE,
  ],
  ['a table of names', { task: CSV, epochs: 1, table: table('kind'), circuit: { hidden: 6 } }, NAMES],
];

describe('the code that the Learn view prints', () => {
  it.each(SETUPS)('trains the same: %s', async (_, part, text) => {
    const setup: Setup = { ...DEFAULT_SETUP, ...part };
    const folder = await mkdtemp(join(tmpdir(), 'learn-code-'));
    try {
      await writeFile(join(folder, 'train.ts'), trainingCode(setup));
      if (text) await writeFile(join(folder, "it's.csv"), text);
      await build({
        entryPoints: [join(folder, 'train.ts')],
        outfile: join(folder, 'train.mjs'),
        bundle: true,
        platform: 'node',
        format: 'esm',
        alias: { 'neural-crn/learning': learning },
      });
      const { stdout } = await run(process.execPath, ['train.mjs'], { cwd: folder });
      const { history, model } = await train(taskOf(setup, text)).result;
      const printed = history.map((record) =>
        [record.epoch, record.trainLoss, record.validationLoss].map(String).join(' '),
      );
      expect(stdout.trim().split('\n')).toEqual(printed);
      expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'))).toEqual(
        JSON.parse(JSON.stringify(model)),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
