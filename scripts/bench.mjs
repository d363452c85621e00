/** Bundles the benchmarks and runs them: `npm run bench [-- suite …]`. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await prepare();
const { build } = await import('esbuild');
await build({
  // The second is what measuring processes run.
  entryPoints: { bench: join(root, 'bench/run.ts'), 'bench-child': join(root, 'bench/child.ts') },
  outdir: join(root, 'build'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  packages: 'external',
  logLevel: 'warning',
});
await import(pathToFileURL(join(root, 'build/bench.mjs')).href);
