import { Command, InvalidArgumentError } from 'commander';
import { type Effort, fullEffort, quickEffort } from './effort.js';
import { problemNames } from './problems.js';
import { suites } from './suites/index.js';

/** What the command line asks for. */
export interface Request {
  suites: string[];
  problems: string[];
  effort: Effort;
  /** Folder for Markdown, JSON and figures, or null. */
  out: string | null;
  /** Prints JSON in place of Markdown. */
  json: boolean;
}

interface Flags {
  quick?: true;
  problems?: string[];
  processes?: number;
  milliseconds?: number;
  seconds?: number;
  out?: string;
  json?: true;
}

/** `given` when all of it is known, else an error that lists what is. */
function known(what: string, given: string[], allowed: readonly string[]): string[] {
  for (const name of given) {
    if (allowed.includes(name)) continue;
    throw new InvalidArgumentError(
      `There is no ${what} ${JSON.stringify(name)}; there are ${allowed.join(', ')}.`,
    );
  }
  return [...new Set(given)];
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It must be a number greater than 0.');
  return value;
}

function count(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/**
 * Reads the command line.
 * @param args without the names of Node and the script
 * @throws CommanderError when help was asked for, or after saying on standard error what is wrong and what is allowed
 */
export function parseRequest(args: readonly string[]): Request {
  const suiteNames = Object.keys(suites);
  const command = new Command('npm run bench --')
    .description('Benchmarks: every figure that compares is a ratio from one run. See bench/README.md.')
    .argument(
      '[suites...]',
      `any of ${suiteNames.join(', ')}; all by default`,
      (name: string, before: string[] | undefined) => known('suite', [...(before ?? []), name], suiteNames),
    )
    .option('--problems <names>', 'only these, apart by commas', (text: string) =>
      known('problem', text.split(','), problemNames),
    )
    .option('--quick', 'tiny settings that show that everything runs; the figures mean nothing')
    .option('--processes <n>', `over which comparisons are repeated (default ${fullEffort.processes})`, count)
    .option('--milliseconds <ms>', `behind one figure (default ${fullEffort.milliseconds})`, positive)
    .option('--seconds <s>', `after which one solve is given up (default ${fullEffort.seconds})`, positive)
    .option('--out <dir>', 'writes bench.md, bench.json and the figures there')
    .option('--json', 'prints JSON in place of Markdown')
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .parse(args as string[], { from: 'user' });
  const flags = command.opts<Flags>();
  const base = flags.quick ? quickEffort : fullEffort;
  const [asked = []] = command.processedArgs as [string[]?];
  return {
    suites: asked.length > 0 ? asked : suiteNames,
    problems: flags.problems ?? [...problemNames],
    effort: {
      quick: base.quick,
      processes: flags.processes ?? base.processes,
      milliseconds: flags.milliseconds ?? base.milliseconds,
      seconds: flags.seconds ?? base.seconds,
    },
    out: flags.out ?? null,
    json: flags.json ?? false,
  };
}
