import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as batch from '../../src/batch/node.js';
import * as queue from '../../src/batch/queue/index.js';
import * as store from '../../src/batch/store/index.js';
import * as circuits from '../../src/circuits/index.js';
import * as compare from '../../src/compare/index.js';
import * as digits from '../../src/digits/index.js';
import * as discover from '../../src/discover/index.js';
import * as fit from '../../src/fit/index.js';
import * as core from '../../src/index.js';
import * as io from '../../src/io/index.js';
import * as lab from '../../src/lab/index.js';
import * as learning from '../../src/learning/index.js';
import * as sensitivity from '../../src/sensitivity/index.js';
import * as slim from '../../src/slim.js';
import { validations } from '../../src/validation/index.js';
import * as web from '../../src/web/node.js';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docs/reference.md', root), 'utf8');

/** The rows of the table whose head begins with these words, as cells. */
function table(head: string): string[][] {
  const lines = text.slice(text.indexOf(`\n| ${head} |`) + 1).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands in backquotes. */
const code = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

describe('the reference', () => {
  it('names what the entries export', () => {
    const entries: Record<string, object> = {
      'neural-crn': core,
      'neural-crn/circuits': circuits,
      'neural-crn/io': io,
      'neural-crn/lab': lab,
      'neural-crn/learning': learning,
      'neural-crn/batch': batch,
      'neural-crn/batch/store': store,
      'neural-crn/batch/queue': queue,
      'neural-crn/digits': digits,
      'neural-crn/web': web,
      'neural-crn/sensitivity': sensitivity,
      'neural-crn/fit': fit,
      'neural-crn/compare': compare,
      'neural-crn/discover': discover,
      'neural-crn/slim': slim,
    };
    let entry = '';
    let named = 0;
    for (const [first, names] of table('entry')) {
      entry = code(first)[0] ?? entry;
      if (entry === 'neural-crn/plot') continue;
      for (const name of code(names).flatMap((list) => list.split(' '))) {
        expect(entries[entry], `${entry} exports ${name}`).toHaveProperty(name);
        named++;
      }
    }
    expect(named).toBeGreaterThan(60);
  });

  it('lists every option of neuralCrn', () => {
    const listed = table('option').flatMap(([names]) => code(names));
    expect(listed.sort()).toEqual(Object.keys(circuits.neuralSettings({ inputs: 2 })).sort());
  });

  it('lists every task with its recipes, the standard one in bold', () => {
    const listed = table('task').flatMap(([names, recipes]) =>
      code(names).map((name) => [
        name,
        { recipes: code(recipes), bold: /\*\*`(.*?)`\*\*/.exec(recipes)?.[1] },
      ]),
    );
    const known = Object.entries(learning.tasks).map(([name, { recipes, standard }]) => [
      name,
      { recipes: Object.keys(recipes), bold: standard },
    ]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
  });

  it('lists every task of other systems likewise', () => {
    const listed = table('learner task').map(([name, recipes]) => [
      code(name)[0],
      code(recipes),
      /\*\*`(.*?)`\*\*/.exec(recipes)?.[1],
    ]);
    const known = Object.entries(learning.learnerTasks).map(([name, { recipes, standard }]) => [
      name,
      Object.keys(recipes),
      standard,
    ]);
    expect(listed).toEqual(known);
  });

  it('lists every experiment whose numbers are known beforehand likewise', () => {
    const listed = table('numbers known beforehand').map(([name, recipes]) => [
      code(name)[0],
      code(recipes),
      /\*\*`(.*?)`\*\*/.exec(recipes)?.[1],
    ]);
    const known = Object.entries(validations).map(([name, { recipes, standard }]) => [
      name,
      Object.keys(recipes),
      standard,
    ]);
    expect(listed).toEqual(known);
  });

  it('lists every option of layered networks', () => {
    const listed = table('layered option').flatMap(([names]) =>
      code(names).filter((name) => name !== 'bfcnn' && name !== 'lakin'),
    );
    const sizes = [2, 1];
    const known = [
      circuits.bfcnnSettings({ sizes }),
      circuits.lakinSettings({ sizes }),
      circuits.perturbationSettings({ sizes }),
    ];
    expect(listed.sort()).toEqual([...new Set(known.flatMap((settings) => Object.keys(settings)))].sort());
  });

  it('names flags that exist', () => {
    const folder = new URL('src/cli/', root);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const sources = names
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const known = new Set(sources.flatMap((source) => source.match(/--[a-z][a-z-]*/g) ?? []));
    const named = new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag));
    named.delete('--help');
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('names the codes of a training failure', () => {
    const source = readFileSync(new URL('src/learning/failure.ts', root), 'utf8');
    const [, codes] = /type CircuitFailureCode = (.*);/.exec(source) ?? [];
    expect(table('code').flatMap(([name]) => code(name))).toEqual(
      [...codes.matchAll(/'(\w+)'/g)].map(([, name]) => name),
    );
  });
});
