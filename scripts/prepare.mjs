/**
 * Makes a checkout ready: installs packages when they are missing or the lock file has changed, and builds when any
 * source has. Needs nothing but Node; runs before `npm start` and `npm test`, and behind `npx neural-crn`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

/** What the products are made from. */
const sources = [
  'assembly',
  'src',
  'scripts',
  'asconfig.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const products = [
  'build/kernel.wasm',
  'build/kernel-full.wasm',
  'src/generated/kernel-wasm.ts',
  'src/generated/kernel-full-wasm.ts',
  'src/generated/kernel-id.ts',
  'src/generated/kernel-js.ts',
  'src/generated/kernel-full-js.ts',
  'dist/cli.js',
  'dist/worker.js',
];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`neural-crn needs Node 20.19 or newer; this is ${process.versions.node}`);
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'generated' ? [] : filesUnder(join(path, entry.name)),
  );
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function install(log) {
  const stamp = at('node_modules/.neural-crn-lock');
  const wanted = fingerprint([at('package-lock.json')]);
  // A checkout installed by hand counts, when npm's own record is newer than the lock file.
  const record = at('node_modules/.package-lock.json');
  const byHand =
    !existsSync(stamp) &&
    existsSync(record) &&
    statSync(record).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
  if (!byHand && read(stamp) !== wanted) {
    log('installing packages (npm ci) …');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      // Standard output belongs to the command that asked for this.
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (done.status !== 0) throw new Error('npm ci failed: see the lines above');
  }
  writeFileSync(stamp, wanted);
}

/**
 * Installs and builds what is missing or stale.
 * @param web the playground's page too
 */
export async function prepare({ quiet = false, force = false, web = false } = {}) {
  const log = quiet ? () => {} : (text) => process.stderr.write(`${text}\n`);
  checkNode();
  // Two at once would empty the folder under each other.
  await alone(() => install(log));
  await make({ stamp: at('build/.stamp'), sources, products, force }, async () => {
    const { buildAll } = await import('./build.mjs');
    await buildAll({ log: (text) => log(`building ${text} …`) });
  });
  if (!web) return;
  const page = {
    stamp: at('build/.web-stamp'),
    sources: [...sources, 'web'],
    products: ['build/web/index.html'],
    force,
  };
  await make(page, async () => {
    log('building the playground …');
    const { build } = await import('vite');
    await build({ configFile: at('web/vite.config.ts'), logLevel: 'warn' });
  });
}

/** Builds unless its products are there and its sources are those of the last time. */
async function make({ stamp, sources, products, force }, build) {
  const wanted = fingerprint(sources.flatMap((path) => filesUnder(at(path))));
  if (!force && read(stamp) === wanted && products.every((path) => existsSync(at(path)))) return;
  await alone(async () => {
    // Whoever held the lock may have built just this.
    if (!force && read(stamp) === wanted && products.every((path) => existsSync(at(path)))) return;
    await build();
    writeFileSync(stamp, wanted);
  });
}

/** Runs `work` while no other process of this checkout does; the lock of a dead one is taken over. */
async function alone(work) {
  mkdirSync(at('build'), { recursive: true });
  const lock = at('build/.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAlive(Number(read(lock)))) await new Promise((resolve) => setTimeout(resolve, 200));
      else rmSync(lock, { force: true });
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  // An empty lock is being written this moment.
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await prepare({ force: process.argv.includes('--force'), web: process.argv.includes('--web') });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
