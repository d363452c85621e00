/**
 * Builds everything that is made from sources:
 *   build/kernel.wasm              the WebAssembly kernel (asc)
 *   src/generated/kernel-wasm.ts   its bytes, as base64 in a module
 *   src/generated/kernel-id.ts     what tells it from another version's
 *   src/generated/kernel-js.ts     the same sources as a plain JavaScript engine
 *   dist/                          published entries, worker, plain script, command line, type declarations, notices
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { inlineMemory } from './inline-memory.mjs';
import { noticesOf } from './notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

async function kernelWasm() {
  const { error, stderr } = await asc.main(['--target', 'release', '--baseDir', root]);
  if (error) throw new Error(`the kernel does not compile: ${error.message}\n${stderr.toString()}`);
  const code = await readFile(at('build/kernel.wasm'));
  const id = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const bytes = Buffer.concat([code, customSection('neural-crn', id)]);
  await writeFile(at('build/kernel.wasm'), bytes);
  await writeFile(
    at('src/generated/kernel-id.ts'),
    `// Made by scripts/build.mjs from assembly/.\nexport const kernelId = '${id}';\n`,
  );
  await writeFile(
    at('src/generated/kernel-wasm.ts'),
    `// Made by scripts/build.mjs from assembly/.\nexport const kernelBase64 =\n  '${bytes.toString('base64')}';\n`,
  );
}

/** A section of a WebAssembly file that hosts skip; name and text of less than 128 bytes together. */
function customSection(name, text) {
  const content = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from(text)]);
  return Buffer.concat([Buffer.from([0, content.length]), content]);
}

/** Redirects the kernel's WebAssembly-only modules to their JavaScript twins. */
const swapTwins = {
  name: 'swap-twins',
  setup(builder) {
    builder.onResolve({ filter: /\/(memory|code|blocks)$/ }, ({ resolveDir, path }) => {
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

/** The library's entries, by their place in dist/: beside the worker's script, which those that start workers look for. */
const libraryEntries = {
  index: 'src/index.ts',
  slim: 'src/slim.ts',
  circuits: 'src/circuits/index.ts',
  learning: 'src/learning/index.ts',
  plot: 'src/plot/index.ts',
  lab: 'src/lab/index.ts',
  batch: 'src/batch/index.ts',
  web: 'src/web/index.ts',
  io: 'src/io/index.ts',
  sensitivity: 'src/sensitivity/index.ts',
  fit: 'src/fit/index.ts',
};

/** The same names for the exports' condition `node`, with worker threads where workers are started. */
const nodeEntries = {
  ...Object.fromEntries(
    Object.entries({ ...libraryEntries, batch: 'src/batch/node.ts', web: 'src/web/node.ts' }).map(
      ([name, path]) => [`${name}-node`, path],
    ),
  ),
  // What there is in Node alone.
  'batch-store': 'src/batch/store/index.ts',
  'batch-queue': 'src/batch/queue/index.ts',
  digits: 'src/digits/index.ts',
};

/** Only those who run sweeps on several machines need them, and install them beside this package. */
const queuePackages = ['bullmq', 'ioredis'];

/** Where dependencies that are part of the library go: npm packs nothing under a folder node_modules. */
const outOfNodeModules = ({ name }) => `${name.replace(/^(?:.*\/)?node_modules\//, 'vendor/')}.js`;

/** Of packages with a half for Node, the one without: it runs everywhere. */
const conditionNames = ['browser', 'import'];

/** Makes modules of entries and writes them by `output`. Dependencies are part of them. Returns the files that are in them. */
async function modules(input, output) {
  const bundle = await rolldown({
    cwd: root,
    input,
    external: [/^node:/, ...queuePackages],
    platform: 'neutral',
    resolve: {
      extensionAlias: { '.js': ['.ts', '.js'] },
      mainFields: ['module', 'main'],
      conditionNames,
    },
    tsconfig: false,
  });
  const { output: written } = await bundle.write({ dir: at('dist'), format: 'esm', ...output });
  await bundle.close();
  return written.flatMap(({ moduleIds = [] }) => moduleIds);
}

async function library() {
  // Every source a module of its own: bundlers then drop whole modules that are not used.
  const whole = await modules(libraryEntries, {
    preserveModules: true,
    preserveModulesRoot: at('src'),
    entryFileNames: outOfNodeModules,
  });
  // Node looks up and reads files one by one: a few large ones are there four times sooner (`bench -- startup`).
  const few = await modules(nodeEntries, {
    entryFileNames: '[name].js',
    chunkFileNames: 'node-[name].js',
    minify: { compress: false, mangle: false },
  });
  return [...whole, ...few];
}

/** What is one file: the worker's script, the plain script, the command line. Returns the files that are in them. */
async function singleFiles() {
  const used = [];
  const write = async (options) => {
    const { metafile } = await build({
      ...{ bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning', absWorkingDir: root },
      ...{ outdir: 'dist', metafile: true, legalComments: 'none' },
      ...options,
    });
    used.push(...Object.keys(metafile.inputs));
  };
  const anywhere = { platform: 'neutral', mainFields: ['module', 'main'], conditions: conditionNames };
  // A worker in a page has no import map, and the command line starts it as it lies there.
  await write({ ...anywhere, entryPoints: { worker: 'src/batch/worker.ts' }, minify: true });
  await write({
    ...anywhere,
    entryPoints: { 'neural-crn.min': 'src/script.ts' },
    format: 'iife',
    globalName: 'neuralCrn',
    minify: true,
    define: { 'import.meta.url': 'scriptUrl' },
    inject: ['src/script-url.ts'],
  });
  await write({
    entryPoints: { cli: 'src/cli/main.ts' },
    platform: 'node',
    external: ['@resvg/resvg-js', 'canvas', ...queuePackages],
    // Bundled CommonJS packages ask for `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });
  return used;
}

/** The rules of JSON files, from the module by which they are read. */
async function jsonSchema() {
  const { networkSchema } = await import(pathToFileURL(at('dist/io/json/schema.js')).href);
  const schema = toJsonSchema(networkSchema, { typeMode: 'input', target: 'draft-2020-12' });
  const named = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
  await writeFile(at('dist/network.schema.json'), `${JSON.stringify(named, null, 2)}\n`);
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
      files: [
        ...Object.values(libraryEntries),
        ...Object.values(nodeEntries),
        'src/batch/worker.ts',
        'assembly/portable.d.ts',
      ],
      include: [],
    },
    ts.sys,
    root,
  );
  // Type packages are looked for from here, wherever the build was started.
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram(fileNames, options, host);
  // The kernel's sources import each other without extensions, which `nodenext` does not resolve.
  const write = (path, text) =>
    ts.sys.writeFile(path, text.replace(/(from |import\()(['"])(\.[^'"]*?)(?<!\.js)\2/g, '$1$2$3.js$2'));
  const { emitSkipped, diagnostics } = program.emit(undefined, write);
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
  const used = [...(await library()), ...(await singleFiles())];
  await writeFile(at('dist/third-party-notices.txt'), await noticesOf(used, at('node_modules')));
  await jsonSchema();
  await copyFile(at('build/kernel.wasm'), at('dist/kernel.wasm'));
  log('type declarations');
  declarations();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = process.argv.includes('--kernels') ? buildKernels : buildAll;
  await build({ log: (text) => console.error(text) });
}
