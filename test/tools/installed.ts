/** The packed tarball, installed in an empty folder once a run, and what tests do with it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { inject } from 'vitest';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const npm = (folder: string, ...words: string[]) =>
  exec('npm', [...words, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });

async function pack(into: string): Promise<void> {
  const { stdout } = await npm(root, 'pack', '--json', '--pack-destination', into);
  renameSync(join(into, JSON.parse(stdout)[0].filename), join(into, 'package.tgz'));
}

async function install(into: string): Promise<void> {
  writeFileSync(join(into, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  // It depends on nothing, so nothing is fetched.
  await npm(into, 'install', '--offline', './package.tgz');
}

/** The folder whose `node_modules` has the package, and beside it `package.tgz`. Made by whichever test file asks first. */
export async function installed(): Promise<string> {
  const folder = join(inject('runFolder'), 'consumer');
  const done = join(folder, 'done');
  try {
    mkdirSync(folder);
  } catch {
    for (let waited = 0; !existsSync(done); waited++) {
      if (waited > 600) throw new Error('the package was not installed in a minute');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return folder;
  }
  await pack(folder);
  await install(folder);
  writeFileSync(done, '');
  return folder;
}

/** A folder of its own beside the package, where files of the test may lie. */
export async function consumer(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await installed(), name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

/** A file that esbuild has written. */
export interface Output {
  file: string;
  text: string;
  /** What of the sources is in it. */
  sources: string[];
  imports: { path: string; kind: string }[];
}

/** Bundles entry points, by output name, with the installed package; writes ES modules. */
export async function bundled(
  folder: string,
  entryPoints: Readonly<Record<string, string>>,
  options: {
    splitting?: boolean;
    conditions?: string[];
    platform?: 'browser' | 'node';
    minify?: boolean;
    external?: string[];
  } = {},
): Promise<Output[]> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints,
    outdir: join(folder, 'out'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    logLevel: 'error',
    // Test sources that lie elsewhere find the package too.
    nodePaths: [join(await installed(), 'node_modules')],
    ...options,
  });
  return Object.entries(metafile.outputs).map(([file, { inputs, imports }]) => ({
    file,
    text: readFileSync(join(folder, file), 'utf8'),
    sources: Object.keys(inputs).filter((source) => inputs[source].bytesInOutput > 0),
    imports,
  }));
}
