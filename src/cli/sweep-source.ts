import { basename, dirname, extname, join } from 'node:path';
import {
  type NumberRange,
  type OptionValue,
  planSweep,
  type Sweep,
  SweepError,
  type SweepPlan,
} from '../batch/node.js';
import { type CsvData, parseCsv, readExamples, tasks } from '../learning/index.js';
import type { Issue } from '../network/model.js';
import { suggest } from '../network/nearest.js';
import { type DelimiterFlag, delimiterOf } from './csv.js';
import { InvalidFile, InvalidInput } from './failures.js';
import { nameOf, reading, readNetwork, readText } from './input.js';
import { readValue, type Varied } from './sweep-flags.js';
import type { Terminal } from './terminal.js';

/** Flags that say what a sweep is; they add to what its file says. */
export interface DesignFlags {
  grid?: Varied;
  range?: Varied;
  lhs?: number;
  lhsSeed?: number;
  list?: string;
  replicates?: number[];
  option?: Record<string, OptionValue>;
  take?: NonNullable<Sweep['take']>;
  target?: string;
  features?: string[];
  classes?: boolean;
  delimiter?: DelimiterFlag;
  stochastic?: boolean;
}

/** A sweep file: what is run by its name, and the designs. */
type SweepFile = Omit<Sweep, 'target' | 'list'> & {
  simulate?: string;
  stochastic?: boolean;
  train?: string;
  target?: string;
  features?: string[];
  classes?: boolean;
  list?: Sweep['list'] | string;
};

/** What was asked for. */
export interface SweepSource {
  plan: SweepPlan;
  /** What to call it: of the file, the task or the network. */
  name: string;
}

/**
 * Reads a sweep: a sweep file (`.json`), a network, a task's name, or a table to be learned (`.csv`, `.tsv`).
 * @throws InvalidFile or InvalidInput with everything that is wrong
 */
export async function readSweep(what: string, flags: DesignFlags, terminal: Terminal): Promise<SweepSource> {
  const isFile = extname(what).toLowerCase() === '.json';
  const file: SweepFile = isFile ? await readSweepFile(what) : named(what);
  const folder = isFile ? dirname(what) : '';
  const target = await targetOf(file, folder, flags, terminal, isFile ? what : undefined);
  const {
    simulate: _,
    stochastic: __,
    train: ___,
    target: ____,
    features: _____,
    classes: ______,
    list,
    ...designs
  } = file;
  const listed = flags.list ?? list;
  const sweep: Sweep = {
    ...designs,
    target,
    ...(listed !== undefined && {
      list:
        typeof listed === 'string'
          ? await readCases(flags.list === undefined ? join(folder, listed) : listed)
          : listed,
    }),
  };
  const added = addFlags(sweep, flags);
  try {
    return { plan: planSweep(sweep), name: isFile ? basename(what, extname(what)) : bareName(what) };
  } catch (error) {
    if (error instanceof SweepError) throw said(error, isFile ? what : undefined, added);
    throw error;
  }
}

const bareName = (what: string) => (what === '-' ? 'stdin' : basename(what, extname(what)));

const isTable = (what: string) => ['.csv', '.tsv'].includes(extname(what).toLowerCase());

const named = (what: string): SweepFile =>
  Object.hasOwn(tasks, what) || isTable(what) ? { train: what } : { simulate: what };

async function readSweepFile(path: string): Promise<SweepFile> {
  const text = await readText(path);
  const value = parseJson(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw InvalidFile.of(path, 'a sweep is an object with "simulate" or "train" and designs');
  }
  const file = value as SweepFile & { $schema?: unknown };
  delete file.$schema;
  const issues: string[] = [];
  for (const key of ['simulate', 'train', 'target'] as const) {
    if (file[key] !== undefined && typeof file[key] !== 'string') {
      issues.push(`${key}: must be a name, not ${JSON.stringify(file[key])}`);
    }
  }
  if (file.stochastic !== undefined && typeof file.stochastic !== 'boolean') {
    issues.push(`stochastic: must be true or false, not ${JSON.stringify(file.stochastic)}`);
  }
  if ((file.simulate === undefined) === (file.train === undefined)) {
    issues.push('give either "simulate" with a network\'s file, or "train" with a task or a table');
  }
  if (issues.length > 0) throw new InvalidFile(path, issues.map(asIssue));
  return file;
}

const asIssue = (message: string): Issue => ({
  severity: 'error',
  code: 'sweep',
  message,
  line: 0,
  column: 0,
});

/** Where JSON goes wrong: what the shortest beginning that no end could mend ends with. */
function placeOf(text: string): { line: number; column: number; text: string } {
  const isWrong = (length: number) => {
    try {
      JSON.parse(text.slice(0, length));
      return false;
    } catch (error) {
      // What could go on well is wrong at its end, if anywhere.
      const { message } = error as Error;
      return !/end of JSON/.test(message) && !(Number(/at position (\d+)/.exec(message)?.[1]) >= length);
    }
  };
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isWrong(middle)) bad = middle;
    else good = middle;
  }
  const before = text.slice(0, good).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1, text };
}

/** @throws InvalidFile with the place of what is no JSON */
function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw InvalidFile.of(path, `this is no JSON: ${(error as Error).message}`, placeOf(text));
  }
}

