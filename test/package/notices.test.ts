/** Work of others in what is built is named, with its licence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';
import { describe, expect, it } from 'vitest';
import { packageOf } from '../../scripts/notices.mjs';
import { builtFiles } from '../tools/built-page.js';
import { installed } from '../tools/installed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Packages of files that are bundled. */
const packagesOf = (files: readonly string[]) =>
  [...new Set(files.flatMap((file) => packageOf(file) ?? []))].sort();

/** Packages that notices name, each with a licence's words below. */
function named(notices: string): string[] {
  const [, ...parts] = notices.split(/^-{70,}$/m);
  return parts.flatMap((part) => {
    const [titles, ...text] = part.trim().split('\n\n');
    expect(text.join('\n'), titles).toMatch(/Permission (is hereby granted|to use, copy)|Apache License/);
    return titles.split('\n').map((title) => /^(\S+) \d+\.\S+ \([\w.-]+\)$/.exec(title)?.[1] ?? title);
  });
}

describe('notices', () => {
  it('of the package name everything that is bundled with it', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [
        'src/cli/main.ts',
        'src/script.ts',
        'src/batch/worker.ts',
        'src/cli/validation-worker.ts',
        'src/plot/index.ts',
      ],
      ...{ bundle: true, write: false, metafile: true, outdir: 'nowhere', format: 'esm', platform: 'node' },
      external: ['@resvg/resvg-js', 'canvas', 'bullmq', 'ioredis'],
      logLevel: 'silent',
    });
    const bundled = packagesOf(Object.keys(metafile.inputs));
    expect(bundled).toContain('commander');
    const notices = readFileSync(
      join(await installed(), 'node_modules/neural-crn/dist/third-party-notices.txt'),
      'utf8',
    );
    // The compiler's own library is in the kernel.
    expect(named(notices)).toEqual(expect.arrayContaining([...bundled, 'assemblyscript']));
  });

  it('of the page name everything that is bundled with it', async () => {
    const built = await buildPage({
      configFile: join(root, 'web/vite.config.ts'),
      build: { write: false, minify: false },
      logLevel: 'silent',
    });
    const { output } = built as Exclude<typeof built, unknown[] | { close(): unknown }>;
    const bundled = packagesOf(output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : [])));
    expect(bundled).toEqual(expect.arrayContaining(['preact', 'uplot', '@codemirror/view']));
    const files = builtFiles();
    expect(named(String(files.get('third-party-notices.txt')))).toEqual(expect.arrayContaining(bundled));
    for (const single of ['elements.js', 'elements-learner.js'])
      expect(String(files.get(single)).slice(0, 200)).toContain('third-party-notices.txt');
  });
});
