import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Absent } from '../absent.js';
import { checkout } from '../paths.js';

const run = promisify(execFile);

/** The program, and whether SUNDIALS came with KLU. */
export interface NativeCvode {
  program: string;
  klu: boolean;
}

/** Holds a `klu.h` for systems that have none by that name; looked into last. */
const headers = fileURLToPath(new URL('bench/native/', checkout));

const libraries = (names: string[]) => names.map((name) => `-lsundials_${name}`);
const attempts = [
  {
    klu: true,
    flags: ['-idirafter', headers],
    libraries: [...libraries(['sunmatrixsparse', 'sunlinsolklu']), '-lklu'],
  },
  { klu: false, flags: ['-DWITHOUT_KLU'], libraries: [] },
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

async function build(): Promise<NativeCvode> {
  const folder = new URL('build/', checkout);
  mkdirSync(folder, { recursive: true });
  const source = new URL('bench/native/cvode.c', checkout);
  const common = libraries(['cvode', 'nvecserial', 'sunmatrixdense', 'sunlinsoldense']);
  let said = '';
  for (const { klu, flags, libraries } of attempts) {
    const target = new URL(klu ? 'bench-cvode-klu' : 'bench-cvode', folder);
    const program = fileURLToPath(target);
    if (changedAt(target) > changedAt(source)) return { program, klu };
    // Another process may be starting the old one: the new one takes its name when it is whole.
    const fresh = `${program}.${process.pid}`;
    const command = ['-std=gnu11', '-O3', '-march=native', ...flags, fileURLToPath(source), '-o', fresh];
    try {
      await run('cc', [...command, ...libraries, ...common, '-lm']);
      renameSync(fresh, program);
      return { program, klu };
    } catch (error) {
      rmSync(fresh, { force: true });
      said ||= firstLine(error);
    }
  }
  throw new Absent(
    `native CVODE does not compile here (Debian: apt-get install gcc libsundials-dev): ${said}`,
  );
}

const changedAt = (file: URL): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const firstLine = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).split('\n').find((line) => /error|cannot|ENOENT/.test(line)) ?? message;
};
