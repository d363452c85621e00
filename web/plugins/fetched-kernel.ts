import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const at = (name: string) => fileURLToPath(new URL(`../app/${name}.ts`, import.meta.url));

/** The built page fetches kernels as files instead of carrying their bytes. */
export const fetchedKernel = (): Plugin => ({
  name: 'fetched-kernel',
  apply: 'build',
  load: {
    filter: { id: /src[/\\]engine[/\\]inlined(-full)?\.ts$/ },
    handler: (id) =>
      `export * from ${JSON.stringify(at(id.endsWith('-full.ts') ? 'fetched-full-kernel' : 'fetched-kernel'))};`,
  },
});
