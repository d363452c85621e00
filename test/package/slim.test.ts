/** Where the kernel of `/slim` may come from, and what is no kernel. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { kernelId } from '../../src/generated/kernel-id.js';
import type { EngineKind, KernelSource, MethodName } from '../../src/slim.js';
import { networkOf } from '../tools/network.js';

const bytes = readFileSync(new URL('../../build/kernel.wasm', import.meta.url));
const fullBytes = readFileSync(new URL('../../build/kernel-full.wasm', import.meta.url));

/** The entry as a program that has just begun has it. */
async function fresh() {
  vi.resetModules();
  return import('../../src/slim.js');
}

/** Answers every request so, and gives its address. */
async function answering(status: number, body: string | Uint8Array): Promise<URL> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/kernel.wasm`);
}

describe('init', () => {
  let module: WebAssembly.Module;
  beforeAll(async () => {
    module = await WebAssembly.compile(bytes);
  });

  const sources: [string, () => KernelSource | Promise<KernelSource>][] = [
    ['a module', () => ({ module })],
    ['a buffer', () => ({ bytes: new Uint8Array(bytes).buffer })],
    ['a view of a larger buffer', () => ({ bytes: new Uint8Array([9, 9, 9, ...bytes, 9]).subarray(3, -1) })],
    ['an address', async () => ({ url: await answering(200, bytes) })],
    ['an address as text', async () => ({ url: String(await answering(200, bytes)) })],
    ['a response', () => ({ response: new Response(bytes) })],
    ['the promise of a response', async () => ({ response: fetch(await answering(200, bytes)) })],
  ];
  it.each(sources)('takes %s', async (_, source) => {
    const { init, simulate } = await fresh();
    const network = networkOf('init A = 1; A -> B');
    await expect(simulate(network, { to: 1 })).rejects.toThrow(/no WebAssembly kernel yet.*await init\(/);
    await init(await source());
    expect((await simulate(network, { to: 1 })).final.A).toBeCloseTo(Math.exp(-1), 5);
    // Again is once.
    await init({ module });
  });

  it('is not needed for the JavaScript engine', async () => {
    const { createReactor, createSimulator, simulate, simulateMany } = await fresh();
    const network = networkOf('init A = 1; A -> B; phase one 1: *');
    const options = { engine: 'js' } as const;
    expect((await simulate(network, options)).final.A).toBeCloseTo(Math.exp(-1), 5);
    expect(await simulateMany(network, [{}], options)).toHaveLength(1);
    (await createSimulator(network, options)).dispose();
    (await createReactor(network, options)).dispose();
    await expect(createReactor(network)).rejects.toThrow(/no WebAssembly kernel yet/);
  });

  it.each([
    ['nothing', {}, 'init takes one of { module, bytes, url, response }'],
    ['null', null, 'init takes one of { module, bytes, url, response }'],
    ['two', { url: '/a', bytes }, 'init takes one of { module, bytes, url, response }, not bytes and url'],
    ['no module', { module: {} }, 'module must be a WebAssembly.Module'],
  ])('refuses %s', async (_, source, message) => {
    const { init } = await fresh();
    await expect(init(source as KernelSource)).rejects.toThrow(new TypeError(message));
  });

  it('says what is wrong with what it is given, and takes another', async () => {
    const { init, simulate } = await fresh();
    const missing = await answering(404, 'none');
    await expect(init({ url: missing })).rejects.toThrow(
      `the kernel could not be fetched from ${missing}: 404 Not Found`,
    );
    await expect(init({ url: 'http://127.0.0.1:1/' })).rejects.toThrow(
      /could not be fetched from http:\/\/127/,
    );
    // What servers of single-page applications say to everything.
    const page = await answering(200, '<!doctype html>');
    await expect(init({ url: page })).rejects.toThrow(
      /is not WebAssembly: it must be the file neural-crn\/kernel.wasm or neural-crn\/kernel-full.wasm/,
    );
    await expect(init({ bytes: bytes.subarray(0, 100) })).rejects.toThrow(/could not be compiled/);
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    await expect(init({ bytes: empty })).rejects.toThrow(/is not the kernel of neural-crn/);
    const other = Buffer.from(bytes.toString('latin1').replace(kernelId, '0123456789abcdef'), 'latin1');
    await expect(init({ bytes: other })).rejects.toThrow(
      `this is the kernel of another version of neural-crn (0123456789abcdef; this one needs ${kernelId})`,
    );
    await init({ module });
    expect((await simulate(networkOf('init A = 1; A -> B'), { to: 1 })).status).toBe('done');
  });
});

describe('the two builds', () => {
  const network = networkOf('init A = 1; A -> B');
  const stochastic = { to: 1, volume: 1000, seed: 1 } as const;

  it('stochastic simulation asks for the full kernel by name, and takes it beside the core', async () => {
    const { init, simulate, simulateStochastic, simulateStochasticMany } = await fresh();
    const asked = /need the full WebAssembly kernel.*await init\(.*neural-crn\/kernel-full\.wasm/;
    await expect(simulateStochastic(network, stochastic)).rejects.toThrow(asked);
    await expect(simulateStochastic(network, stochastic)).rejects.toThrow(/there is none yet/);
    await init({ bytes });
    await expect(simulateStochastic(network, stochastic)).rejects.toThrow(asked);
    await expect(simulateStochasticMany(network, 2, stochastic)).rejects.toThrow(/what there is is the core/);
    await init({ bytes: fullBytes });
    expect((await simulateStochastic(network, stochastic)).status).toBe('done');
    expect((await simulate(network, { to: 1 })).status).toBe('done');
  });

  it('derivatives need it too', async () => {
    const { init } = await fresh();
    const { asFull, createEngine } = await import('../../src/engine/engine.js');
    await init({ bytes });
    const core = await createEngine('wasm');
    expect(core.kernel).not.toHaveProperty('pullBack');
    expect(() => asFull(core)).toThrow('core kernel alone');
    const { borrowFullEngine } = await import('../../src/engine/full.js');
    await expect(borrowFullEngine('wasm')).rejects.toThrow(/stochastic simulation and derivatives need/);
  });

  it('engine js needs no file for either', async () => {
    const { simulateStochastic } = await fresh();
    expect((await simulateStochastic(network, { ...stochastic, engine: 'js' })).status).toBe('done');
  });
});

describe('the full kernel in place of the core', () => {
  const numbers = (values: Float64Array) => [
    ...new BigUint64Array(values.buffer, values.byteOffset, values.length),
  ];
  const options = (method: MethodName, engine: EngineKind) =>
    ({ to: 40, method, engine, rtol: 1e-6, kernels: 'interpreted', maxSteps: 3000 }) as const;

  it.each([
    ['wasm', 'rodas5p'],
    ['wasm', 'tsit5'],
    ['wasm', 'bdf'],
    ['js', 'rodas5p'],
    ['js', 'tsit5'],
    ['js', 'bdf'],
  ] as const)('gives the same bits: %s, %s', async (engine, method) => {
    const network = networkOf(
      'init A = 1, B = 0.5; A + B ->{3} 2 B; B -> C; 2 C ->{0.7} A; dose A += 0.5 when B rises 0.6',
    );
    const builds = new Set<string>();
    const runs: unknown[] = [];
    for (const build of ['core', 'full'] as const) {
      const { init, simulate, simulateStochastic } = await fresh();
      await init({ bytes: build === 'core' ? bytes : fullBytes });
      // Where the full JavaScript engine is loaded, it serves both.
      if (build === 'full') await simulateStochastic(network, { to: 0.1, volume: 100, engine });
      const { createEngine } = await import('../../src/engine/engine.js');
      builds.add((await createEngine(engine)).build);
      const solution = await simulate(network, options(method, engine));
      const columns = solution.species.map((name) => numbers(solution.column(name)));
      runs.push({ columns, times: numbers(solution.times), stats: solution.stats });
    }
    expect([...builds]).toEqual(['core', 'full']);
    expect(runs[1]).toEqual(runs[0]);
  });
});
