import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Scripts made from sources for worker threads and processes, which cannot load TypeScript; removed at the end. */
export class Scripts {
  readonly path = mkdtempSync(join(tmpdir(), 'neural-crn-batch-'));

  /**
   * @param source path from this folder
   * @param external packages that are looked for when the script runs
   */
  async bundle(
    source: string,
    name = source,
    format: 'esm' | 'iife' = 'esm',
    external: string[] = [],
  ): Promise<URL> {
    const outfile = join(this.path, name.replace(/^.*\//, '').replace(/\.ts$/, '.mjs'));
    await build({
      entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
      bundle: true,
      format,
      platform: 'node',
      target: 'es2022',
      outfile,
      external,
      logLevel: 'warning',
    });
    return pathToFileURL(outfile);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
