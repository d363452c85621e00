import { nearestName } from '../../network/nearest.js';
import type { Stats } from '../../simulate/types.js';
import type { StochasticStats } from '../../stochastic/types.js';
import { type Sweep, SweepError, type SweepIssue } from './settings.js';

/** Rows of a run from one time to another, both included; without one from its start, to its end. */
export interface Span {
  from?: number;
  to?: number;
}

/** One thing that is kept of a simulation. */
export type SimulationQuantity =
  | { what: 'final'; species: string }
  | { what: 'at'; species: string; time: number }
  | { what: 'max' | 'min' | 'mean' | 'range'; species: string; span: Span }
  | { what: 'stats'; counter: Counter | StochasticCounter };

/** One thing that is kept of a training: a name of {@link TRAINING}. */
export type TrainingQuantity = { what: 'training'; name: TrainingName } | { what: 'stats'; counter: Counter };

export type Quantity = (SimulationQuantity | TrainingQuantity) & {
  /** Its column. */
  column: string;
};

/** Counters of a run; rejections of all causes are one. */
export const COUNTERS = {
  steps: ({ steps }: Stats) => steps,
  rejections: ({ rejected: { error, negative, nonFinite, newton } }: Stats) =>
    error + negative + nonFinite + newton,
  derivatives: ({ derivatives }: Stats) => derivatives,
  jacobians: ({ jacobians }: Stats) => jacobians,
  factorisations: ({ factorisations }: Stats) => factorisations,
  solves: ({ solves }: Stats) => solves,
} as const;
export type Counter = keyof typeof COUNTERS;

/** Counters of a stochastic run. */
export const STOCHASTIC_COUNTERS = {
  events: ({ events }: StochasticStats) => events,
  leaps: ({ leaps }: StochasticStats) => leaps,
  rejectedLeaps: ({ rejectedLeaps }: StochasticStats) => rejectedLeaps,
  extinctAt: ({ extinctAt }: StochasticStats) => extinctAt ?? Number.NaN,
} as const;
export type StochasticCounter = keyof typeof STOCHASTIC_COUNTERS;

/** What a training gives besides its counters, by group. */
export const TRAINING = {
  losses: ['trainLoss', 'validationLoss'],
  metrics: [
    ...['trainR2', 'validationR2', 'trainAccuracy', 'validationAccuracy', 'gridAccuracy'],
    ...['idealFinalLoss', 'idealLargestDifference', 'scheduledFinalLoss', 'idealGridAccuracy'],
  ],
  size: ['species', 'reactions', 'maxMolecularity'],
  epoch: ['epoch'],
} as const;
export type TrainingName = (typeof TRAINING)[keyof typeof TRAINING][number];

const COUNTER_NAMES = Object.keys(COUNTERS) as Counter[];
const STOCHASTIC_NAMES = Object.keys(STOCHASTIC_COUNTERS) as StochasticCounter[];
const WHOLE = new Set<string>([
  ...COUNTER_NAMES,
  ...STOCHASTIC_NAMES.filter((name) => name !== 'extinctAt'),
  ...TRAINING.size,
  ...TRAINING.epoch,
]);

/** Whether a quantity is a whole number by its nature. */
export const isWhole = (quantity: Quantity): boolean =>
  WHOLE.has(quantity.what === 'stats' ? quantity.counter : quantity.what === 'training' ? quantity.name : '');

/** Whether all cases have it, or only some: metrics depend on the task. */
export const isCommon = (quantity: Quantity): boolean =>
  quantity.what !== 'training' || !(TRAINING.metrics as readonly string[]).includes(quantity.name);

const byDefault = {
  simulate: ['final', 'stats'],
  stochastic: ['final', 'stats'],
  train: ['losses', 'metrics'],
} as const;

/**
 * What a sweep keeps, a column each.
 * @throws SweepError for words that mean nothing, or two columns of one name
 */
