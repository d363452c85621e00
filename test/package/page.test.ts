/** The playground as it is built: what a visitor may ever have to load of it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtFiles, loadedBy } from '../tools/built-page.js';

const files = builtFiles();
const zipped = (name: string) => gzipSync(files.get(name) as Buffer, { level: 9 }).length;
const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + zipped(name), 0);

/** What only those load who ask for it, with all that it brings, and how much that may be. */
const lazy = [
  { what: 'readers of SBML and others', is: /^assets\/other-formats-.*\.js$/, most: 45_000 },
  { what: 'the view of digits and its images', is: /^assets\/digits-.*\.(js|css)$/, most: 175_000 },
  { what: 'the comparison and its table', is: /^assets\/compare-.*\.(js|css)$/, most: 20_000 },
  {
    what: 'simulation by molecules',
    is: /^assets\/(inlined|kernel-full-(wasm|js))-.*\.js$/,
    most: 65_000,
  },
  { what: 'presets that are built', is: /^assets\/systems-.*\.js$/, most: 35_000 },
];
const isLazy = new RegExp(lazy.map(({ is }) => is.source).join('|'));
/** The elements as single files, for pages of others. */
const single = ['elements.js', 'elements-learner.js'];
const notices = 'third-party-notices.txt';

describe('the built page', () => {
  it('is at most 350 kB compressed, views, workers and kernel together', () => {
    const whole = loadedBy('index.html', files);
    const loaded = loadedBy('index.html', files, isLazy);
    for (const { what, is, most } of lazy) {
      const begins = [...whole].filter((name) => is.test(name));
      expect(begins.length, what).toBeGreaterThan(0);
      // What it shares with the page leads on to the others.
      const others = new RegExp(lazy.flatMap((one) => (one.is === is ? [] : [one.is.source])).join('|'));
      const all = new Set(begins.flatMap((name) => [...loadedBy(name, files, others)]));
      const brought = [...all].filter((name) => !loaded.has(name));
      console.log(`${what}: ${sum(brought)} bytes in ${brought.length} files`);
      expect(sum(brought), what).toBeLessThanOrEqual(most);
    }
    const examples = loadedBy('embed/index.html', files);
    const more = [...examples].filter((name) => !whole.has(name) && !single.includes(name));
    console.log(
      `the page: ${sum(loaded)} bytes in ${loaded.size} files; its examples of elements: ${sum(more)} more`,
    );
    for (const part of [
      /^assets\/simulate-.*\.js$/,
      /^assets\/race-.*\.js$/,
      /\.wasm$/,
      /\.css$/,
      /^sw\.js$/,
    ])
      expect([...loaded].some((name) => part.test(name))).toBe(true);
    expect(sum(loaded)).toBeLessThanOrEqual(350_000);
    // With the page of examples that is all there is.
    const all = new Set([...whole, ...more, ...single, notices]);
    expect([...files.keys()].filter((name) => !all.has(name))).toEqual([]);
  });

  it('has the library once', () => {
    // Messages of the reader of networks, the simulator, and the trainer.
    const messages = [
      'is not closed on its line',
      'parameters must be an object of numbers',
      'the error grows without bound',
    ];
    for (const words of messages) {
      const holders = [...files].filter(
        ([name, content]) => !single.includes(name) && content.includes(words),
      );
      expect(holders.length, words).toBe(1);
    }
    const engines = [...files.keys()].filter((name) => /kernel-js|\.wasm$/.test(name));
    expect(engines).toHaveLength(2);
  });

  it('keeps the page for when there is no network, and leaves the single files to others', () => {
    const kept = String(files.get('sw.js'));
    const named = (name: string) => kept.includes(`"./${name}"`);
    expect([...loadedBy('index.html', files)].filter((name) => name !== 'sw.js' && !named(name))).toEqual([]);
    expect(single.filter(named)).toEqual([]);
  });
});
