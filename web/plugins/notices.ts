import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { noticesOf } from '../../scripts/notices.mjs';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

export const NOTICES = 'third-party-notices.txt';

/** The licences of what is bundled, as a file beside the page; `also` are files that other plugins have bundled. */
export function notices(also: () => readonly string[]): Plugin {
  return {
    name: 'notices',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
        // Vite's own helpers are in the chunks too.
        const used = [...files, ...also(), 'node_modules/vite'];
        this.emitFile({ type: 'asset', fileName: NOTICES, source: await noticesOf(used, packages) });
      },
    },
  };
}
