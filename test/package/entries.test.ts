import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** The built text of an entry with every chunk it reaches. */
function reached(entry: string): string {
  const seen = new Map<string, string>();
  const visit = (url: URL) => {
    if (seen.has(url.href)) return;
    const text = readFileSync(url, 'utf8');
    seen.set(url.href, text);
    // Remarks of dependencies name files that are types alone.
    const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, path] of code.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g))
      visit(new URL(path, url));
  };
  visit(new URL(entry, root));
  return [...seen.values()].join('\n');
}

const entries = Object.entries(manifest.exports as Record<string, { default: string; types: string }>).filter(
  ([, target]) => typeof target === 'object',
);

/** Of files and Redis, which pages do not have. */
const inNodeAlone = ['./batch/store', './batch/queue', './digits'];
const everywhere = entries.filter(([name]) => !inNodeAlone.includes(name));

describe('the built package', () => {
  it.each(everywhere)('%s imports nothing of Node or of other packages', (_, target) => {
    const text = reached(target.default);
    expect(text).not.toMatch(/["']node:/);
    const packages = [...text.matchAll(/^\s*(?:import|export)\b[^;]*?from\s*["']([^."'][^"']*)["']/gm)].map(
      ([, name]) => name,
    );
    expect(packages).toEqual([]);
  });

  it('names packages that not everybody needs only where they are loaded', () => {
    const queue = reached('dist/batch-queue.js');
    expect(queue).toMatch(/import\(.bullmq.\)/);
    expect(queue).not.toMatch(/from ?["'`](bullmq|ioredis)/);
    expect(manifest.peerDependenciesMeta).toMatchObject({
      bullmq: { optional: true },
      ioredis: { optional: true },
    });
  });

  it.each(entries)('%s has its types', (_, target) => {
    expect(() => readFileSync(new URL(target.types, root))).not.toThrow();
  });

  it('depends on nothing: the loader of AssemblyScript is part of it', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(reached('dist/index.js')).toContain('exportRuntime');
  });

  it('exports what it promises', async () => {
    const core = await import(new URL('dist/index.js', root).href);
    const promised =
      'parseNetwork printNetwork networkBuilder analyse simulate createSimulator simulateMany createReactor SolveFailure';
    for (const name of promised.split(' ')) expect(core[name], name).toBeTypeOf('function');
    const circuits = await import(new URL('dist/circuits.js', root).href);
    expect(circuits.linearCrn).toBeTypeOf('function');
    const learning = await import(new URL('dist/learning.js', root).href);
    for (const name of 'train evaluate predict gradientCheck'.split(' ')) {
      expect(learning[name], name).toBeTypeOf('function');
    }
    expect(learning.datasets).toBeTypeOf('object');
  });

  it('keeps one class of failure across its entries', async () => {
    const core = await import(new URL('dist/index.js', root).href);
    const learning = await import(new URL('dist/learning.js', root).href);
    const { network } = core.parseNetwork('init A = 1 \n 2 A -> 3 A');
    await expect(core.simulate(network, { to: 2 })).rejects.toBeInstanceOf(core.SolveFailure);
    expect(learning.CircuitFailure).toBeTypeOf('function');
  });

  it('the lock file names no host', () => {
    expect(readFileSync(new URL('package-lock.json', root), 'utf8')).not.toMatch(/"resolved": "https?:/);
  });

  it('the command line is one file', () => {
    expect(readdirSync(new URL('dist/', root))).toContain('cli.js');
  });
});
