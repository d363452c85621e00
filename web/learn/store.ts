import { batch, computed, effect, signal } from '@preact/signals';
import { route, writeState } from '../app/route';
import { createClient } from './client';
import { LONGEST_PACKED, packText, unpackText } from './packed-text';
import {
  CSV,
  DEFAULT_LOOK,
  DEFAULT_SETUP,
  DEFAULT_TABLE,
  type Look,
  parseSetup,
  printSetup,
  type Setup,
} from './setup';
import type {
  Description,
  Exported,
  Frame,
  Problem,
  RecipeName,
  Reply,
  Request,
  RunState,
  SavedRun,
  TableSource,
} from './worker/protocol';
import script from './worker/worker.ts?script';

export type State = 'preparing' | 'ready' | 'stopping' | 'empty' | RunState;

/** A worker that has not stopped by then is ended (milliseconds). */
const GRACE = 100;
/** Changes of settings are gathered for so long (milliseconds). */
const SETTLING = 120;
/** Name of the packed table in the address. */
const DATA = 'data';

export const setup = signal<Setup>(DEFAULT_SETUP);
export const look = signal<Look>(DEFAULT_LOOK);
export const table = signal<TableSource | undefined>(undefined);
export const recipes = signal<Record<string, RecipeName[]>>({});
export const description = signal<Description | null>(null);
export const columns = signal<readonly string[]>([]);
export const state = signal<State>('preparing');
export const problem = signal<Problem | null>(null);
/** Something worth knowing that is no error. */
export const note = signal('');
export const saved = signal<SavedRun | null>(null);

export const progress = signal({ epoch: -1, visited: 0, rows: 0, steps: 0, perSecond: 0 });
export const history = signal<NonNullable<Frame['history']>>([]);
export const weights = signal<NonNullable<Frame['weights']> | null>(null);
export const predictions = signal<NonNullable<Frame['predictions']> | null>(null);
/** Those before anything was learned. */
export const before = signal<NonNullable<Frame['predictions']> | null>(null);
export const map = signal<NonNullable<Frame['map']> | null>(null);
export const trace = signal<NonNullable<Frame['trace']> | null>(null);
export const last = signal<Frame['last'] | null>(null);

export const busy = computed(() => state.value === 'running' || state.value === 'stopping');

let asked = 0;
let settling: ReturnType<typeof setTimeout> | undefined;
let stopping: ReturnType<typeof setTimeout> | undefined;
let exporting: ((exported: Exported | null) => void)[] = [];
let waiting = false;
/** Whether the run begins as soon as it is prepared. */
let then: 'run' | 'epoch' | 'step' | null = null;

const client = createClient<Request, Reply>(script, hear, (message) => {
  problem.value = { message: `the chemistry's worker is gone: ${message}`, where: 'run' };
  state.value = 'failed';
});

function hear(reply: Reply): void {
  switch (reply.kind) {
    case 'ready':
      recipes.value = reply.recipes;
      return;
    case 'saved':
      saved.value = reply.saved;
      return;
    case 'prepared': {
      if (reply.id !== asked) return;
      waiting = false;
      batch(() => {
        description.value = reply.description;
        columns.value = reply.description.table?.columns ?? [];
        problem.value = null;
        state.value = 'ready';
        noteTable(reply.description);
      });
      if (then) go(then);
      then = null;
      return;
    }
    case 'refused':
      if (reply.id !== asked) return;
      waiting = false;
      then = null;
      batch(() => {
        problem.value = reply.problem;
        columns.value = reply.columns ?? columns.value;
        state.value = 'failed';
      });
      return;
    case 'state':
      if (reply.id !== asked) return;
      clearTimeout(stopping);
      batch(() => {
        state.value = reply.state;
        if (reply.state === 'running') problem.value = null;
        if (reply.problem) problem.value = reply.problem;
      });
      return;
    case 'exported':
      for (const resolve of exporting) resolve(reply.exported);
      exporting = [];
      return;
    case 'frame':
      draw(reply);
      return;
  }
}

/** The newest frame goes onto the screen with the next picture; then the worker may send another. */
function draw(frame: Frame): void {
  requestAnimationFrame(() => {
    client.send({ kind: 'drawn' });
    if (frame.id !== asked) return;
    batch(() => {
      const { epoch, visited, rows, steps, perSecond } = frame;
      progress.value = { epoch, visited, rows, steps, perSecond };
      if (frame.history) history.value = frame.history;
      if (frame.weights) weights.value = frame.weights;
      if (frame.predictions) {
        predictions.value = frame.predictions;
        before.value ??= frame.predictions;
      }
      if (frame.map) map.value = frame.map;
      if (frame.trace) trace.value = frame.trace;
      if (frame.last) last.value = frame.last;
    });
  });
}

function noteTable({ table: read, target, resumed, experiment }: Description): void {
  note.value = ended
    ? `The worker was in a long step and was ended; the run is back at epoch ${resumed ?? 0}, the last one saved.`
    : resumed !== undefined
      ? `Continues ${experiment} at epoch ${resumed}.`
      : read && read.used < read.rows
        ? `The table has ${read.rows.toLocaleString('en')} rows; ${read.used.toLocaleString('en')} of them, evenly spaced, are learned from.`
        : '';
  ended = false;
  if (setup.peek().task === CSV && setup.peek().table.target !== target)
    setup.value = { ...setup.peek(), table: { ...setup.peek().table, target } };
  if (read?.text != null && typeof table.peek() !== 'string') kept = read.text;
}

