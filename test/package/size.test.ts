/**
 * Budgets, of minified and compressed bytes (gzip -9), for what a page loads. Measured on the installed tarball, bundled
 * by esbuild with code splitting: what is fetched only when it is asked for is counted by itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundled, consumer, installed, type Output } from '../tools/installed.js';

const zipped = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length;

/** The bundle of one import: what must be there at once, and what is fetched later. */
async function sizes(names: string, entry = 'neural-crn', conditions: string[] = []) {
  const name = `${entry}-${names}-${conditions}`.replaceAll(/\W+/g, '-');
  const folder = await consumer(`size-${name}`, {
    'main.js': `import { ${names} } from '${entry}'; globalThis.used = [${names}];`,
  });
  const outputs = await bundled(folder, { main: './main.js' }, { splitting: true, minify: true, conditions });
  const reached = (kinds: readonly string[]) => {
    const seen = new Set<Output>();
    const visit = (output: Output) => {
      if (seen.has(output)) return;
      seen.add(output);
      for (const { path, kind } of output.imports) {
        const next = outputs.find(({ file }) => file === path);
        if (kinds.includes(kind) && next) visit(next);
      }
    };
    visit(outputs.find(({ file }) => file.endsWith('main.js')) as Output);
    return seen;
  };
  const atOnce = reached(['import-statement']);
  // esbuild also writes chunks for dynamic imports in code that it drops; nobody ever asks for those.
  const ever = [...reached(['import-statement', 'dynamic-import'])];
  const text = [...atOnce].map((output) => output.text).join('');
  return {
    total: [...atOnce].reduce((sum, output) => sum + zipped(output.text), 0),
    withoutBytes: [...atOnce].reduce((sum, output) => sum + zipped(withoutBytes(output.text)), 0),
    later: ever.filter((output) => !atOnce.has(output)).reduce((sum, output) => sum + zipped(output.text), 0),
    hasBytes: text.length !== withoutBytes(text).length,
    sources: [...atOnce].flatMap(({ sources }) => sources),
    everywhere: ever.flatMap(({ sources }) => sources),
  };
}

/** Without the long text that is the kernel. */
const withoutBytes = (text: string) => text.replaceAll(/["'`][A-Za-z0-9+/=]{10000,}["'`]/g, '""');

const kB = 1000;

describe('sizes', () => {
  it('the kernel: 16 kB, and 25 with all that it can do', async () => {
    const dist = join(await installed(), 'node_modules/neural-crn/dist');
    expect(zipped(readFileSync(join(dist, 'kernel.wasm')))).toBeLessThan(16 * kB);
    expect(zipped(readFileSync(join(dist, 'kernel-full.wasm')))).toBeLessThan(25 * kB);
  });

  it('simulate: 40 kB and the kernel, 75 kB in all', async () => {
    const { total, withoutBytes, later, hasBytes } = await sizes('simulate');
    console.log(`simulate: ${total} bytes, ${withoutBytes} without the kernel's, and ${later} on demand`);
    expect(hasBytes).toBe(true);
    expect(withoutBytes).toBeLessThan(40 * kB);
    expect(total).toBeLessThan(75 * kB);
    // The JavaScript engine, and what writes generated kernels.
    expect(later).toBeLessThan(25 * kB);
  });

  it('simulate of /slim, and of the main entry where nothing is compiled at run time: no kernel', async () => {
    const slim = await sizes('init, simulate', 'neural-crn/slim');
    const edge = await sizes('init, simulate', 'neural-crn', ['workerd']);
    for (const { hasBytes, total } of [slim, edge]) {
      expect(hasBytes).toBe(false);
      // As above, with `init`.
      expect(total).toBeLessThan(41 * kB);
    }
  });

  it('the full kernel is fetched by who simulates stochastically or differentiates, and nobody else', async () => {
    const core = await sizes('simulate, simulateMany, createReactor');
    expect(
      core.everywhere.filter((source) => /kernel-full|\/(stochastic|sensitivity)\//.test(source)),
    ).toEqual([]);
    for (const [names, entry] of [
      ['simulateStochastic', 'neural-crn'],
      ['sensitivities', 'neural-crn/sensitivity'],
      ['fit', 'neural-crn/fit'],
      ['discover', 'neural-crn/discover'],
    ] as const) {
      const { sources, everywhere, hasBytes } = await sizes(names, entry);
      const full = (source: string) => /generated\/kernel-full/.test(source);
      expect(hasBytes, entry).toBe(false);
      expect(sources.filter(full), entry).toEqual([]);
      expect(everywhere.filter(full), entry).toHaveLength(2);
    }
  });

  it('what does not simulate has neither kernel nor engine', async () => {
    const parse = await sizes('parseNetwork, printNetwork, analyse');
    const circuit = await sizes('linearCrn', 'neural-crn/circuits');
    for (const { hasBytes, sources } of [parse, circuit]) {
      expect(hasBytes).toBe(false);
      expect(sources.filter((source) => /\/(engine|simulate|compile|kernels)\//.test(source))).toEqual([]);
    }
    expect(parse.total).toBeLessThan(25 * kB);
  });

  it('code that uses nothing of it has nothing of it', async () => {
    const folder = await consumer('size-nothing', {
      'main.js': "import 'neural-crn'; import 'neural-crn/learning';",
    });
    const [{ text }] = await bundled(folder, { main: './main.js' }, { minify: true });
    expect(text.trim()).toBe('');
  });

  // Every system of the library is in both: they grow with it.
  it('the plain script and the worker', async () => {
    const dist = join(await installed(), 'node_modules/neural-crn/dist');
    expect(zipped(readFileSync(join(dist, 'neural-crn.min.js')))).toBeLessThan(210 * kB);
    expect(zipped(readFileSync(join(dist, 'worker.js')))).toBeLessThan(195 * kB);
  });
});
