import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../tools/faults.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;
const run = (command: string, args: string[]) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

/** Whether the copy's kernels are those of its sources as they are. */
let hasOwnKernels = false;

const kernels = () => {
  const built = run(process.execPath, ['scripts/build.mjs', '--kernels']);
  expect(built.status, built.stderr).toBe(0);
};

/** Ends with the first test that fails. */
const vitest = (...files: string[]) =>
  run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'vitest.config.ts',
    '--bail=1',
    ...files,
  ]);

describe('deliberate faults are noticed', () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'neural-crn-faults-'));
    const parts = [
      'assembly',
      'src',
      'test',
      'scripts',
      'asconfig.json',
      'package.json',
      'tsconfig.json',
      'vitest.config.ts',
    ];
    for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('the copy passes as it is', () => {
    kernels();
    hasOwnKernels = true;
    const { status, stdout } = vitest(...new Set(faults.map(({ caughtBy }) => caughtBy)));
    expect(status, stdout).toBe(0);
  });

  it.each(faults)('$name: noticed by $caughtBy', ({ file, find, replace, caughtBy }) => {
    const path = join(copy, file);
    const source = readFileSync(path, 'utf8');
    expect(source.split(find).length, `${find} must occur once in ${file}`).toBe(2);
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
    try {
      if (file.startsWith('assembly/')) {
        hasOwnKernels = false;
        kernels();
      } else if (!hasOwnKernels) {
        kernels();
        hasOwnKernels = true;
      }
      const { status, stdout, stderr } = vitest(caughtBy);
      // A failing assertion, not a file that does not load.
      expect(stdout, stdout + stderr).toMatch(/Tests .*\d+ failed/);
      expect(status).toBe(1);
    } finally {
      writeFileSync(path, source);
    }
  });
});
