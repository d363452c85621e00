/**
 * Builds everything that is made from sources:
 *   build/kernel.wasm              the WebAssembly kernel (asc)
 *   src/generated/kernel-wasm.ts   its bytes, as base64 in a module
 *   src/generated/kernel-js.ts     the same sources as a plain JavaScript engine
 *   dist/                          published entries, the bundled command line, type declarations
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';
import ts from 'typescript';
import { inlineMemory } from './inline-memory.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

async function kernelWasm() {
  const { error, stderr } = await asc.main(['--target', 'release', '--baseDir', root]);
  if (error) throw new Error(`the kernel does not compile: ${error.message}\n${stderr.toString()}`);
  const bytes = await readFile(at('build/kernel.wasm'));
  await writeFile(
    at('src/generated/kernel-wasm.ts'),
    `// Made by scripts/build.mjs from assembly/.\nexport const kernelBase64 =\n  '${bytes.toString('base64')}';\n`,
  );
}

/** Redirects the kernel's WebAssembly-only modules to their JavaScript twins. */
const swapTwins = {
  name: 'swap-twins',
  setup(builder) {
    builder.onResolve({ filter: /\/(memory|code)$/ }, ({ resolveDir, path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return resolve(resolveDir, path) === at('assembly', name)
        ? { path: at(`src/engine/js/${name}.ts`) }
        : undefined;
    });
  },
};

async function kernelJs() {
  const result = await build({
    entryPoints: [at('src/engine/js/index.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kernel',
    target: 'es2022',
    inject: [at('src/engine/js/globals.ts')],
    plugins: [swapTwins, inlineMemory(at('assembly'))],
    logLevel: 'warning',
  });
  await writeFile(
    at('src/generated/kernel-js.ts'),
    `// @ts-nocheck\n// Made by scripts/build.mjs from assembly/.\nexport function createJsKernel() {\n${result.outputFiles[0].text}\nreturn kernel;\n}\n`,
  );
}

async function entries() {
  const shared = { bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning', absWorkingDir: root };
  await build({
    ...shared,
    entryPoints: {
      index: 'src/index.ts',
      circuits: 'src/circuits/index.ts',
      learning: 'src/learning/index.ts',
      plot: 'src/plot/index.ts',
      batch: 'src/batch/index.ts',
      // The same names with worker threads, for the export's condition `node`.
      'batch-node': 'src/batch/node.ts',
    },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['@assemblyscript/loader', 'node:*'],
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  // Complete in itself: a worker in a page has no import map, and the command line starts it as it lies there.
  await build({
    ...shared,
    entryPoints: { worker: 'src/batch/worker.ts' },
    outdir: 'dist',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  await build({
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    external: ['@resvg/resvg-js', 'canvas'],
    // Bundled CommonJS packages ask for `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });
}

function declarations() {
  const config = ts.readConfigFile(at('tsconfig.json'), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    {
      ...config,
      compilerOptions: {
        ...config.compilerOptions,
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        outDir: 'dist/types',
        rootDir: '.',
      },
      include: ['src/**/index.ts', 'assembly/portable.d.ts'],
    },
    ts.sys,
    root,
  );
  // Type packages are looked for from here, wherever the build was started.
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram(fileNames, options, host);
  const { emitSkipped, diagnostics } = program.emit();
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (emitSkipped || errors.length > 0) {
    throw new Error(
      ts.formatDiagnostics(errors, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      }),
    );
  }
}

/** The kernel in both forms: all that the tests of sources need. */
export async function buildKernels({ log = () => {} } = {}) {
  await mkdir(at('src/generated'), { recursive: true });
  log('kernel: WebAssembly');
  await kernelWasm();
  log('kernel: JavaScript');
  await kernelJs();
}

/** Everything. */
export async function buildAll({ log = () => {} } = {}) {
  await buildKernels({ log });
  await rm(at('dist'), { recursive: true, force: true });
  log('library and command line');
  await entries();
  log('type declarations');
  declarations();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = process.argv.includes('--kernels') ? buildKernels : buildAll;
  await build({ log: (text) => console.error(text) });
}
