import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const fetched = fileURLToPath(new URL('../app/fetched-kernel.ts', import.meta.url));

/** The built page fetches the kernel as a file instead of carrying its bytes. */
export const fetchedKernel = (): Plugin => ({
  name: 'fetched-kernel',
  apply: 'build',
  load: {
    filter: { id: /src[/\\]engine[/\\]inlined\.ts$/ },
    handler: () => `export * from ${JSON.stringify(fetched)};`,
  },
});
