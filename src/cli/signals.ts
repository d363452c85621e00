import { exitCodes } from './failures.js';

/** What is under way: the first signal asks it to end, a second one to end sooner where it can. */
interface Work {
  first: AbortController;
  /** Only for work that knows two ways to end. */
  second: AbortController | undefined;
}

let current: Work | undefined;

/** Set once a signal has come: the code the command ends with. */
let code: number | undefined;

function hear(exitCode: number): void {
  if (code !== undefined && current?.second?.signal.aborted === false) {
    current.second.abort(new Error('interrupted again'));
    return;
  }
  // Again, or when nothing is under way that could be saved: at once.
  if (code !== undefined || current === undefined) process.exit(exitCode);
  code = exitCode;
  current.first.abort(new Error('interrupted'));
}

/** Ctrl-C and a polite kill end what is under way, keeping what there is. */
export function watchSignals(): void {
  process.on('SIGINT', () => hear(exitCodes.interrupted));
  process.on('SIGTERM', () => hear(143));
}

/** The exit code when a signal has come. */
export const interruptCode = (): number | undefined => code;

/**
 * Runs work that a first Ctrl-C aborts through its signal. A second one ends the process, unless the work takes a second
 * signal: then a third one does.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal, second: AbortSignal) => Promise<T>,
): Promise<T> {
  const own: Work = {
    first: new AbortController(),
    second: work.length > 1 ? new AbortController() : undefined,
  };
  current = own;
  if (code !== undefined) own.first.abort(new Error('interrupted'));
  try {
    return await work(own.first.signal, (own.second ?? own.first).signal);
  } finally {
    current = undefined;
  }
}
