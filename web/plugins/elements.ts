import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin as EsbuildPlugin, transform } from 'esbuild';
import type { Plugin } from 'vite';
import { NOTICES } from './notices.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const common = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  absWorkingDir: at('../..'),
} as const;

const refusing = (name: string) =>
  `export const ${name} = () => { throw new Error('${name} is not in the single file of elements'); };`;

/** The elements run WebAssembly. */
const javaScript = [/generated[/\\]kernel-js\.ts$/, refusing('createJsKernel')] as const;

/** The elements learn by rate equations. */
const molecules = [
  /stochastic[/\\]inlined\.ts$/,
  ['createStochasticReactor', 'simulateStochastic', 'simulateStochasticMany'].map(refusing).join('\n'),
] as const;

/** What the simulator does without besides, to be small: the generator of kernels, explanations, races. */
const leftOut = [
  javaScript,
  [/kernels[/\\]emit\.ts$/, refusing('emitKernels')],
  [/simulate[/\\]explain\.ts$/, refusing('explainCompile')],
  [/race[/\\]race-job\.ts$/, refusing('race')],
  // What writes values into a text, which no element offers.
  [/simulate[/\\]tokens\.ts$/, 'export const tokensOf = () => [];'],
  [/simulate[/\\]kernels\.ts$/, "export const kernels = 'interpreted';"],
] as const;

/**
 * The kernel's bytes as characters: as they are where a text can hold them, else 256 further on. Compressed that is a
 * quarter less than the base64 of the library, which is made from it again.
 */
function plainKernel(module: string): string {
  const [, name, base64] = /export const (\w+) =\s*['"`]([A-Za-z0-9+/=]{1000,})['"`]/.exec(module) ?? [];
  if (!name) return module;
  const characters = [...Buffer.from(base64, 'base64')].map((byte) =>
    String.fromCharCode(
      byte >= 35 && byte < 127 && byte !== 92 && byte !== 39 && byte !== 96 ? byte : byte + 256,
    ),
  );
  return `export const ${name} = btoa(${JSON.stringify(characters.join(''))}.replace(/[^]/g, (c) => String.fromCharCode(c.charCodeAt(0) & 255)));`;
}

/** Sources under their users' names, style sheets as text, and what a single file goes without. */
const sources = (without: readonly (readonly [RegExp, string])[]): EsbuildPlugin => ({
  name: 'sources',
  setup(of) {
    of.onResolve({ filter: /^neural-crn(\/|$)/ }, ({ path }) => ({
      path: at(`../../src${path.slice('neural-crn'.length)}/index.ts`),
    }));
    of.onResolve({ filter: /\.css\?inline$/ }, async ({ path, resolveDir }) => {
      const file = path.slice(0, -'?inline'.length);
      const found = file.startsWith('.') ? resolve(resolveDir, file) : at(`../../node_modules/${file}`);
      return { path: found, namespace: 'style' };
    });
    of.onLoad({ filter: /.*/, namespace: 'style' }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
    of.onLoad({ filter: /generated[/\\]kernel-wasm\.ts$/ }, async ({ path }) => ({
      contents: plainKernel(await readFile(path, 'utf8')),
    }));
    for (const [filter, contents] of without) of.onLoad({ filter }, () => ({ contents }));
  },
});

/** The workers' scripts in place of their addresses. */
const inside = (simulator: string): EsbuildPlugin => ({
  name: 'workers inside',
  setup(of) {
    of.onResolve({ filter: /\/start-worker$/ }, ({ resolveDir }) => ({
      path: `${resolveDir}/start-worker`,
      namespace: 'inside',
    }));
    of.onLoad({ filter: /.*/, namespace: 'inside' }, ({ path }) => ({
      resolveDir: dirname(path),
      contents: `
const started = (script) => {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  return worker;
};
export const startSimulator = () => started(${JSON.stringify(simulator)});
export const startLearner = async () => {
  const address = new URL('./elements-learner.js', import.meta.url);
  const response = await fetch(address);
  if (!response.ok) throw new Error(\`the learner is not there: \${address} (\${response.status})\`);
  return started(await response.text());
};
`,
    }));
  },
});

/**
 * `elements.js`, one file with the simulator's worker in it, and `elements-learner.js`, fetched when something learns.
 * @param onBundled told of the files that are in them
 */
export function elements(onBundled: (files: readonly string[]) => void): Plugin {
  const text = async (entry: string, format: 'esm' | 'iife', plugins: EsbuildPlugin[]): Promise<string> => {
    const { outputFiles, metafile } = await build({
      ...{ ...common, format, plugins, metafile: true },
      entryPoints: [at(entry)],
      banner: { js: `/* neural-crn (MIT) and work of others: ${NOTICES} */` },
    });
    onBundled(Object.keys(metafile.inputs));
    return outputFiles[0].text;
  };
  return {
    name: 'elements',
    apply: 'build',
    async generateBundle() {
      const simulator = await text('../simulate/worker.ts', 'iife', [sources(leftOut)]);
      const learner = await text('../embed/learner-worker.ts', 'iife', [sources([javaScript, molecules])]);
      const whole = await text('../embed/elements.ts', 'esm', [sources([]), inside(simulator)]);
      this.emitFile({ type: 'asset', fileName: 'elements.js', source: whole });
      this.emitFile({ type: 'asset', fileName: 'elements-learner.js', source: learner });
    },
  };
}
