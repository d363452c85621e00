/** The packed tarball, installed in an empty folder, as users of Node, of TypeScript and of registries meet it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { consumer, installed } from '../tools/installed.js';

const exec = promisify(execFile);

/** What a program prints, as JSON, and what it says besides. */
async function run(folder: string, file: string, ...flags: string[]): Promise<unknown> {
  const { stdout } = await exec(process.execPath, [...flags, join(folder, file)], { cwd: folder });
  return JSON.parse(stdout);
}

const decay = "const { network } = parseNetwork('init A = 1; A -> B');";

describe('in Node', () => {
  it('is imported: networks and simulation, both engines, generated kernels', async () => {
    const folder = await consumer('node-esm', {
      'main.mjs': `
        import { createSimulator, parseNetwork, simulate, SolveFailure } from 'neural-crn';
        ${decay}
        const finals = [];
        for (const engine of ['wasm', 'js']) finals.push((await simulate(network, { to: 1, engine })).final.A);
        const simulator = await createSimulator(network, { to: 1, kernels: 'generated' });
        finals.push(simulator.run().final.A);
        const failed = await simulate(network, { to: 1, maxSteps: 1 }).catch((error) => error instanceof SolveFailure);
        console.log(JSON.stringify({ finals, kind: simulator.kernels.kind, failed }));`,
    });
    const { finals, kind, failed } = (await run(folder, 'main.mjs')) as Record<string, unknown>;
    const [first, ...others] = finals as number[];
    expect(first).toBeCloseTo(Math.exp(-1), 5);
    expect(others).toEqual([first, first]);
    expect({ kind, failed }).toEqual({ kind: 'generated', failed: true });
  });

  it('is required, so it has no top-level await', async () => {
    const folder = await consumer('node-require', {
      'main.cjs': `
        const entries = ['', '/circuits', '/learning', '/lab', '/batch', '/batch/store', '/batch/queue', '/digits', '/web', '/plot', '/io', '/sensitivity', '/fit', '/compare', '/discover', '/slim'];
        for (const name of entries) require('neural-crn' + name);
        const { parseNetwork, simulate } = require('neural-crn');
        ${decay}
        simulate(network, { to: 1 }).then(({ final }) => console.log(JSON.stringify(final.A)));`,
    });
    expect(await run(folder, 'main.cjs')).toBeCloseTo(Math.exp(-1), 5);
  });

  // Each by itself, so that none lives on what another has set up.
  it.each([
    [
      'circuits',
      "import { coopClock, measureClock } from 'neural-crn/circuits'; const { network, phases } = coopClock(); console.log((await measureClock(network, { phases })).period.mean > 0)",
    ],
    [
      'learning',
      "import { linearRegressionTask, train } from 'neural-crn/learning'; const { status } = await train(linearRegressionTask(), { epochs: 0 }).result; console.log(status === 'done')",
    ],
    [
      'lab',
      "import { parseNetwork } from 'neural-crn'; import { lab } from 'neural-crn/lab'; const { network } = parseNetwork('2 A ->{50} B'); console.log(Math.abs(lab(network).timeUnit - 500) < 1e-9)",
    ],
    [
      'batch',
      `import { parseNetwork } from 'neural-crn'; import { simulateMany } from 'neural-crn/batch'; ${decay} const [{ final }] = await simulateMany(network, [{}], { to: 1, workers: 1 }); console.log(final.A < 0.4)`,
    ],
    [
      'batch/store',
      `import { parseNetwork } from 'neural-crn'; import { createPool, planSweep, runSweep, sweepTable, tableParquet } from 'neural-crn/batch'; import { openStore } from 'neural-crn/batch/store'; ${decay} const plan = planSweep({ target: { kind: 'simulate', network }, options: { to: 1 }, grid: { A: [1, 2] }, take: ['final'] }); const pool = createPool({ size: 1 }); const store = openStore('store.jsonl', plan); const { outcomes } = await runSweep(pool, plan, { store }); store.close(); await pool.dispose(); const bytes = await tableParquet(sweepTable(plan, outcomes)); console.log(bytes.length > 100 && store.outcomes.size === 2)`,
    ],
    [
      // Without the packages that it needs.
      'batch/queue',
      `import { createQueuePool } from 'neural-crn/batch/queue'; const error = await createQueuePool({ url: 'redis://localhost' }).catch((error) => error); console.log(error.code === 'missingPackage' && error.hint.includes('npm install bullmq ioredis'))`,
    ],
    [
      'web',
      `import { parseNetwork } from 'neural-crn'; import { createWorkerSimulator } from 'neural-crn/web'; ${decay} const simulator = await createWorkerSimulator(network, { to: 1 }); const { final } = await simulator.run(); await simulator.dispose(); console.log(final.A < 0.4)`,
    ],
    [
      'plot',
      "import { checkFigure, renderSvg } from 'neural-crn/plot'; console.log(typeof renderSvg === typeof checkFigure)",
    ],
    [
      'slim',
      `import { readFile } from 'node:fs/promises'; import { init, parseNetwork, simulate } from 'neural-crn/slim'; ${decay} await init({ bytes: await readFile(new URL(import.meta.resolve('neural-crn/kernel.wasm'))) }); console.log((await simulate(network, { to: 1 })).final.A < 0.4)`,
    ],
  ])('neural-crn/%s works alone', async (name, text) => {
    const file = `${name.replace('/', '-')}.mjs`;
    const folder = await consumer('node-alone', { [file]: text });
    expect(await run(folder, file)).toBe(true);
  });

  it('/slim shares its classes and its kernel with the other entries', async () => {
    const folder = await consumer('node-slim', {
      'main.mjs': `
        import { readFile } from 'node:fs/promises';
        import * as core from 'neural-crn';
        import * as slim from 'neural-crn/slim';
        const first = await slim.simulate(core.parseNetwork('init A = 1; A -> B').network, { to: 1 }).catch(String);
        const bytes = await readFile(new URL(import.meta.resolve('neural-crn/kernel.wasm')));
        await slim.init({ module: await WebAssembly.compile(bytes) });
        globalThis.atob = () => { throw new Error('compiled again'); };
        const { final } = await core.simulate(core.parseNetwork('init A = 1; A -> B').network, { to: 1 });
        const { init, ...rest } = slim;
        console.log(JSON.stringify({
          first, done: final.A < 0.4, failure: core.SolveFailure === slim.SolveFailure,
          names: Object.keys(rest).sort().join() === Object.keys(core).sort().join(),
        }));`,
    });
    expect(await run(folder, 'main.mjs')).toEqual({
      first: expect.stringMatching(
        /no WebAssembly kernel yet.*init\(\{ module \| bytes \| url \| response \}\)/,
      ),
      done: true,
      failure: true,
      names: true,
    });
  });

  it.each([['workerd'], ['edge-light']])(
    'the condition %s gives the main entry without bytes',
    async (condition) => {
      const folder = await consumer(`node-${condition}`, {
        'main.mjs': `import * as core from 'neural-crn'; console.log(typeof core.init === 'function')`,
      });
      expect(await run(folder, 'main.mjs', '-C', condition)).toBe(true);
      expect(await run(folder, 'main.mjs')).toBe(false);
    },
  );

  it('the command of the package runs', async () => {
    const folder = await consumer('node-command', { 'decay.crn': 'init A = 1; A -> B; simulate to 1' });
    const command = join(await installed(), 'node_modules/neural-crn/bin/neural-crn.js');
    const { stdout } = await exec(process.execPath, [command, 'info', 'decay.crn', '--json', '-'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({ species: 2, reactions: 1 });
  });
});

const typed = `
  import { parseNetwork, simulate, type Network, type Solution, type Stats } from 'neural-crn';
  import { neuralCrn, linearCrn } from 'neural-crn/circuits';
  import { train, datasets, type TrainOptions } from 'neural-crn/learning';
  import { createPool, planSweep, simulateMany, type Pool, type Sweep } from 'neural-crn/batch';
  import { openStore, type FileStore } from 'neural-crn/batch/store';
  import { createQueuePool, startQueueWorker, type QueuePool } from 'neural-crn/batch/queue';
  import { createWorkerSimulator, type WorkerSimulator } from 'neural-crn/web';
  import { init, simulate as slim, type KernelSource } from 'neural-crn/slim';
  import * as plot from 'neural-crn/plot';
  import 'neural-crn/worker';
  export async function work(signal: AbortSignal): Promise<Float64Array> {
    const network = parseNetwork('init A = 1; A -> B').network as Network;
    const solution: Solution = await simulate(network, { to: 1, atol: { A: 1e-9 }, signal });
    const simulator: WorkerSimulator = await createWorkerSimulator(network, { to: 1 });
    const source: KernelSource = { url: '/kernel.wasm' };
    await init(source);
    const stats: Stats = (await simulator.run({ initial: { A: 2 } })).stats;
    const pool: Pool = createPool({ size: 1 });
    const options: TrainOptions = { epochs: stats.steps };
    console.log(neuralCrn, linearCrn, train, datasets, simulateMany, slim, plot, pool, options);
    // @ts-expect-error: an unknown method must not pass, as it would if the types were any
    await simulate(network, { to: 1, method: 'euler' });
    // @ts-expect-error
    const wrong: string = stats.steps;
    return solution.column(wrong);
  }`;

describe('TypeScript', () => {
  it.each([
    [
      'nodenext',
      { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      'main.ts',
    ],
    // A CommonJS file that requires the package, as Node ≥ 20.19 lets it.
    [
      'nodenext, CommonJS',
      { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      'main.cts',
    ],
    [
      'bundler',
      { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
      'main.ts',
    ],
  ])('finds all types under %s, with its libraries checked', async (_, options, file) => {
    const folder = await consumer('typescript', { [file]: typed });
    const program = ts.createProgram([join(folder, file)], {
      ...options,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    });
    const said = ts.getPreEmitDiagnostics(program).map(({ messageText, file: where }) => {
      return `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(said).toEqual([]);
  });
});

describe('checks of packages', () => {
  it('publint has nothing to say', async () => {
    const pkgDir = join(await installed(), 'node_modules/neural-crn');
    const { messages, pkg } = await publint({ pkgDir, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('the types are not wrong', async () => {
    const tarball = readFileSync(join(await installed(), 'package.tgz'));
    const result = await checkPackage(createPackageFromTarballData(tarball));
    if (!result.types) throw new Error('there are no types');
    // It is ES modules alone: what `require` gets is one, and resolution before `exports` is not served.
    const problems = result.problems.filter(
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' &&
        !('resolutionKind' in problem && problem.resolutionKind === 'node10') &&
        !('entrypoint' in problem && /^\.\/kernel(-full)?\.wasm$/.test(problem.entrypoint)),
    );
    expect(problems).toEqual([]);
  });

  it('the tarball has what it needs and no more', async () => {
    const { stdout } = await exec('tar', ['-tzf', join(await installed(), 'package.tgz')]);
    const files = stdout.trim().split('\n');
    for (const file of [
      'README.md',
      'LICENSE',
      'dist/kernel.wasm',
      'dist/kernel-full.wasm',
      'dist/neural-crn.min.js',
      'dist/worker.js',
      'dist/validation-worker.js',
    ]) {
      expect(files).toContain(`package/${file}`);
    }
    expect(
      files.filter((file) => /^package\/(src|test|assembly|bench)\/|\.tsbuildinfo|\.wat$/.test(file)),
    ).toEqual([]);
  });
});
