import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files by what they import, type-only imports and re-exports included. Paths are relative to the project. */
function imports(rooms: readonly string[]): Map<string, string[]> {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, room, name)),
  );
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
      const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
      return [relative(root, file), own.map((name) => relative(root, resolved(file, name)))];
    }),
  );
}

function resolved(from: string, name: string): string {
  const path = join(dirname(from), name.replace(/\.js$/, ''));
  // Generated text and the like may be imported with its own extension.
  const found = [`${path}.ts`, `${path}.d.ts`, path].find((one) => existsSync(one));
  if (found === undefined) throw new Error(`${relative(root, from)} imports ${name}, which is not there`);
  return found;
}

/** One circle for every import that closes one: each file imports the next, the last is the first. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const place = path.indexOf(file);
    if (place >= 0) found.push([...path.slice(place), file]);
    if (place >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

it('no file of the sources imports itself by way of others, not even for types', () => {
  const graph = imports(['src', 'assembly']);
  expect(graph.size).toBeGreaterThan(200);
  expect(graph.get('src/learning/failure.ts')).toEqual(['src/learning/training-result.ts']);
  expect(circles(graph)).toEqual([]);
});

it('a circle is found wherever it begins', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
    ['e', ['e']],
  ]);
  expect(circles(graph)).toEqual([
    ['b', 'd', 'b'],
    ['e', 'e'],
  ]);
});