async function targetOf(
  file: SweepFile,
  folder: string,
  flags: DesignFlags,
  terminal: Terminal,
  path: string | undefined,
): Promise<Sweep['target']> {
  const { simulate, train } = file;
  const target = flags.target ?? file.target;
  const features = flags.features ?? file.features;
  const classes = flags.classes ?? file.classes;
  if (train === undefined || !isTable(train)) {
    for (const [name, value] of Object.entries({ target, features, classes, delimiter: flags.delimiter })) {
      if (value !== undefined) throw new InvalidInput(`${name} is for tables to be learned (.csv)`);
    }
  }
  const stochastic = flags.stochastic ?? file.stochastic;
  if (stochastic !== undefined && simulate === undefined) {
    throw new InvalidInput('stochastic is for networks that are simulated');
  }
  if (simulate !== undefined) {
    const at = simulate === '-' ? simulate : join(folder, simulate);
    const { network } = await readNetwork(at, terminal);
    if (network.species.length === 0)
      throw InvalidFile.of(nameOf(at), 'the network is empty: it has no species');
    return { kind: stochastic === true ? 'stochastic' : 'simulate', network };
  }
  const what = train as string;
  if (!isTable(what)) {
    if (Object.hasOwn(tasks, what)) return { kind: 'train', task: what };
    const known = Object.keys(tasks);
    throw new InvalidInput(
      `${path === undefined ? '' : `${path}: `}there is no task ${JSON.stringify(what)}`,
      suggest(what, known, `the tasks are ${known.join(', ')}; a table's name ends in .csv`),
    );
  }
  const data = await readTable(join(folder, what), { target, features, classes }, flags.delimiter);
  return { kind: 'train', data, name: bareName(what) };
}

async function readTable(
  path: string,
  { target, features, classes }: Record<'target' | 'features' | 'classes', unknown>,
  delimiterFlag: DelimiterFlag | undefined,
): Promise<CsvData> {
  const text = await readText(path);
  const delimiter = delimiterOf(delimiterFlag);
  if (typeof target !== 'string') {
    const { columns } = reading(path, () => parseCsv(text, { delimiter }));
    throw new InvalidInput(
      'the column to predict is missing (target)',
      `the columns are ${columns.join(', ')}`,
    );
  }
  return reading(path, () =>
    readExamples(text, {
      target,
      delimiter,
      ...(features !== undefined && { features: features as string[] }),
      ...(classes !== undefined && { classes: classes as boolean }),
    }),
  );
}

/** Cases one by one: JSON, or a table with an option in every column; an empty cell leaves it as it is. */
async function readCases(path: string): Promise<NonNullable<Sweep['list']>> {
  const text = await readText(path);
  if (extname(path).toLowerCase() === '.json') return parseJson(path, text) as NonNullable<Sweep['list']>;
  const { columns, rows } = reading(path, () => parseCsv(text, { header: true }));
  return rows.map((row) =>
    Object.fromEntries(
      columns.flatMap((name, c) => (row[c] === '' ? [] : [[name, readValue(`${path}: ${name}`, row[c])]])),
    ),
  );
}

/** Adds what flags say to a sweep; gives back which flag each addition came from. */
function addFlags(sweep: Sweep, flags: DesignFlags): Map<string, string> {
  const from = new Map<string, string>();
  const note = (where: string, flag: string, names: Iterable<string>) => {
    for (const name of names) from.set(`${where}.${name}`, `${flag} ${name}`);
  };
  const { grid, range = {}, lhs, lhsSeed, replicates, option, take } = flags;
  if (option !== undefined) {
    sweep.options = { ...sweep.options, ...option };
    note('options', '--option', Object.keys(option));
  }
  if (grid !== undefined) {
    sweep.grid = { ...sweep.grid, ...grid };
    note('grid', '--grid', Object.keys(grid));
  }
  const ranges = Object.keys(range);
  if (lhs !== undefined) {
    sweep.latin = { ...sweep.latin, samples: lhs, over: { ...sweep.latin?.over, ...range } };
    note('latin.over', '--range', ranges);
    if (Object.keys(sweep.latin.over).length === 0) {
      throw new InvalidInput('--lhs needs something to sample', 'add --range NAME=FROM:TO');
    }
  } else if (ranges.length > 0) {
    for (const [name, { points }] of Object.entries(range as Record<string, NumberRange>)) {
      if (points !== undefined) continue;
      throw new InvalidInput(
        `--range ${name} does not say how many values`,
        `write --range ${name}=FROM:TO:POINTS, or add --lhs N for random samples`,
      );
    }
    sweep.grid = { ...sweep.grid, ...range };
    note('grid', '--range', ranges);
  }
  if (lhsSeed !== undefined) {
    if (sweep.latin === undefined) throw new InvalidInput('--lhs-seed needs --lhs');
    sweep.latin = { ...sweep.latin, seed: lhsSeed };
  }
  if (replicates !== undefined) {
    sweep.replicates = replicates;
    from.set('replicates', '--replicates');
  }
  if (take !== undefined) {
    sweep.take = take;
    from.set('take', '--take');
  }
  return from;
}

/** What is wrong, with the flag or the file that it comes from. */
function said({ issues }: SweepError, file: string | undefined, flags: ReadonlyMap<string, string>): Error {
  const origin = (path: string): string | undefined => {
    for (const [prefix, flag] of flags) {
      if (path === prefix || path.startsWith(`${prefix}.`)) {
        const rest = path.slice(prefix.length).replace(/^\./, ', ');
        return prefix === 'take' ? flag : flag + rest;
      }
    }
    return undefined;
  };
  const texts = issues.map(({ path, message }) => {
    const flag = origin(path);
    return { isFlag: flag !== undefined, text: path === '' ? message : `${flag ?? path}: ${message}` };
  });
  if (file !== undefined && texts.some(({ isFlag }) => !isFlag)) {
    return new InvalidFile(
      file,
      texts.map(({ text }) => asIssue(text)),
    );
  }
  return new InvalidInput(texts.map(({ text }) => text).join('\n'));
}
