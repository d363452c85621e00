import { type Command, Option } from 'commander';
import { kernelChoices } from '../kernels/generated.js';
import { methodNames } from '../network/index.js';
import { suggest } from '../network/nearest.js';
import type { EngineKind, KernelChoice, MethodName } from '../simulate/types.js';
import { InvalidInput } from './failures.js';
import { type Bounds, readNumber, readTolerances, splitList, type Tolerances } from './numbers.js';

const longName = /--[a-z-]+/;

/** An option whose value is a number within bounds. */
export function numberOption(flags: string, description: string, bounds: Bounds = {}): Option {
  const name = longName.exec(flags)?.[0] ?? flags;
  return new Option(flags, description).argParser((text: string) => readNumber(name, text, bounds));
}

/** An option with a parser of its own: gets the flag's name, the text, and the value of earlier uses. */
export function parsedOption<T>(
  flags: string,
  description: string,
  parse: (flag: string, text: string, before: T | undefined) => T,
): Option {
  const name = longName.exec(flags)?.[0] ?? flags;
  return new Option(flags, description).argParser((text: string, before: T | undefined) =>
    parse(name, text, before),
  );
}

/** Names between commas, each perhaps in backticks, as an option that can be given several times. */
export const namesOption = (flags: string, description: string): Option =>
  parsedOption<string[]>(flags, description, (flag, text, before = []) => {
    const names = splitList(text).map((name) => name.replaceAll('`', ''));
    if (names.includes(''))
      throw new InvalidInput(`${flag} must be names separated by commas, not ${JSON.stringify(text)}`);
    return [...before, ...names];
  });

/** `a, b or c`. */
const either = (words: readonly string[]): string =>
  `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;

/** An option whose value is one of some words. */
export function choiceOption(
  flags: string,
  choices: readonly string[],
  description: string,
  byDefault: string,
): Option {
  return parsedOption(flags, `${description}: ${either(choices)} (default: ${byDefault})`, (flag, text) => {
    if (choices.includes(text)) return text;
    throw new InvalidInput(
      `${flag} must be ${either(choices)}, not ${JSON.stringify(text)}`,
      suggest(text, choices),
    );
  });
}

/** What the solver's flags leave. */
export interface SolverFlags {
  rtol?: number;
  method?: MethodName;
  engine?: EngineKind;
  kernels?: KernelChoice;
  maxSteps?: number;
}

/** Adds the flags of `SolverFlags`. @param others methods that are allowed beside the solver's */
export function solverOptions(command: Command, others: readonly string[] = []): Command {
  return command
    .addOption(numberOption('--rtol <R>', 'relative tolerance (default: 1e-6)', { above: 0, below: 1 }))
    .addOption(
      choiceOption('--method <M>', [...new Set([...methodNames, ...others])], 'integration method', 'auto'),
    )
    .addOption(choiceOption('--engine <E>', ['wasm', 'js'], 'which arithmetic runs', 'wasm'))
    .addOption(choiceOption('--kernels <K>', kernelChoices, 'kernels of the problem', 'auto'))
    .addOption(
      numberOption('--max-steps <N>', 'steps allowed in one run (default: 1000000)', {
        atLeast: 1,
        whole: true,
      }),
    );
}

/** Adds the flags of commands that make many runs and keep each. */
export const storedRunsOptions = (command: Command): Command =>
  command
    .addOption(choiceOption('--engine <E>', ['wasm', 'js'], 'which arithmetic runs', 'wasm'))
    .addOption(
      numberOption('--jobs <N>', 'runs at the same time (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    )
    .option('--fresh', 'make all runs anew')
    .option('--stored', 'make no runs: tables and figures of those that are there');

export const tolerancesOption = (): Option =>
  parsedOption<Tolerances>(
    '--atol <A>',
    'absolute tolerance, for all or by species as in 1e-12,B=1e-18 (default: 1e-9)',
    readTolerances,
  );

/** The flag of commands that read networks of any format. */
export const fromOption = [
  '--from <FORMAT>',
  "the file's format, where its name and content do not tell (convert --help lists them)",
] as const;

/** Flags of every command. */
export function commonOptions(command: Command): Command {
  return command
    .optionsGroup('Words:')
    .option('-q, --quiet', 'no words and no progress on standard error, only errors')
    .option('--no-color', 'no colours');
}

/**
 * Refuses names that a network lacks.
 * @throws InvalidInput naming the flag, with the nearest name
 */
export function checkNames(
  flag: string,
  given: Iterable<string>,
  known: readonly string[],
  what: string,
): void {
  const all = new Set(known);
  for (const name of given) {
    if (all.has(name)) continue;
    const listed =
      known.length > 12 ? `${known.slice(0, 12).join(', ')}, … (${known.length})` : known.join(', ');
    throw new InvalidInput(
      `${flag}: there is no ${what} ${JSON.stringify(name)}`,
      suggest(name, known, known.length === 0 ? `the network has no ${what}` : `there are ${listed}`),
    );
  }
}

/** A copy without the keys whose value is undefined, as optional properties ask for. */
export function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** What the library says of an input file or of a flag, so that a reader knows which. */
export function aboutFile(file: string, message: string): string {
  const text = asFlags(message);
  return text.startsWith('--') ? text : `${file}: ${text}`;
}

/** The library's option names in its messages, as flags. */
export function asFlags(message: string): string {
  return message
    .replace(/\bmaxSteps\b/g, '--max-steps')
    .replace(/\bmaxSeconds\b/g, '--max-seconds')
    .replace(/\bmaxEvents\b/g, '--max-events')
    .replace(/\bmethod 'tau'/, '--method tau')
    .replace(/\bvolume: 1000\b/, '--volume 1000')
    .replace(/\(to\)/g, '(--to)')
    .replace(/\buse dual rails\b/, 'use --rails dual')
    .replace(/^(to|save|rtol|atol|method|engine|kernels) /, '--$1 ')
    .replace(/^learnTime /, '--learn-time ')
    .replace(/^([cq])Max /, '--$1-max ')
    .replace(/^(concentration|fuels|leak|occlusion|recipe|examples) /, '--$1 ')
    .replace(/^(clock|patience): /, '--$1: ')
    .replace(
      /^(horizon|drift|rate|rails|volume|runs|run|epsilon|theta|augment|epochs|order|seed|inputs|patience|hidden|coupling|biases|kappa|fuel) /,
      '--$1 ',
    );
}
