import { exitCodes } from './failures.js';

let current: AbortController | undefined;

/** Set once a signal has come: the code the command ends with. */
let code: number | undefined;

function hear(exitCode: number): void {
  // The second time, or when nothing is under way that could be saved: at once.
  if (code !== undefined || current === undefined) process.exit(exitCode);
  code = exitCode;
  current.abort(new Error('interrupted'));
}

/** Ctrl-C and a polite kill end what is under way, keeping what there is. */
export function watchSignals(): void {
  process.on('SIGINT', () => hear(exitCodes.interrupted));
  process.on('SIGTERM', () => hear(143));
}

/** The exit code when a signal has come. */
export const interruptCode = (): number | undefined => code;

/** Runs work that a first Ctrl-C aborts through its signal. A second one ends the process. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  current = new AbortController();
  const { signal } = current;
  if (code !== undefined) current.abort(new Error('interrupted'));
  try {
    return await work(signal);
  } finally {
    current = undefined;
  }
}
