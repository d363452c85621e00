import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InvalidInput } from './failures.js';
import type { Terminal } from './terminal.js';

const causes: Record<string, string> = {
  EACCES: 'writing is not permitted there',
  EPERM: 'writing is not permitted there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a directory',
  EEXIST: 'a part of the path is not a directory',
  ENOSPC: 'no space is left',
  ENAMETOOLONG: 'the name is too long',
};

function unwritable(flag: string, path: string, error: unknown): InvalidInput {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new InvalidInput(`${flag} ${path} cannot be written: ${causes[code] ?? message}`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Makes sure that a file can be written there before long work starts: creates its folder.
 * @throws InvalidInput naming the flag
 */
export function prepareFile(flag: string, path: string): void {
  try {
    if (isDirectory(path)) throw new Error('it is a directory');
    const folder = dirname(resolve(path));
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(flag, path, error);
  }
}

/** The same for a folder of files. */
export function prepareFolder(flag: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    if (!isDirectory(path)) throw new Error('it is a file, not a directory');
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw unwritable(flag, path, error);
  }
}

/** Writes a whole file or nothing: a reader never sees half of it, and a failure leaves the old one. */
export async function writeAtomically(
  path: string,
  data: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const part = join(dirname(path), `.${randomBytes(6).toString('hex')}.part`);
  try {
    await writeFile(part, data);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw unwritable('the file', path, error);
  }
}

/**
 * Checks a command's output flags together: at most one on standard output, each path once, each writable.
 * @param targets by flag, as `{ '--csv': 'a.csv', '--json': '-' }`
 */
export function prepareTargets(targets: Record<string, string | undefined>): void {
  const taken = new Map<string, string>();
  for (const [flag, target] of Object.entries(targets)) {
    if (target === undefined) continue;
    if (target === '') throw new InvalidInput(`${flag} needs a file name, or - for standard output`);
    const place = target === '-' ? '-' : resolve(target);
    const other = taken.get(place);
    if (other !== undefined) {
      const where = target === '-' ? 'standard output' : target;
      throw new InvalidInput(`${other} and ${flag} cannot both be written to ${where}`);
    }
    taken.set(place, flag);
  }
  for (const [flag, target] of Object.entries(targets)) {
    if (target !== undefined && target !== '-') prepareFile(flag, target);
  }
}

/** Writes to a file, saying so, or to standard output for `-`. Does nothing without a target. */
export async function deliver(
  target: string | undefined,
  terminal: Terminal,
  make: () => string | Iterable<string>,
  what: string,
): Promise<void> {
  if (target === undefined) return;
  const made = make();
  const pieces = typeof made === 'string' ? [made.endsWith('\n') ? made : `${made}\n`] : made;
  if (target === '-') {
    for (const piece of pieces) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    }
    return;
  }
  await writeAtomically(target, pieces);
  terminal.say(`wrote ${target} (${what})`);
}
