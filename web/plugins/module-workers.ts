import { relative } from 'node:path';
import type { Plugin } from 'vite';

const SUFFIX = '?script';
const PREFIX = '\0script:';
const PRELOAD = '\0vite/preload-helper.js';

/**
 * `import address from './worker.ts?script'`: the address of a module worker's script. Vite bundles every worker by itself,
 * each with a copy of the library; these are built with the page and share their chunks with it and with each other.
 */
export function moduleWorkers(): Plugin {
  let root = '';
  let isBuilt = false;
  return {
    name: 'module-workers',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
      isBuilt = config.command === 'build';
    },
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return undefined;
      const found = await this.resolve(id.slice(0, -SUFFIX.length), importer);
      return found ? PREFIX + found.id : undefined;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const script = id.slice(PREFIX.length);
      // The server of sources gives every module by its path.
      if (!isBuilt) return `export default ${JSON.stringify(`/${relative(root, script)}`)};`;
      const reference = this.emitFile({ type: 'chunk', id: script });
      return `export default import.meta.ROLLDOWN_FILE_URL_${reference};`;
    },
    transform(code, id) {
      // Vite's dynamic imports tell `window` of a module that does not load; workers have none, and would tell nothing.
      if (id !== PRELOAD) return undefined;
      const told = code.replaceAll('window.dispatchEvent', 'globalThis.dispatchEvent');
      if (told === code) this.error('vite/preload-helper.js no longer tells `window` of what fails');
      return told;
    },
  };
}
