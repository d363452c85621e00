import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { StoreError, unwritable } from './errors.js';

/** Who holds a lock. */
interface Holder {
  pid: number;
  host: string;
  /** When that process began, where the system tells: another may get its number. */
  began?: string;
  token: string;
}

/** Keeps other processes from writing to a file. */
export interface Lock {
  /** @throws StoreError `locked` when somebody has taken the lock away by hand */
  check(): void;
  release(): void;
}

/**
 * Takes the lock file at `path`. That of a process of this machine that has ended is taken over.
 * @throws StoreError `locked`
 */
export function takeLock(path: string): Lock {
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    ...beginning(process.pid),
    token: randomBytes(12).toString('hex'),
  };
  const text = JSON.stringify(own);
  for (;;) {
    if (made(path, text)) break;
    const found = read(path);
    if (found === undefined) continue;
    if (!isOver(found)) throw locked(path, found);
    setAside(path, found);
  }
  return {
    check: () => {
      if (read(path) !== text) {
        throw new StoreError('locked', `${path} has been removed or replaced while this process was writing`);
      }
    },
    release: () => {
      if (read(path) === text) unlinkSync(path);
    },
  };
}

/** Makes the file with its text at once, so that nobody sees it empty. False where there is one. */
function made(path: string, text: string): boolean {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(aside, text);
    try {
      linkSync(aside, path);
      return true;
    } finally {
      unlinkSync(aside);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw unwritable(path, error);
  }
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unwritable(path, error);
  }
};

function holderOf(text: string): Partial<Holder> {
  try {
    return JSON.parse(text) as Partial<Holder>;
  } catch {
    return {};
  }
}

/** Whether the holder is a process of this machine that has ended. */
function isOver(text: string): boolean {
  const { pid, host, began } = holderOf(text);
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const now = beginning(pid).began;
  return now === 'over' || (began !== undefined && now !== undefined && now !== began);
}

/** When a process began, by the kernel's clock; `over` for one that has ended and is only not yet buried. */
function beginning(pid: number): { began?: string } {
  try {
    // Fields after the name, which may hold spaces and parentheses: state is the first, the start the twentieth.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { began: fields[0] === 'Z' ? 'over' : fields[19] };
  } catch {
    return {};
  }
}

/** Removes a lock that is over, and no other: somebody else may have been faster. */
function setAside(path: string, text: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unwritable(path, error);
  }
  if (read(aside) !== text) {
    try {
      linkSync(aside, path);
    } catch {
      // There is a new one already; whoever lost his finds out before he writes.
    }
  }
  unlinkSync(aside);
}

function locked(path: string, text: string): StoreError {
  const { pid, host } = holderOf(text);
  const who =
    pid === undefined ? 'another process' : `process ${pid}${host === hostname() ? '' : ` of ${host}`}`;
  return new StoreError(
    'locked',
    `${who} is writing there (${path})`,
    pid !== undefined && host === hostname()
      ? 'wait until it is done, or give another folder'
      : `if that process has ended, remove ${path}`,
  );
}