export function quantitiesOf({ target, take = byDefault[target.kind] }: Sweep): Quantity[] {
  const issues: SweepIssue[] = [];
  const quantities: Quantity[] = [];
  const read =
    target.kind === 'train'
      ? (text: string) => readTraining(text)
      : (text: string) =>
          readSimulation(
            text,
            signalsOf(target.network),
            target.kind === 'stochastic' ? STOCHASTIC_NAMES : COUNTER_NAMES,
          );
  if (!Array.isArray(take) || take.length === 0) {
    throw new SweepError([{ path: 'take', message: 'must be a list of at least one quantity' }]);
  }
  for (const [i, one] of take.entries()) {
    const path = `take.${i}`;
    const { what, as } = typeof one === 'string' ? { what: one, as: undefined } : (one ?? {});
    if (typeof what !== 'string' || (as !== undefined && (typeof as !== 'string' || as === ''))) {
      issues.push({ path, message: `must be words, or {what, as} with words, not ${JSON.stringify(one)}` });
      continue;
    }
    try {
      const found = read(what);
      if (as !== undefined && found.length !== 1) {
        throw new RangeError(`"${what}" is ${found.length} columns, which cannot all be called "${as}"`);
      }
      quantities.push(
        ...found.map((quantity) => (as === undefined ? quantity : { ...quantity, column: as })),
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      issues.push({ path, message: error.message });
    }
  }
  const seen = new Set<string>();
  for (const { column } of quantities) {
    if (seen.has(column))
      issues.push({ path: 'take', message: `there are two columns ${JSON.stringify(column)}` });
    seen.add(column);
  }
  if (issues.length > 0) throw new SweepError(issues);
  return quantities;
}

/** What a network's run can be asked for: its species and observables. */
const signalsOf = ({
  species,
  observables = [],
}: {
  species: { name: string }[];
  observables?: { name: string }[];
}) => [...species, ...observables].map(({ name }) => name);

/** One counter, or all of them. */
function readCounter<Name extends Counter | StochasticCounter>(
  rest: string,
  names: readonly Name[],
): { what: 'stats'; counter: Name; column: string }[] {
  const found = rest === '' ? names : names.filter((name) => name === rest);
  if (found.length === 0) {
    throw new RangeError(`there is no counter ${JSON.stringify(rest)}; there are ${names.join(', ')}`);
  }
  return found.map((counter) => ({ what: 'stats', counter, column: counter }));
}

const WORDS = ['final', 'at', 'max', 'min', 'mean', 'range', 'stats'];

function readSimulation(
  text: string,
  names: readonly string[],
  counters: readonly (Counter | StochasticCounter)[],
): Quantity[] {
  const [, word, rest] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? [undefined, '', ''];
  if (word === 'stats') return readCounter(rest, counters);
  switch (word) {
    case 'final':
      return named(rest, names).map((species) => ({ what: word, species, column: `${word} ${species}` }));
    case 'at': {
      const [, time, name] = /^(\S*)\s*(.*)$/s.exec(rest) as RegExpExecArray;
      const value = timeOf(time, text);
      return named(name, names).map((species) => ({
        what: word,
        species,
        time: value,
        column: `at ${value} ${species}`,
      }));
    }
    case 'max':
    case 'min':
    case 'mean':
    case 'range': {
      const { name, span, words } = spanOf(rest, text);
      return named(name, names).map((species) => ({
        what: word,
        species,
        span,
        column: `${word} ${species}${words}`,
      }));
    }
    default: {
      const near = nearestName(word, WORDS);
      throw new RangeError(
        `${JSON.stringify(text)} must begin with one of ${WORDS.join(', ')}` +
          `${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
      );
    }
  }
}

/** A species, or all of them. Backticks are allowed around it, as in a network's text. */
function named(text: string, names: readonly string[]): readonly string[] {
  if (text === '') return names;
  const name = /^`(.+)`$/s.exec(text)?.[1] ?? text;
  if (names.includes(name)) return [name];
  const near = nearestName(name, names);
  throw new RangeError(
    `the network has no species ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
  );
}

/** `X from 50 to 100`. */
function spanOf(rest: string, text: string): { name: string; span: Span; words: string } {
  const [, name, from, to] = /^(.*?)(?:(?:^|\s+)from\s+(\S+))?(?:(?:^|\s+)to\s+(\S+))?$/s.exec(rest) ?? [
    undefined,
    rest,
  ];
  const span: Span = {
    ...(from !== undefined && { from: timeOf(from, text) }),
    ...(to !== undefined && { to: timeOf(to, text) }),
  };
  if (span.from !== undefined && span.to !== undefined && span.from > span.to) {
    throw new RangeError(`${JSON.stringify(text)} must go from the earlier time to the later`);
  }
  const words = Object.entries(span)
    .map(([word, time]) => ` ${word} ${time}`)
    .join('');
  return { name: name.trim(), span, words };
}

function timeOf(text: string, whole: string): number {
  const time = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(time)) return time;
  throw new RangeError(`${JSON.stringify(whole)} needs a time, not ${JSON.stringify(text)}`);
}

function readTraining(text: string): Quantity[] {
  const [word, ...others] = text.trim().split(/\s+/);
  if (word === 'stats') return readCounter(others.join(' '), COUNTER_NAMES);
  const groups: Readonly<Record<string, readonly TrainingName[]>> = TRAINING;
  const names = Object.values(groups).flat();
  const found =
    others.length > 0 ? [] : Object.hasOwn(groups, word) ? groups[word] : names.filter((n) => n === word);
  if (found.length === 0) {
    const known = [...Object.keys(groups), 'stats', ...names];
    const near = nearestName(text, known);
    throw new RangeError(
      `a training has no ${JSON.stringify(text)}` +
        `${near === undefined ? `; it has ${known.join(', ')}` : `; did you mean ${JSON.stringify(near)}?`}`,
    );
  }
  return found.map((name) => ({ what: 'training', name, column: name }));
}
