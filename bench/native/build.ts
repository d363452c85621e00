import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Absent } from '../absent.js';
import { checkout } from '../paths.js';

const run = promisify(execFile);

/** The program, and what it was linked with. */
export interface NativeCvode {
  program: string;
  klu: boolean;
  /** Whether SUNDIALS is the one of `build-sundials.sh`: the system's may have been compiled without optimisation. */
  own: boolean;
}

/** Holds a `klu.h` for systems that have none by that name; looked into last. */
const headers = fileURLToPath(new URL('bench/native/', checkout));

const folder = new URL('build/', checkout);
/** What `build-sundials.sh` installs. */
const own = new URL('sundials/', folder);
const within = (name: string) => fileURLToPath(new URL(name, own));

const libraries = (...names: string[]) => names.map((name) => `-lsundials_${name}`);
const dense = libraries('cvode', 'nvecserial', 'sunmatrixdense', 'sunlinsoldense');
const sparse = libraries('sunmatrixsparse', 'sunlinsolklu');
const attempts = [
  {
    name: 'bench-cvode-own',
    klu: true,
    own: true,
    flags: ['-flto', '-idirafter', headers, `-I${within('include')}`, `-L${within('lib')}`],
    libraries: [...sparse, ...dense, ...libraries('generic'), '-lklu'],
  },
  {
    name: 'bench-cvode-klu',
    klu: true,
    own: false,
    flags: ['-idirafter', headers],
    libraries: [...sparse, '-lklu', ...dense],
  },
  { name: 'bench-cvode', klu: false, own: false, flags: ['-DWITHOUT_KLU'], libraries: dense },
];

let built: Promise<NativeCvode> | undefined;

/**
 * Compiles `cvode.c` with the machine's C compiler, once a process.
 * @throws (rejects) Absent when compiler or library is not there
 */
export function nativeCvode(): Promise<NativeCvode> {
  built ??= build();
  return built;
}

/** What is to be known of CVODE here; nothing where it was built with optimisation, or is not there. */
export async function cvodeCaveats(): Promise<string[]> {
  try {
    const { own } = await nativeCvode();
    return own
      ? []
      : [
          "CVODE is the system's. Debian compiles it without optimisation; see `bench/native/build-sundials.sh`.",
        ];
  } catch (error) {
    if (error instanceof Absent) return [];
    throw error;
  }
}

async function build(): Promise<NativeCvode> {
  let said = '';
  for (const { name, klu, own: mine, flags, libraries } of attempts) {
    if (mine && !existsSync(own)) continue;
    try {
      return { program: await compiled('cvode.c', name, flags, libraries), klu, own: mine };
    } catch (error) {
      said ||= firstLine(error);
    }
  }
  throw new Absent(
    `native CVODE does not compile here (Debian: apt-get install gcc libsundials-dev): ${said}`,
  );
}

/**
 * Compiles `lu.c`.
 * @throws (rejects) Absent without a C compiler
 */
export async function nativeLu(): Promise<string> {
  try {
    return await compiled('lu.c', 'bench-lu', [], []);
  } catch (error) {
    throw new Absent(
      `the native LU does not compile here (Debian: apt-get install gcc): ${firstLine(error)}`,
    );
  }
}

/**
 * Compiles `ssa.c`.
 * @throws (rejects) Absent without a C compiler
 */
export async function nativeEvents(): Promise<string> {
  try {
    return await compiled('ssa.c', 'bench-ssa', [], []);
  } catch (error) {
    throw new Absent(
      `the native direct method does not compile here (Debian: apt-get install gcc): ${firstLine(error)}`,
    );
  }
}

/** Path of a program compiled from a source beside this file, which is compiled when it has changed. */
async function compiled(source: string, name: string, flags: string[], libraries: string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const from = new URL(`bench/native/${source}`, checkout);
  const target = new URL(name, folder);
  const program = fileURLToPath(target);
  const sources = [from, new URL('bench/native/timing.h', checkout)];
  if (sources.every((source) => changedAt(target) > changedAt(source))) return program;
  // Another process may be starting the old one: the new one takes its name when it is whole.
  const fresh = `${program}.${process.pid}`;
  try {
    const command = ['-std=gnu11', '-O3', '-march=native', ...flags, fileURLToPath(from), '-o', fresh];
    await run('cc', [...command, ...libraries, '-lm']);
    renameSync(fresh, program);
    return program;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

const changedAt = (file: URL): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const firstLine = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).split('\n').find((line) => /error|cannot|ENOENT/.test(line)) ?? message;
};
