/** Where the kernel of `/slim` may come from, and what is no kernel. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { kernelId } from '../../src/generated/kernel-id.js';
import type { KernelSource } from '../../src/slim.js';
import { networkOf } from '../tools/network.js';

const bytes = readFileSync(new URL('../../build/kernel.wasm', import.meta.url));

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
      /is not WebAssembly: it must be the file neural-crn\/kernel.wasm/,
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
