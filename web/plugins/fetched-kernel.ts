import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const fetched = fileURLToPath(new URL('../app/fetched-kernel.ts', import.meta.url));

/**
 * The built page fetches the core kernel as a file instead of carrying its bytes. Not so the full one, which is a chunk of its
 * own anyway: as a file it would be written, and kept for when there is no network, also where nothing uses it.
 */
export const fetchedKernel = (): Plugin => ({
  name: 'fetched-kernel',
  apply: 'build',
  load: {
    filter: { id: /src[/\\]engine[/\\]inlined\.ts$/ },
    handler: () => `export * from ${JSON.stringify(fetched)};`,
  },
});
