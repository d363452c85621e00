/** The installed package in Chromium: by every bundler, and without one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { build, createServer, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import webpack from 'webpack';
import { describeInBrowser, launch, reportOf, serve } from '../tools/browser.js';
import { bundled, consumer } from '../tools/installed.js';

const sourceOf = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const page = (script: string) => `<!doctype html><meta charset="utf-8"><title>test</title>${script}`;

const application = (name: string) =>
  consumer(name, {
    'app.js': sourceOf('app.js'),
    'own-worker.js': sourceOf('own-worker.js'),
    'main.js': sourceOf('main.js'),
    'index.html': page('<script type="module" src="./main.js"></script>'),
  });

describeInBrowser('in Chromium', () => {
  let browser: Browser;
  /** What the application finds in Node, where numbers are the same. */
  let wanted: Record<string, unknown>;

  beforeAll(async () => {
    browser = await launch();
    const folder = await consumer('in-node', { 'app.js': sourceOf('app.js') });
    const { findings } = await import(pathToFileURL(join(folder, 'app.js')).href);
    wanted = await findings();
  });
  afterAll(() => browser?.close());

  /** The same, with the application's own worker. */
  const all = () => ({ ...wanted, own: [wanted.wasm, wanted.js] });

  it('the application finds something', () => {
    expect(wanted).toMatchObject({
      worker: wanted.wasm,
      js: wanted.wasm,
      generated: [wanted.wasm, 'generated'],
    });
  });

  it('Vite, as its server serves it', async () => {
    const root = await application('vite-dev');
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'error',
      server: { port: 0, host: '127.0.0.1' },
    });
    try {
      await server.listen();
      expect(await reportOf(browser, server.resolvedUrls?.local[0] as string)).toEqual(all());
    } finally {
      await server.close();
    }
  });

  it('Vite, built', async () => {
    const root = await application('vite-build');
    await build({ root, configFile: false, logLevel: 'error' });
    const server = await preview({
      root,
      configFile: false,
      logLevel: 'error',
      preview: { port: 0, host: '127.0.0.1' },
    });
    try {
      expect(await reportOf(browser, server.resolvedUrls?.local[0] as string)).toEqual(all());
    } finally {
      await server.close();
    }
  });

  it('webpack 5', async () => {
    const folder = await application('webpack');
    const path = join(folder, 'out');
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: './main.js',
      output: { path },
      performance: false,
      // Minifying takes half a minute and is not the question here.
      optimization: { minimize: false },
    });
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
      compiler.run((error, found) => (error ? reject(error) : resolve(found)));
    });
    const said = stats?.toJson({ errors: true, warnings: true });
    expect([...(said?.errors ?? []), ...(said?.warnings ?? [])].map(({ message }) => message)).toEqual([]);
    const server = await serve(path, { '/': { html: page('<script src="main.js"></script>') } });
    try {
      expect(await reportOf(browser, server.url)).toEqual(all());
    } finally {
      server.close();
    }
  });

  it.each([[true], [false]])('esbuild, which is told of the worker; splitting: %s', async (splitting) => {
    const folder = await application(`esbuild-${splitting}`);
    // esbuild knows no workers: each is an entry point of its own, and is named where it is started.
    const main = `
      import { findings } from './app.js';
      globalThis.report = () => findings({ createWorker: () => new Worker('/out/worker.js', { type: 'module' }) });`;
    writeFileSync(join(folder, 'main.js'), main);
    await bundled(folder, { main: './main.js', worker: 'neural-crn/worker' }, { splitting, minify: true });
    const server = await serve(folder, {
      '/': { html: page('<script type="module" src="/out/main.js"></script>') },
    });
    try {
      expect(await reportOf(browser, server.url)).toEqual(wanted);
    } finally {
      server.close();
    }
  });

  it('a module script and an import map, without a bundler', async () => {
    const folder = await application('plain');
    const dist = '/node_modules/neural-crn/dist';
    const imports = {
      'neural-crn': `${dist}/index.js`,
      ...Object.fromEntries(
        ['circuits', 'learning', 'plot', 'web'].map((name) => [`neural-crn/${name}`, `${dist}/${name}.js`]),
      ),
    };
    const html = page(
      `<script type="importmap">${JSON.stringify({ imports })}</script>` +
        `<script type="module">import { findings } from '/plain/app.js'; globalThis.report = findings;</script>`,
    );
    const server = await serve(join(folder, '..'), { '/': { html } });
    try {
      expect(await reportOf(browser, server.url)).toEqual(wanted);
    } finally {
      server.close();
    }
  });

  it('a plain script, in a page and in a worker that is no module', async () => {
    const folder = join(await application('script'), '..');
    const at = '/node_modules/neural-crn/dist/neural-crn.min.js';
    const text = `
      const found = async ({ parseNetwork, simulate, createWorkerSimulator, learning, circuits }, withWorker) => {
        const { network } = parseNetwork('init A = 1; A -> B');
        const finals = [];
        for (const engine of ['wasm', 'js']) finals.push((await simulate(network, { to: 1, engine })).final.A);
        if (withWorker) {
          const simulator = await createWorkerSimulator(network, { to: 1 });
          finals.push((await simulator.run()).final.A);
        }
        const task = learning.linearRegressionTask();
        const { parameters } = await learning.train(task, { epochs: 1 }).result;
        return { finals, theta: parameters.theta, species: circuits.linearCrn({ inputs: 1 }).network.species.length };
      };`;
    writeFileSync(
      join(folder, 'script', 'classic.js'),
      `importScripts('${at}'); ${text} onmessage = () => found(neuralCrn, false).then(postMessage);`,
    );
    const html = page(`<script src="${at}"></script><script>${text}
      globalThis.report = async () => {
        const worker = new Worker('/script/classic.js');
        const there = new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        });
        worker.postMessage('go');
        return { here: await found(neuralCrn, true), there: await there };
      };</script>`);
    const server = await serve(folder, { '/': { html } });
    const { wasm, theta, species } = wanted;
    try {
      expect(await reportOf(browser, server.url)).toEqual({
        here: { finals: [wasm, wasm, wasm], theta, species },
        there: { finals: [wasm, wasm], theta, species },
      });
    } finally {
      server.close();
    }
  });
});
