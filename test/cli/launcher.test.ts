import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { buildTime, launcher, neuralCrn, ready } from './command.js';

beforeAll(ready, buildTime);

test('the launcher starts the command and keeps standard output clean', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { code, stdout } = await neuralCrn(['--version'], { script: launcher });
  expect(stdout).toBe(`${version}\n`);
  expect(code).toBe(0);
});

test('exit codes come through it', async () => {
  const { code, stderr } = await neuralCrn(['simulate', 'nope.crn', '--quiet'], { script: launcher });
  expect(stderr).toBe('nope.crn: error: cannot be read: there is no such file\n');
  expect(code).toBe(2);
});
