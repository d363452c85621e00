import type { NumberRange, OptionValue } from '../batch/node.js';
import { InvalidInput } from './failures.js';
import { readNumber, splitList } from './numbers.js';
import { readSeeds } from './reproduce-plan.js';

/** Values by option, in the order in which they were given. */
export type Varied = Record<string, NumberRange | OptionValue[]>;

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A value as a flag or a cell gives it: a number, `true`, `false`, `none`, JSON in brackets or braces, else a word. */
export function readValue(flag: string, text: string): OptionValue {
  if (decimal.test(text)) return Number(text);
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'none') return null;
  if (/^[[{"]/.test(text)) {
    try {
      return JSON.parse(text) as OptionValue;
    } catch {
      throw new InvalidInput(`${flag}: ${text} is no JSON`);
    }
  }
  if (text === '') throw new InvalidInput(`${flag} has an empty value`);
  return text;
}

/** `name=…`; names may hold `=` in backticks alone. */
function assignment(flag: string, text: string, form: string): { name: string; rest: string } {
  const [, quoted, bare, rest] = /^\s*(?:`([^`]+)`|([^=]+?))\s*=(.*)$/s.exec(text) ?? [];
  const name = quoted ?? bare;
  if (name === undefined) throw new InvalidInput(`${flag} must be ${form}, not ${JSON.stringify(text)}`);
  return { name, rest: rest.trim() };
}

function once(flag: string, name: string, before: object | undefined): void {
  if (before !== undefined && Object.hasOwn(before, name))
    throw new InvalidInput(`${flag} gives ${name} twice`);
}

/** Adds `k1=1,2,3` to the grid of earlier uses of the flag. */
export function readGrid(flag: string, text: string, before?: Varied): Varied {
  const { name, rest } = assignment(flag, text, 'NAME=VALUE,VALUE,…');
  once(flag, name, before);
  const values = splitList(rest).map((part) => readValue(`${flag} ${name}`, part));
  return { ...before, [name]: values };
}

/** Adds `k1=1e-3:1e3:log:7` to the ranges of earlier uses of the flag. What follows the two ends is in any order. */
export function readRange(flag: string, text: string, before?: Varied): Varied {
  const form = 'NAME=FROM:TO, and after it :log, :whole or :POINTS';
  const { name, rest } = assignment(flag, text, form);
  once(flag, name, before);
  const [from, to, ...more] = rest.split(':').map((part) => part.trim());
  if (to === undefined) throw new InvalidInput(`${flag} must be ${form}, not ${JSON.stringify(text)}`);
  const range: NumberRange = {
    from: readNumber(`${flag} ${name}, its beginning,`, from),
    to: readNumber(`${flag} ${name}, its end,`, to),
  };
  for (const word of more) {
    if (word === 'log' || word === 'linear') range.scale = word;
    else if (word === 'whole') range.whole = true;
    else range.points = readNumber(`${flag} ${name}, its points,`, word, { atLeast: 2, whole: true });
  }
  return { ...before, [name]: range };
}

/** Adds `to=100,rtol=1e-8` to the options of earlier uses of the flag. */
export function readOptions(
  flag: string,
  text: string,
  before?: Record<string, OptionValue>,
): Record<string, OptionValue> {
  const options = { ...before };
  for (const part of splitList(text)) {
    const { name, rest } = assignment(flag, part, 'NAME=VALUE pairs separated by commas');
    once(flag, name, options);
    options[name] = readValue(`${flag} ${name}`, rest);
  }
  return options;
}

/** `5` for the seeds 0 to 4, or seeds and ranges as in `0-9,100-119`. */
export const readReplicates = (flag: string, text: string): number[] => [
  ...new Set(readSeeds(flag, text).flatMap(({ seeds }) => seeds)),
];

/** Adds a quantity; `max X as peak` gives its column a name. */
export function readTake(
  _: string,
  text: string,
  before: (string | { what: string; as: string })[] = [],
): (string | { what: string; as: string })[] {
  const [, what, as] = /^(.+?)\s+as\s+(\S.*?)\s*$/s.exec(text) ?? [undefined, text.trim(), undefined];
  return [...before, as === undefined ? what : { what, as }];
}
