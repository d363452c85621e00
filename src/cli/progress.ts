import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.js';

/** A bar with ETA on standard error. Does nothing when that is no terminal, or with --quiet. */
export interface Progress {
  /** @param done of the total given at the start; @param words shown after the bar */
  update(done: number, words?: string): void;
  /** Removes the bar. */
  stop(): void;
}

/** A bar that would vanish at once is not drawn at all. */
const PATIENCE = 400;

export function startProgress(terminal: Terminal, what: string, total: number): Progress {
  if (terminal.quiet || !process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const began = performance.now();
  let bar: cliProgress.SingleBar | undefined;
  let stopped = false;
  const start = (): cliProgress.SingleBar => {
    const { wordInk } = terminal;
    const made = new cliProgress.SingleBar({
      format: `${what} {bar} {percentage}%  {words}  ${wordInk.dim('ETA {eta_formatted}')}`,
      barCompleteChar: '━',
      barIncompleteChar: '─',
      barsize: 24,
      etaBuffer: 200,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      stream: process.stderr,
    });
    made.start(total, 0, { words: '' });
    return made;
  };
  return {
    update(done, words = '') {
      if (stopped || (bar === undefined && performance.now() - began < PATIENCE)) return;
      bar ??= start();
      bar.update(done, { words });
    },
    stop() {
      stopped = true;
      bar?.stop();
    },
  };
}
