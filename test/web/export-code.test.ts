import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { exportCode } from '../../web/simulate/export-code';
import { exportJob } from '../../web/simulate/jobs';
import { presets } from '../../web/simulate/presets';
import type { RunRequest } from '../../web/simulate/protocol';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'neural-crn-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the code gives when it is run. */
async function csvOf(code: string, name: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'ts', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    alias: { 'neural-crn': './src/index.ts', 'neural-crn/plot': './src/plot/index.ts' },
    absWorkingDir: root,
  });
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, outputFiles[0].text);
  return (await import(pathToFileURL(file).href)).csv;
}

const request = (text: string, change: Partial<RunRequest> = {}): RunRequest => ({
  text,
  changes: {},
  settings: {},
  logTime: false,
  most: 1000,
  wanted: [],
  ...change,
});

const cases: [string, RunRequest][] = [
  [
    'robertson',
    request(presets.find(({ name }) => name === 'robertson')!.text, { changes: { 'r:1': 1e7, 'i:A': 2 } }),
  ],
  [
    'odd text',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what must not become a template of the code
    request('# `odd` ${text} \\ \ninit `a b` = 1\n`a b` ->{k} B\nparam k = 1\nsimulate to 4 save 50', {
      changes: { 'p:k': 0.5, 'i:a b': 3 },
      settings: { to: 2, rtol: 1e-9, method: 'tsit5' },
    }),
  ],
];

test.each(cases)('the exported code of %s gives the rows of the page', async (name, asked) => {
  const { text } = await exportJob(asked, 'csv', new AbortController().signal);
  expect(await csvOf(exportCode(asked), name.replace(' ', '-'))).toBe(text);
});

test('what neither text nor settings say is in the code', () => {
  const code = exportCode(request('A -> B\ninit A = 1'), { until: 10, attempts: 3e6 });
  expect(code).toContain('to: 10');
  expect(code).toContain('maxSteps: 6000000');
});
