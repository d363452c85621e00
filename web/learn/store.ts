import { batch, effect, signal } from '@preact/signals';
import { route, writeState } from '../app/route';
import { createRun } from '../run/run';
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
  Frame,
  OwnReply,
  RecipeName,
  Request,
  SavedRun,
  TableSource,
} from './worker/protocol';
import script from './worker/worker.ts?script';

/** Name of the packed table in the address. */
const DATA = 'data';

export const setup = signal<Setup>(DEFAULT_SETUP);
export const look = signal<Look>(DEFAULT_LOOK);
export const table = signal<TableSource | undefined>(undefined);
export const recipes = signal<Record<string, RecipeName[]>>({});
export const columns = signal<readonly string[]>([]);
export const saved = signal<SavedRun | null>(null);

export const history = signal<NonNullable<Frame['history']>>([]);
export const weights = signal<NonNullable<Frame['weights']> | null>(null);
export const predictions = signal<NonNullable<Frame['predictions']> | null>(null);
/** Those before anything was learned. */
export const before = signal<NonNullable<Frame['predictions']> | null>(null);
export const map = signal<NonNullable<Frame['map']> | null>(null);
export const trace = signal<NonNullable<Frame['trace']> | null>(null);
export const last = signal<Frame['last'] | null>(null);

export const run = createRun<Request, Description, Frame, OwnReply>({
  script,
  learner: 'run',
  grace: 100,
  begin(id, resume) {
    const source = table.peek();
    if (setup.peek().task === CSV && source === undefined && !resume) return undefined;
    return {
      kind: 'prepare',
      id,
      setup: setup.peek(),
      look: look.peek(),
      ...(source !== undefined && { table: source }),
      resume,
    };
  },
  clear() {
    history.value = [];
    weights.value = null;
    predictions.value = null;
    before.value = null;
    map.value = null;
    trace.value = null;
    last.value = null;
  },
  described(of) {
    columns.value = of.table?.columns ?? [];
    return takeTable(of);
  },
  refused(reply) {
    columns.value = reply.columns ?? columns.value;
  },
  shown(frame) {
    if (frame.history) history.value = frame.history;
    if (frame.weights) weights.value = frame.weights;
    if (frame.predictions) {
      predictions.value = frame.predictions;
      before.value ??= frame.predictions;
    }
    if (frame.map) map.value = frame.map;
    if (frame.trace) trace.value = frame.trace;
    if (frame.last) last.value = frame.last;
  },
  hear(reply) {
    if (reply.kind === 'ready') recipes.value = reply.recipes;
    else saved.value = reply.saved;
  },
});
export const { state, problem, note, description, progress, exported } = run;
/** The run from its beginning. */
export const reset = (): void => run.prepare();

/** What was decided of a table, and something about it that the reader should know. */
function takeTable({ table: read, target, resumed, experiment }: Description): string {
  if (setup.peek().task === CSV && setup.peek().table.target !== target)
    setup.value = { ...setup.peek(), table: { ...setup.peek().table, target } };
  if (read?.text != null && typeof table.peek() !== 'string') kept = read.text;
  if (resumed !== undefined) return `Continues ${experiment} at epoch ${resumed}.`;
  if (!read || read.used >= read.rows) return '';
  return `The table has ${read.rows.toLocaleString('en')} rows; ${read.used.toLocaleString('en')} of them, evenly spaced, are learned from.`;
}

/** Text of a table that came as a file, for links and exports. */
let kept: string | null = null;
export const tableText = (): string | null =>
  description.peek()?.table?.text ?? (typeof table.peek() === 'string' ? (table.peek() as string) : kept);

/** Changes settings: the run begins anew. */
export function change(part: Partial<Setup>): void {
  setup.value = { ...setup.peek(), ...part };
  run.settle();
}

export function changeCircuit(part: Partial<Setup['circuit']>): void {
  change({ circuit: { ...setup.peek().circuit, ...part } });
}

/** The circuit as its recipe has it. */
export const ownSettings = () => change({ circuit: {}, clock: null });

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
  run.send({ kind: 'look', look: look.peek() });
}

/** Continues the run that was kept. */
export function continueSaved(): void {
  const stored = saved.peek();
  if (!stored) return;
  setup.value = stored.setup;
  saved.value = null;
  run.prepare(true);
}

export function forgetSaved(): void {
  saved.value = null;
  run.send({ kind: 'forget' });
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
  run.prepare();
  if (packed !== null && text === undefined) ignored.push('data');
  if (ignored.length > 0)
    note.value = `The link had something this page does not know: ${ignored.join(', ')}`;
}

void readAddress(route.peek().state).then(() => {
  run.send({ kind: 'saved' });
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
