import type { CircuitClockOptions, GateStyle, NeuralCrnOptions } from 'neural-crn/circuits';
import type { SampleOrder } from 'neural-crn/learning';

/** Options of the circuit that the page changes; what is not there is the recipe's. */
export type CircuitChanges = Pick<
  NeuralCrnOptions,
  'wiring' | 'adjoint' | 'readout' | 'hidden' | 'horizon' | 'learnTime' | 'rate' | 'readoutRate' | 'rails'
> & { constants?: Record<string, number> };

/** What of a table is not its text. */
export interface TableChoice {
  name: string;
  target: string;
  /** Part of the rows held back. */
  test: number;
  /** Whether the target's cells are names; `null` lets the table decide. */
  classes: boolean | null;
}

/** Everything that decides a run, but the text of a table. Plain data. */
export interface Setup {
  /** Name of a task, or `csv`. */
  task: string;
  /** `null` for the task's own choice. */
  recipe: string | null;
  seed: number;
  /** `null` for the recipe's. */
  epochs: number | null;
  order: SampleOrder | null;
  circuit: CircuitChanges;
  /** `null` for the recipe's, `none` for an outside schedule. */
  clock: CircuitClockOptions['kind'] | 'none' | null;
  gate: GateStyle;
  /** Of the task `csv`. */
  table: TableChoice;
}

/** What of the view is worth sharing. */
export interface Look {
  /** Examples a second; 0 for as many as there can be. */
  speed: number;
  /** Row of the training set whose concentrations are shown; `null` for the one just learned. */
  example: number | null;
}

export const CSV = 'csv';

export const DEFAULT_TABLE: TableChoice = { name: 'table', target: '', test: 0.2, classes: null };

export const DEFAULT_SETUP: Setup = {
  task: 'xor',
  recipe: null,
  seed: 0,
  epochs: null,
  order: null,
  circuit: {},
  clock: null,
  gate: 'catalyst',
  table: DEFAULT_TABLE,
};

export const DEFAULT_LOOK: Look = { speed: 0, example: null };

const WORDS = {
  wiring: ['diagonal', 'full', 'recurrent'],
  adjoint: ['constant', 'leaky', 'frozen', 'exact'],
  readout: ['sum', 'signed', 'trained'],
  rails: ['dual', 'positive'],
} as const;
const NUMBERS = ['hidden', 'horizon', 'learnTime', 'rate', 'readoutRate'] as const;
const CONSTANT = 'k.';

/** The address's parameters for a setup and a look: only what differs from the first view. */
export function printSetup(setup: Setup, look: Look = DEFAULT_LOOK): URLSearchParams {
  const state = new URLSearchParams();
  const put = (name: string, value: string | number | boolean | null | undefined, usual?: unknown) => {
    if (value !== null && value !== undefined && value !== usual) state.set(name, String(value));
  };
  put('task', setup.task, DEFAULT_SETUP.task);
  put('recipe', setup.recipe);
  put('seed', setup.seed, 0);
  put('epochs', setup.epochs);
  put('order', setup.order);
  for (const name of [...Object.keys(WORDS), ...NUMBERS] as (keyof typeof WORDS)[])
    put(name, setup.circuit[name]);
  for (const [name, value] of Object.entries(setup.circuit.constants ?? {})) put(CONSTANT + name, value);
  put('clock', setup.clock);
  put('gate', setup.gate, DEFAULT_SETUP.gate);
  if (setup.task === CSV) {
    const { name, target, test, classes } = setup.table;
    put('name', name, DEFAULT_TABLE.name);
    put('target', target, DEFAULT_TABLE.target);
    put('test', test, DEFAULT_TABLE.test);
    put('classes', classes);
  }
  put('speed', look.speed, DEFAULT_LOOK.speed);
  put('example', look.example);
  return state;
}

/** Reads what {@link printSetup} wrote. What cannot be read is as in the first view, and named. */
export function parseSetup(state: URLSearchParams): { setup: Setup; look: Look; ignored: string[] } {
  const ignored: string[] = [];
  const read = <T>(name: string, usual: T, parse: (text: string) => T | undefined): T => {
    const text = state.get(name);
    if (text === null) return usual;
    const value = parse(text);
    if (value !== undefined) return value;
    ignored.push(`${name}=${text}`);
    return usual;
  };
  const number = (text: string) =>
    text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  const whole = (text: string) => {
    const value = number(text);
    return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const among =
    <const W extends string>(words: readonly W[]) =>
    (text: string): W | undefined =>
      words.find((word) => word === text);
  const words = (text: string) => text;

  const circuit: CircuitChanges = {};
  for (const [name, allowed] of Object.entries(WORDS)) {
    const value = read<string | undefined>(name, undefined, among(allowed as readonly string[]));
    if (value !== undefined) Object.assign(circuit, { [name]: value });
  }
  for (const name of NUMBERS) {
    const value = read<number | undefined>(name, undefined, number);
    if (value !== undefined) circuit[name] = value;
  }
  for (const key of state.keys()) {
    if (!key.startsWith(CONSTANT) || key === CONSTANT) continue;
    const value = read<number | undefined>(key, undefined, number);
    if (value !== undefined) circuit.constants = { ...circuit.constants, [key.slice(2)]: value };
  }
  const task = read('task', DEFAULT_SETUP.task, words);
  const table: TableChoice =
    task === CSV
      ? {
          name: read('name', DEFAULT_TABLE.name, words),
          target: read('target', DEFAULT_TABLE.target, words),
          test: read('test', DEFAULT_TABLE.test, number),
          classes: read<boolean | null>('classes', null, (text) =>
            text === 'true' ? true : text === 'false' ? false : undefined,
          ),
        }
      : DEFAULT_TABLE;
  return {
    setup: {
      task,
      recipe: read<string | null>('recipe', null, words),
      seed: read('seed', 0, whole),
      epochs: read<number | null>('epochs', null, whole),
      order: read<SampleOrder | null>('order', null, among(['fixed', 'shuffled'])),
      circuit,
      clock: read<Setup['clock']>('clock', null, among(['none', 'coop', 'ring'])),
      gate: read<GateStyle>('gate', DEFAULT_SETUP.gate, among(['catalyst', 'proxy', 'rate'])),
      table,
    },
    look: {
      speed: read('speed', DEFAULT_LOOK.speed, (text) => {
        const value = number(text);
        return value !== undefined && value >= 0 ? value : undefined;
      }),
      example: read<number | null>('example', null, whole),
    },
    ignored,
  };
}
