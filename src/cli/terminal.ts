import pc from 'picocolors';
import type { Paint } from './issues.js';

type Colours = ReturnType<typeof pc.createColors>;

/** Where a command's words and data go. */
export interface Terminal {
  readonly quiet: boolean;
  /** Columns of a table on standard output. */
  readonly width: number;
  /** Colours for standard output. */
  readonly ink: Colours;
  /** Colours for standard error. */
  readonly wordInk: Colours;
  /** How issues are painted. */
  readonly paint: Paint;
  /** Data, on standard output. */
  print(text: string): void;
  /** Words, on standard error; nothing with --quiet. */
  say(text: string): void;
  /** What must be known even with --quiet, on standard error. */
  complain(text: string): void;
}

/** Flags that every command has. */
export interface TerminalFlags {
  quiet?: boolean;
  /** False for --no-color. */
  color?: boolean;
}

/** https://no-color.org and the FORCE_COLOR habit of Node; otherwise only on a terminal that can. */
function hasColours(stream: { isTTY?: boolean }, wanted: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!wanted || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}

const NARROWEST = 60;
const WIDEST = 100;

export function openTerminal({ quiet = false, color = true }: TerminalFlags): Terminal {
  const ink = pc.createColors(hasColours(process.stdout, color));
  const wordInk = pc.createColors(hasColours(process.stderr, color));
  return {
    quiet,
    width: Math.min(WIDEST, Math.max(NARROWEST, process.stdout.columns ?? 80)),
    ink,
    wordInk,
    paint: {
      place: wordInk.bold,
      severity: (text, severity) =>
        wordInk.bold(severity === 'error' ? wordInk.red(text) : wordInk.yellow(text)),
      caret: wordInk.green,
    },
    print: (text) => {
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    say: (text) => {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
    complain: (text) => {
      process.stderr.write(`${text}\n`);
    },
  };
}

/** A reader that has seen enough (`| head`) ends the command without a word. */
export function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  process.stderr.on('error', () => {});
}
