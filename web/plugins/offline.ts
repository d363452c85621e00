import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What is served when the network is not there: everything that was built, kept under the build's own name. */
const script = (name: string, files: readonly string[]) => `const name = ${JSON.stringify(name)};
const files = ${JSON.stringify(files)};

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => skipWaiting()),
  );
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one.startsWith('neural-crn-') && one !== name).map((one) => caches.delete(one))))
      .then(() => clients.claim()),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  // Pages from the network first, so that a new build is seen; what has a hash in its name never changes.
  const kept = () => caches.match(request, { ignoreSearch: true, cacheName: name });
  event.respondWith(
    request.mode === 'navigate'
      ? fetch(request).catch(async () => (await kept()) ?? caches.match('./index.html', { cacheName: name }))
      : kept().then((found) => found ?? fetch(request)),
  );
});
`;

/**
 * A service worker `sw.js` for the whole page: after the first visit it needs no network.
 * @param without files that belong to pages of others
 */
export function offline({ without = [] }: { without?: readonly string[] } = {}): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const hash = createHash('sha256');
        const files = Object.entries(bundle)
          .filter(([file]) => !without.includes(file))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([file, one]) => {
            hash.update(file).update(one.type === 'chunk' ? one.code : one.source);
            return `./${file}`;
          });
        const name = `neural-crn-${hash.digest('hex').slice(0, 12)}`;
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: script(name, ['./', './embed/', './icon.svg', ...files]),
        });
      },
    },
  };
}
