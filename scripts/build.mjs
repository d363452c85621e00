/**
 * Builds everything that is made from sources:
 *   build/kernel[-full].wasm             the WebAssembly kernels, core and full (asc)
 *   src/generated/kernel[-full]-wasm.ts   their bytes, as base64 in modules
 *   src/generated/kernel-id.ts            what tells them from another version's
 *   src/generated/kernel[-full]-js.ts     the same sources as plain JavaScript engines
 *   dist/                                 published entries, workers, plain script, command line, type declarations, notices
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

/** The builds of the kernel: what all simulation needs, and that with what only some of it does. */
const kernels = {
  core: { wasm: 'kernel', js: 'src/engine/js/index.ts', more: [] },
  full: {
    wasm: 'kernel-full',
    js: 'src/engine/js/full.ts',
    more: ['assembly/stochastic/index.ts', 'assembly/sensitivity/index.ts'],
  },
};

async function kernelWasm() {
  const hash = createHash('sha256');
  const codes = {};
  for (const [build, { wasm, more }] of Object.entries(kernels)) {
    const { error, stderr } = await asc.main([...more, '--target', build, '--baseDir', root]);
    if (error)
      throw new Error(`the ${build} kernel does not compile: ${error.message}\n${stderr.toString()}`);
    codes[build] = await readFile(at(`build/${wasm}.wasm`));
    hash.update(codes[build]);
  }
  // One for both: whatever may change results changes it.
  const id = hash.digest('hex').slice(0, 16);
  await writeFile(
    at('src/generated/kernel-id.ts'),
    `// Made by scripts/build.mjs from assembly/.\nexport const kernelId = '${id}';\n`,
  );
  for (const [build, { wasm }] of Object.entries(kernels)) {
    const bytes = Buffer.concat([codes[build], customSection('neural-crn', `${id} ${build}`)]);
    await writeFile(at(`build/${wasm}.wasm`), bytes);
    await writeFile(
      at(`src/generated/${wasm}-wasm.ts`),
      `// Made by scripts/build.mjs from assembly/.\nexport const kernelBase64 =\n  '${bytes.toString('base64')}';\n`,
    );
  }
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
  for (const [name, { wasm, js }] of Object.entries(kernels)) {
    const result = await build({
      entryPoints: [at(js)],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'kernel',
      target: 'es2022',
      inject: [at('src/engine/js/globals.ts')],
      define: { FULL_KERNEL: name === 'full' ? '1' : '0' },
      plugins: [swapTwins, inlineMemory(at('assembly'))],
      logLevel: 'warning',
    });
    await writeFile(
      at(`src/generated/${wasm}-js.ts`),
      `// @ts-nocheck\n// Made by scripts/build.mjs from assembly/.\nexport function createJsKernel() {\n${result.outputFiles[0].text}\nreturn kernel;\n}\n`,
    );
  }
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
  compare: 'src/compare/index.ts',
  discover: 'src/discover/index.ts',
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

/** The worker is posted its kernel, and has one JavaScript engine, which does all. */
const workersKernel = {
  name: 'workers-kernel',
  setup(builder) {
    builder.onResolve({ filter: /\/engine\/inlined(-full)?\.js$/ }, () => ({
      path: at('src/engine/posted-only.ts'),
    }));
    builder.onResolve({ filter: /\/generated\/kernel-js\.js$/ }, () => ({
      path: at('src/generated/kernel-full-js.ts'),
    }));
  },
};

/** What the plain script fetches when it is asked for lies beside it: the library's own modules, which import nothing. */
const besideScript = {
  name: 'beside-script',
  setup(builder) {
    builder.onLoad({ filter: /src[/\\]engine[/\\](engine|full|inlined-full)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(
        /\bimport\('\.\.\/generated\/([\w-]+)\.js'\)\)/g,
        "import(new URL('./generated/$1.js', import.meta.url).href))",
      );
      if (contents === text) throw new Error(`${path} no longer imports from generated/ when asked`);
      return { contents, loader: 'ts' };
    });
  },
};

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
  await write({
    ...anywhere,
    entryPoints: { worker: 'src/batch/worker.ts' },
    minify: true,
    plugins: [workersKernel],
  });
  await write({
    ...anywhere,
    entryPoints: { 'validation-worker': 'src/cli/validation-worker.ts' },
    minify: true,
    plugins: [workersKernel],
  });
  await write({
    ...anywhere,
    entryPoints: { 'neural-crn.min': 'src/script.ts' },
    format: 'iife',
    globalName: 'neuralCrn',
    minify: true,
    define: { 'import.meta.url': 'scriptUrl' },
    inject: ['src/script-url.ts'],
    plugins: [besideScript],
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

/** The kernels in both forms: all that the tests of sources need. */
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
  for (const { wasm } of Object.values(kernels)) {
    await copyFile(at(`build/${wasm}.wasm`), at(`dist/${wasm}.wasm`));
  }
  log('type declarations');
  declarations();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = process.argv.includes('--kernels') ? buildKernels : buildAll;
  await build({ log: (text) => console.error(text) });
}
