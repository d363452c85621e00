import { neuralSettings } from '../../circuits/index.js';
import { tasks } from '../../learning/index.js';
import { scalingMethods } from '../../learning/scaling.js';
import { methodNames } from '../../network/index.js';
import { nearestName } from '../../network/nearest.js';
import { stochasticMethods } from '../../stochastic/prepare.js';
import type { Sweep } from './settings.js';

/** What values an option takes, as far as it can be told before a run: the rest is for the library to say. */
export interface OptionKind {
  type: 'number' | 'whole' | 'word' | 'flag' | 'any';
  /** Of a word. */
  words?: readonly string[];
}

const number: OptionKind = { type: 'number' };
const whole: OptionKind = { type: 'whole' };
const flag: OptionKind = { type: 'flag' };
const any: OptionKind = { type: 'any' };
const word = (...words: readonly string[]): OptionKind => ({ type: 'word', words });

const SOLVER: Record<string, OptionKind> = {
  rtol: number,
  atol: number,
  method: word(...methodNames),
  maxOrder: whole,
  linearSolver: word('auto', 'lu', 'gmres'),
  engine: word('wasm', 'js'),
  kernels: word('auto', 'interpreted', 'generated'),
  conservation: word('restore', 'eliminate'),
  maxSteps: whole,
  maxSeconds: number,
  firstStep: number,
  fixedStep: number,
};

const SIMULATE: Record<string, OptionKind> = { to: number, from: number, save: any, ...SOLVER };

const STOCHASTIC: Record<string, OptionKind> = {
  to: number,
  from: number,
  save: any,
  volume: number,
  seed: whole,
  run: whole,
  method: word(...stochasticMethods),
  epsilon: number,
  rounding: word('random', 'refuse'),
  engine: word('wasm', 'js'),
  maxEvents: whole,
  maxSeconds: number,
};

/** What a training's options are handed to. */
export const TRAIN_OPTIONS: Record<string, OptionKind> = {
  patience: whole,
  minDelta: number,
  measureEvery: whole,
  ideal: flag,
  ...SOLVER,
};

const SEEDS: Record<string, OptionKind> = { seed: whole, weightsSeed: whole, orderSeed: whole };

const TASK: Record<string, OptionKind> = {
  epochs: whole,
  order: word('fixed', 'shuffled'),
  ...SEEDS,
  ...TRAIN_OPTIONS,
};

const NAMED: Record<string, OptionKind> = { task: word(...Object.keys(tasks)), recipe: any, ...TASK };

const TABLE: Record<string, OptionKind> = {
  test: number,
  scaling: word(...scalingMethods),
  augment: any,
  ...TASK,
};

/** Circuits of tables: of classes network R, of values the linear one. */
const TABLE_CIRCUIT = ['rails', 'rate', 'horizon', 'learnTime', 'drift', 'theta', 'hidden'];

const CLOCK: Record<string, OptionKind> = {
  kind: word('coop', 'ring'),
  gate: word('catalyst', 'proxy', 'rate'),
  length: whole,
  leak: number,
  epsilon: number,
  relay: number,
};

/** Options under a common first name; `undefined` where any name will do. */
interface Group {
  names: readonly string[] | undefined;
  kind: (name: string) => OptionKind;
  /** What its names are, in the singular. */
  what: string;
}

/** The options that a sweep's target has. */
export class OptionNames {
  private readonly own: Record<string, OptionKind>;
  private readonly groups: Record<string, Group>;
  /** Groups whose names stand for themselves. */
  private readonly short: readonly string[];

  constructor(target: Sweep['target']) {
    if (target.kind !== 'train') {
      const isStochastic = target.kind === 'stochastic';
      const species = target.network.species.map(({ name }) => name);
      const parameters = target.network.parameters.map(({ name }) => name);
      this.own = isStochastic ? STOCHASTIC : SIMULATE;
      this.groups = {
        parameters: { names: parameters, kind: () => number, what: 'parameter' },
        initial: { names: species, kind: () => number, what: 'species' },
        ...(!isStochastic && { atol: { names: species, kind: () => number, what: 'species' } }),
      };
      this.short = ['parameters', 'initial'];
    } else {
      const isNamed = 'task' in target;
      const circuit = isNamed ? Object.keys(neuralSettings({ inputs: 1 })) : TABLE_CIRCUIT;
      this.own = isNamed ? NAMED : TABLE;
      this.groups = {
        'circuit.constants': { names: undefined, kind: () => number, what: 'rate constant' },
        circuit: { names: circuit, kind: () => any, what: 'option of the circuit' },
        clock: { names: Object.keys(CLOCK), kind: (name) => CLOCK[name], what: 'option of the clock' },
      };
      this.short = ['circuit'];
    }
  }

  /** Whether an object of this name holds options, and is no value itself. */
  isGroup(name: string): boolean {
    return Object.hasOwn(this.groups, name);
  }

  /**
   * An option's full name and kind.
   * @throws RangeError with the nearest name
   */
  resolve(name: string): { path: string; kind: OptionKind } {
    if (Object.hasOwn(this.own, name)) return { path: name, kind: this.own[name] };
    for (const [first, group] of Object.entries(this.groups)) {
      if (!name.startsWith(`${first}.`)) continue;
      const rest = name.slice(first.length + 1);
      if (group.names === undefined || group.names.includes(rest)) {
        return { path: name, kind: group.kind(rest) };
      }
      throw new RangeError(`there is no ${group.what} ${JSON.stringify(rest)}${among(rest, group.names)}`);
    }
    // No parameter has the name of a species.
    const first = this.short.find((one) => this.groups[one].names?.includes(name));
    if (first !== undefined) return { path: `${first}.${name}`, kind: this.groups[first].kind(name) };
    const known = [
      ...Object.keys(this.own),
      ...this.short.flatMap((first) => this.groups[first].names ?? []),
      ...Object.keys(this.groups).map((first) => `${first}.…`),
    ];
    throw new RangeError(`there is no option ${JSON.stringify(name)}${among(name, known)}`);
  }
}

const LISTED = 24;

/** Which name may have been meant, or all that there are. */
function among(name: string, known: readonly string[]): string {
  const near = name.length > 2 ? nearestName(name, known) : undefined;
  if (near !== undefined) return `; did you mean ${JSON.stringify(near)}?`;
  if (known.length === 0) return '; there are none';
  const more = known.length > LISTED ? `, … (${known.length})` : '';
  return `; there are ${known.slice(0, LISTED).join(', ')}${more}`;
}

/** What is wrong with a value for an option of this kind, if anything can be told yet. */
export function valueTrouble({ type, words }: OptionKind, value: unknown): string | undefined {
  const shown = JSON.stringify(value);
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : `must be a number, not ${shown}`;
    case 'whole':
      return Number.isSafeInteger(value) ? undefined : `must be a whole number, not ${shown}`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : `must be true or false, not ${shown}`;
    case 'word':
      if (words?.includes(value as string)) return undefined;
      return `must be one of ${words?.join(', ')}, not ${shown}${typeof value === 'string' ? meant(value, words ?? []) : ''}`;
    default:
      return undefined;
  }
}

function meant(value: string, words: readonly string[]): string {
  const near = nearestName(value, words);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}
