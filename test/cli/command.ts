import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The bundled command, as users run it. */
export const bundle = join(root, 'dist/cli.js');
/** What `npx neural-crn` starts. */
export const launcher = join(root, 'bin/neural-crn.js');

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds that `ready` may take when everything has to be built. */
export const buildTime = 200_000;

/** Builds what is stale; `npm test` has done so already. Test files that come here together wait for one build. */
export async function ready(): Promise<void> {
  const { prepare } = await import(pathToFileURL(join(root, 'scripts/prepare.mjs')).href);
  await prepare({ quiet: true });
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  /** Standard input. Default: nothing. */
  input?: string | Buffer;
  env?: Record<string, string>;
  script?: string;
  /** Gets the process when it has started. */
  during?: (child: ChildProcessWithoutNullStreams) => Promise<void> | void;
}

/** Runs the command as a process of its own. */
export function neuralCrn(args: string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, input = '', env = {}, script = bundle, during } = options;
  const inherited = { ...process.env };
  // What decides about colours is up to the test.
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'npm_command']) delete inherited[name];
  const child = spawn(process.execPath, [script, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...inherited, ...env },
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.stderr += piece;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...text }));
    Promise.resolve(during?.(child)).catch(reject);
  });
}

/** Waits until something is so; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(10);
}

export { pause };

/** A folder of one test file, with files in it, removed at the end. */
export class Workplace {
  readonly path = mkdtempSync(join(tmpdir(), 'neural-crn-cli-'));

  at(name: string): string {
    return join(this.path, name);
  }

  has(name: string): boolean {
    return existsSync(this.at(name));
  }

  write(name: string, content: string | Buffer): string {
    writeFileSync(this.at(name), content);
    return name;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Robertson's reactions (1966), the classical stiff network. */
export const robertson = `param k1 = 0.04
init A = 1
A ->{k1} B
2 B ->{3e7} B + C
B + C ->{1e4} A + C
`;

/** Oscillates for as long as one likes. */
export const brusselator = `init X = 1; init Y = 1
const A = 1; const B = 3
A -> X + A
2 X + Y -> 3 X
B + X -> Y + B
X -> ∅
`;