/** Text of a table that came as a file, for links and exports. */
let kept: string | null = null;
export const tableText = (): string | null =>
  description.peek()?.table?.text ?? (typeof table.peek() === 'string' ? (table.peek() as string) : kept);

function clear(): void {
  progress.value = { epoch: -1, visited: 0, rows: 0, steps: 0, perSecond: 0 };
  history.value = [];
  weights.value = null;
  predictions.value = null;
  before.value = null;
  map.value = null;
  trace.value = null;
  last.value = null;
}

/** Prepares the run of the present settings. What is being prepared or does not answer is ended. */
function prepare(resume = false): void {
  clearTimeout(settling);
  clearTimeout(stopping);
  if (waiting) client.restart();
  asked++;
  const source = table.peek();
  if (setup.peek().task === CSV && source === undefined && !resume) {
    waiting = false;
    batch(() => {
      state.value = 'empty';
      problem.value = null;
      note.value = '';
      description.value = null;
      clear();
    });
    return;
  }
  waiting = true;
  batch(() => {
    state.value = 'preparing';
    problem.value = null;
    note.value = '';
    clear();
  });
  client.send({
    kind: 'prepare',
    id: asked,
    setup: setup.peek(),
    look: look.peek(),
    ...(source !== undefined && { table: source }),
    resume,
  });
}

/** Changes settings: the run begins anew. */
export function change(part: Partial<Setup>): void {
  setup.value = { ...setup.peek(), ...part };
  again();
}

export function changeCircuit(part: Partial<Setup['circuit']>): void {
  change({ circuit: { ...setup.peek().circuit, ...part } });
}

/** The circuit as its recipe has it. */
export const ownSettings = () => change({ circuit: {}, clock: null });

function again(): void {
  state.value = 'preparing';
  clearTimeout(settling);
  settling = setTimeout(prepare, SETTLING);
}

export function chooseTask(task: string): void {
  change({ ...DEFAULT_SETUP, task, seed: setup.peek().seed, table: setup.peek().table });
}

/** Takes a table, from a file or as text. */
export function chooseTable(source: TableSource, name: string): void {
  kept = null;
  table.value = source;
  columns.value = [];
  change({ ...DEFAULT_SETUP, task: CSV, seed: setup.peek().seed, table: { ...DEFAULT_TABLE, name } });
}

export function changeLook(part: Partial<Look>): void {
  look.value = { ...look.peek(), ...part };
  client.send({ kind: 'look', look: look.peek() });
}

export function go(kind: 'run' | 'epoch' | 'step'): void {
  if (state.peek() === 'preparing') {
    then = kind;
    return;
  }
  if (kind === 'run') state.value = 'running';
  client.send({ kind });
}

/** Stops what is under way. A worker that does not answer soon is ended; what was saved of it can be continued. */
export function pause(): void {
  if (state.peek() === 'preparing') {
    then = null;
    client.restart();
    waiting = false;
    batch(() => {
      state.value = 'failed';
      problem.value = { message: 'Stopped before the circuit was built.', where: 'run' };
    });
    return;
  }
  state.value = 'stopping';
  client.send({ kind: 'pause' });
  clearTimeout(stopping);
  stopping = setTimeout(() => {
    client.restart();
    waiting = false;
    prepare(true);
    ended = true;
  }, GRACE);
}

/** Whether the worker had to be ended, which is told when the run is back. */
let ended = false;

export function reset(): void {
  prepare();
}

/** Continues the run that was kept. */
export function continueSaved(): void {
  const run = saved.peek();
  if (!run) return;
  setup.value = run.setup;
  saved.value = null;
  prepare(true);
}

export function forgetSaved(): void {
  saved.value = null;
  client.send({ kind: 'forget' });
}

/** Model, checkpoint and report of the run as it stands. */
export function exported(): Promise<Exported> {
  return new Promise((resolve, reject) => {
    exporting.push((exported) =>
      exported
        ? resolve(exported)
        : reject(new Error('there is no run to take along: mend what is refused first')),
    );
    client.send({ kind: 'export' });
  });
}

/** The address always holds the state: settings at once, a table when it is packed. */
async function writeAddress(): Promise<void> {
  const { value } = setup;
  const text = value.task === CSV ? tableText() : null;
  const parameters = printSetup(value, look.value);
  if (text !== null) {
    const packed = await packText(text);
    if (value !== setup.peek()) return;
    if (packed.length <= LONGEST_PACKED) parameters.set(DATA, packed);
  }
  writeState('learn', parameters);
}

/** Takes up what an address says. */
async function readAddress(parameters: URLSearchParams): Promise<void> {
  const { setup: read, look: seen, ignored } = parseSetup(parameters);
  const packed = parameters.get(DATA);
  const text = packed === null ? undefined : await unpackText(packed).catch(() => undefined);
  batch(() => {
    if (text !== undefined) table.value = text;
    look.value = seen;
    setup.value = read;
  });
  prepare();
  if (packed !== null && text === undefined) ignored.push('data');
  if (ignored.length > 0)
    note.value = `The link had something this page does not know: ${ignored.join(', ')}`;
}

void readAddress(route.peek().state).then(() => {
  client.send({ kind: 'saved' });
  effect(() => {
    void description.value;
    void look.value;
    void setup.value;
    void writeAddress();
  });
  let first = true;
  effect(() => {
    const { view, state: parameters } = route.value;
    if (first || view !== 'learn') {
      first = false;
      return;
    }
    // A link within the page: only one that says something else.
    if (parameters.toString() !== printSetup(setup.peek(), look.peek()).toString()) {
      if (parameters.toString() === '') void writeAddress();
      else void readAddress(parameters);
    }
  });
});
