/** Formats the kernel's sources, or with `--check` says which are not formatted. Biome cannot read AssemblyScript. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes('--check');
const options = {
  parser: 'typescript',
  plugins: ['assemblyscript-prettier'],
  printWidth: 110,
  singleQuote: true,
  trailingComma: 'all',
};

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
  return (await Promise.all(lists)).flat();
}

const unformatted = [];
for (const path of await filesUnder(join(root, 'assembly'))) {
  const text = await readFile(path, 'utf8');
  const formatted = await format(text, { ...options, filepath: path });
  if (formatted === text) continue;
  if (check) unformatted.push(relative(root, path));
  else await writeFile(path, formatted);
}
if (unformatted.length > 0) {
  console.error(`not formatted (npm run format): ${unformatted.join(', ')}`);
  process.exitCode = 1;
}
