/** The playground as it was built, file by file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built page lies: `npm run web:build`. */
export const builtPage = fileURLToPath(new URL('../../build/web/', import.meta.url));

export const isBuilt = existsSync(join(builtPage, 'index.html'));

export const NOT_BUILT =
  'the playground is not built: run the tests by `npm test`, or `npm run web:build` first';

/** Every file of the build, by its path within it. */
export function builtFiles(): Map<string, Buffer> {
  if (!isBuilt) throw new Error(NOT_BUILT);
  return new Map(
    readdirSync(builtPage, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(builtPage, path).replaceAll('\\', '/'), readFileSync(path)];
      }),
  );
}

/**
 * What a page can ever load: what it names, and what that names in turn; chunks, workers, styles, the kernel. The service
 * worker names everything, for other pages too: it is counted, and not followed.
 * @param without what is left out, with what that alone would load
 */
export function loadedBy(page: string, files = builtFiles(), without?: RegExp): Set<string> {
  const loaded = new Set<string>();
  const visit = (name: string) => {
    if (loaded.has(name) || without?.test(name)) return;
    loaded.add(name);
    if (!/\.(html|js|css)$/.test(name) || name === 'sw.js') return;
    const text = String(files.get(name));
    for (const other of files.keys()) {
      // Built files have names of their own; pages and texts are gone to and not loaded.
      if (!/\.(html|txt)$/.test(other) && text.includes(other.slice(other.lastIndexOf('/') + 1)))
        visit(other);
    }
  };
  visit(page);
  return loaded;
}
