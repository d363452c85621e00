import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/index.js';

const root = new URL('../../', import.meta.url);
const at = (path: string) => new URL(path, root);
const readme = readFileSync(at('README.md'), 'utf8');

describe('the README', () => {
  it('its 60-second example runs against the built package and prints what it says', () => {
    const section = readme.slice(readme.indexOf('## 60 seconds'), readme.indexOf('## The command line'));
    const [, code] = /```js\n([\s\S]*?)```/.exec(section) ?? [];
    const [, output] = /```text\n([\s\S]*?)```/.exec(section) ?? [];
    // Inside the package, its own name resolves to its exports.
    mkdirSync(at('build/'), { recursive: true });
    const script = at('build/readme-example.mjs');
    writeFileSync(script, code);
    try {
      expect(execFileSync(process.execPath, [fileURLToPath(script)], { encoding: 'utf8' })).toBe(output);
    } finally {
      rmSync(script);
    }
  });

  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'bench/README.md',
    'examples/README.md',
    ...readdirSync(at('docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ])('the links and paths of %s lead somewhere', (file) => {
    const text = readFileSync(at(file), 'utf8');
    const prose = text.replaceAll(/```[\s\S]*?```/g, '');
    const links = [...prose.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, link]) => new URL(link, at(file)),
    );
    const examples = [...text.matchAll(/\bexamples\/[\w./-]+\w/g)].map(([path]) => at(path));
    for (const target of [...links, ...examples]) expect(existsSync(target), target.pathname).toBe(true);
  });

  it.each(['README.md', 'docs/reference.md'])('the networks in %s parse', (file) => {
    const text = readFileSync(at(file), 'utf8');
    const blocks = [...text.matchAll(/```\n(param[\s\S]*?)```/g)].map(([, block]) => block);
    expect(blocks.length).toBe(1);
    expect(parseNetwork(blocks[0]).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    const named = [...readme.matchAll(/`npm run ([\w:]+)`/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of [...named, 'start', 'test']) expect(scripts, name).toHaveProperty(name);
  });
});
