import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { checkout } from '../paths.js';
import { number } from '../report/format.js';
import type { Suite } from './suite.js';

/** Kilobytes, gzipped. */
const KERNEL_GOAL = 25;
const SIMULATE_GOAL = 40;

/** What an application imports, by what it is called here. */
const imports: Record<string, string> = {
  simulate: "export { simulate } from './dist/index.js'",
  'parseNetwork and simulate': "export { parseNetwork, simulate } from './dist/index.js'",
  'everything of neural-crn': "export * from './dist/index.js'",
  'train and linearRegressionTask': "export { train, linearRegressionTask } from './dist/learning.js'",
  odex: "export { Solver } from 'odex'",
  numeric: "export { default } from 'numeric'",
};

/** A kernel's bytes in base64: nothing else in a bundle is one string of such length. */
const KERNEL_BYTES = /[A-Za-z0-9+/]{2000,}={0,2}/g;

interface Size {
  minified: number;
  gzipped: number;
  /** Without the kernel's bytes, gzipped. */
  bare: number;
  /** What is fetched only when it is asked for, gzipped: the JavaScript engine, what writes generated kernels, the full kernel. */
  later: number;
}

const gzipped = (text: string | Uint8Array): number => gzipSync(text, { level: 9 }).byteLength / 1000;

async function bundled(contents: string): Promise<Size> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(checkout) },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    logLevel: 'error',
  });
  const texts = new Map(Object.keys(metafile.outputs).map((path, i) => [path, outputFiles[i].text]));
  const start = [...texts.keys()].find((path) => metafile.outputs[path].entryPoint === '<stdin>') as string;
  const reached = (kinds: readonly string[]) => {
    const seen = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const { path: next, kind } of metafile.outputs[path].imports)
        if (kinds.includes(kind)) visit(next);
    };
    visit(start);
    return seen;
  };
  const atOnce = reached(['import-statement']);
  // esbuild also writes chunks for dynamic imports in code that it drops; nobody ever asks for those.
  const ever = reached(['import-statement', 'dynamic-import']);
  const sum = (paths: Iterable<string>, of: (text: string) => number) =>
    [...paths].reduce((total, path) => total + of(texts.get(path) as string), 0);
  return {
    minified: sum(atOnce, (text) => text.length / 1000),
    gzipped: sum(atOnce, gzipped),
    bare: sum(atOnce, (text) => gzipped(text.replaceAll(KERNEL_BYTES, ''))),
    later: sum(
      [...ever].filter((path) => !atOnce.has(path)),
      gzipped,
    ),
  };
}

/** What an application has to load. */
export const size: Suite = async ({ say }) => {
  say('size');
  const kernel = gzipped(readFileSync(new URL('build/kernel.wasm', checkout)));
  const bundles: Record<string, Size> = {};
  for (const [name, contents] of Object.entries(imports)) bundles[name] = await bundled(contents);
  const { bare } = bundles.simulate;
  return {
    title: 'Size',
    intro:
      'What an application loads at once, bundled with code splitting, tree-shaken and minified by esbuild, in kilobytes ' +
      '(1000 bytes), and what it fetches only where it is needed.',
    tables: [
      {
        title: '',
        head: ['import', 'minified', 'gzipped', 'gzipped, without the kernel’s bytes', 'later, gzipped'],
        rows: [
          ['the kernel alone', '', number(kernel), '', ''],
          ...Object.entries(bundles).map(([name, one]) => [
            name,
            number(one.minified),
            number(one.gzipped),
            number(one.bare),
            number(one.later),
          ]),
        ],
      },
    ],
    targets: [
      {
        what: 'kernel, gzipped',
        reach: `≤ ${KERNEL_GOAL} kB`,
        found: `${number(kernel)} kB`,
        met: kernel <= KERNEL_GOAL,
      },
      {
        what: 'tree-shaken `simulate` without the kernel’s bytes, gzipped',
        reach: `≤ ${SIMULATE_GOAL} kB`,
        found: `${number(bare)} kB`,
        met: bare <= SIMULATE_GOAL,
      },
    ],
    notes: [],
    figures: [],
    data: { kernel, bundles },
  };
};
