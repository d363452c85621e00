import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { elements } from './plugins/elements.ts';
import { offline } from './plugins/offline.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The playground: static files that run from any folder of any host. */
export default defineConfig({
  root: at('.'),
  base: './',
  resolve: {
    // The page imports what users import, from the sources.
    alias: [
      { find: /^neural-crn$/, replacement: at('../src/index.ts') },
      { find: /^neural-crn\/(.+)$/, replacement: `${at('../src')}/$1/index.ts` },
    ],
  },
  plugins: [elements(), offline()],
  worker: { format: 'es' },
  build: {
    outDir: at('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: { index: at('index.html'), embed: at('embed/index.html') } },
  },
});
