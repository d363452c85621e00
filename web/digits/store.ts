import { batch, computed, effect, signal } from '@preact/signals';
import { route, writeState } from '../app/route';
import { createClient } from '../learn/client';
import type { Exported, Problem, RunState } from '../learn/worker/protocol';
import { DEFAULT_LOOK, DEFAULT_SETUP, type Look, parseSetup, printSetup, type Setup } from './setup';
import type { Description, Frame, Reading, Reply, Request } from './worker/protocol';
import script from './worker/worker.ts?script';

export type State = 'preparing' | 'ready' | 'stopping' | RunState;

/** A worker that has not stopped by then is ended (milliseconds). */
const GRACE = 150;
/** Changes of settings are gathered for so long (milliseconds). */
const SETTLING = 120;
/** Examples just learned that are shown. */
const RECENT = 12;

export const setup = signal<Setup>(DEFAULT_SETUP);
export const look = signal<Look>(DEFAULT_LOOK);
export const description = signal<Description | null>(null);
export const state = signal<State>('preparing');
export const problem = signal<Problem | null>(null);
/** Something worth knowing that is no error. */
export const note = signal('');
export const saved = signal<(Reply & { kind: 'saved' })['saved']>(null);

export const progress = signal({ epoch: -1, visited: 0, rows: 0, steps: 0, perSecond: 0 });
export const history = signal<NonNullable<Frame['history']>>([]);
export const running = signal<NonNullable<Frame['running']> | null>(null);
export const weights = signal<NonNullable<Frame['weights']> | null>(null);
export const predicted = signal<Uint8Array | null>(null);
export const reading = signal<Reading | null>(null);
/** What was learned last, the newest first. */
export const recent = signal<NonNullable<Frame['last']>[]>([]);

export const busy = computed(() => state.value === 'running' || state.value === 'stopping');

let asked = 0;
let waiting = false;
let settling: ReturnType<typeof setTimeout> | undefined;
let stopping: ReturnType<typeof setTimeout> | undefined;
let exporting: ((exported: Exported | null) => void)[] = [];
/** Whether the run begins as soon as it is prepared. */
let then: 'run' | 'epoch' | 'step' | null = null;
/** Whether the worker had to be ended, which is told when the run is back. */
let ended = false;
/** What of the address could not be read. */
let unknown = '';
/** The reader's own images, and a pot to begin with. */
let files: { file?: File; pot?: File } = {};
/** Questions put to the pot, and the last that it has answered. */
let questions = { put: 0, answered: 0 };

const client = createClient<Request, Reply>(script, hear, (message) => {
  waiting = false;
  problem.value = { message: `the chemistry's worker is gone: ${message}`, where: 'run' };
  state.value = 'failed';
});

function hear(reply: Reply): void {
  switch (reply.kind) {
    case 'saved':
      saved.value = reply.saved;
      return;
    case 'prepared':
      if (reply.id !== asked) return;
      waiting = false;
      batch(() => {
        description.value = reply.description;
        problem.value = null;
        state.value = 'ready';
        note.value = noteOf(reply.description);
      });
      if (then) go(then);
      then = null;
      return;
    case 'refused':
      if (reply.id !== asked) return;
      waiting = false;
      then = null;
      files = {};
      batch(() => {
        problem.value = reply.problem;
        state.value = 'failed';
      });
      return;
    case 'state':
      if (reply.id !== asked) return;
      clearTimeout(stopping);
      batch(() => {
        state.value = reply.state;
        problem.value = reply.problem ?? null;
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
      const { epoch, visited, rows, steps, perSecond, last } = frame;
      progress.value = { epoch, visited, rows, steps, perSecond };
      if (frame.history) history.value = frame.history;
      if (frame.running) running.value = frame.running;
      if (frame.weights) weights.value = frame.weights;
      if (frame.predicted) predicted.value = frame.predicted;
      if (frame.reading) reading.value = frame.reading;
      if (last && last.step !== recent.peek()[0]?.step)
        recent.value = [last, ...recent.peek()].slice(0, RECENT);
    });
    if (!frame.reading) return;
    questions.answered = frame.reading.ask;
    if (late) put();
  });
}

function noteOf({ resumed, images, pot }: Description): string {
  const told = ended
    ? `The worker was in a long step and was ended; the pot is back at epoch ${resumed ?? 0}, the last one saved.`
    : resumed !== null
      ? `The pot goes on at epoch ${resumed}.`
      : pot !== null
        ? `The pot has the weights of “${pot}”, and is measured on the images of this page when it learns on.`
        : images !== null
          ? `The images are those of “${images}”. They stay in your browser.`
          : '';
  ended = false;
  const all = unknown === '' ? told : `The link had something this page does not know: ${unknown}. ${told}`;
  unknown = '';
  return all;
}

/** Prepares the run of the present settings. What is being prepared or does not answer is ended. */
function prepare(resume = false): void {
  clearTimeout(settling);
  clearTimeout(stopping);
  if (waiting) client.restart();
  asked++;
  waiting = true;
  questions = { put: 0, answered: 0 };
  late = false;
  batch(() => {
    state.value = 'preparing';
    problem.value = null;
    note.value = '';
    progress.value = { epoch: -1, visited: 0, rows: 0, steps: 0, perSecond: 0 };
    history.value = [];
    running.value = null;
    weights.value = null;
    predicted.value = null;
    recent.value = [];
  });
  client.send({ kind: 'ask', ask: 0, pixels: look.peek().pixels });
  client.send({ kind: 'prepare', id: asked, setup: setup.peek(), look: look.peek(), resume, ...files });
}

/** Changes settings: the run begins anew, with the reader's images if there are any. */
export function change(part: Partial<Setup>): void {
  setup.value = { ...setup.peek(), ...part };
  const { pot: _, ...kept } = files;
  files = kept;
  state.value = 'preparing';
  clearTimeout(settling);
  settling = setTimeout(prepare, SETTLING);
}

/** Takes the reader's own images; `undefined` takes the page's again. */
export function chooseImages(file: File | undefined): void {
  files = file ? { file } : {};
  prepare();
}

/** Takes a pot that was saved: a model or a checkpoint. */
export function choosePot(pot: File): void {
  files = { ...files, pot };
  prepare();
}

export function changeSpeed(speed: number): void {
  look.value = { ...look.peek(), speed };
  client.send({ kind: 'speed', speed });
}

/** A question that waits until the last one is answered: the pot takes some hundredths of a second. */
let late = false;

/** What the pot is asked from now on; `null` for the example just learned. */
export function ask(pixels: readonly number[] | null): void {
  look.value = { ...look.peek(), pixels };
  if (questions.answered < questions.put) late = true;
  else put();
}

function put(): void {
  late = false;
  if (waiting || state.peek() === 'preparing') {
    client.send({ kind: 'ask', ask: 0, pixels: look.peek().pixels });
    return;
  }
  questions.put++;
  client.send({ kind: 'ask', ask: questions.put, pixels: look.peek().pixels });
}

export function go(kind: 'run' | 'epoch' | 'step'): void {
  if (state.peek() === 'preparing') {
    then = kind;
    return;
  }
  if (kind === 'run') state.value = 'running';
  client.send({ kind });
}

/** Stops what is under way. A worker that does not answer soon is ended; what was saved of it is taken up again. */
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
    ended = true;
    prepare(true);
  }, GRACE);
}

/** The pot as it was, with the same images. */
export function reset(): void {
  prepare();
}

export function continueSaved(): void {
  const kept = saved.peek();
  if (!kept) return;
  setup.value = kept.setup;
  saved.value = null;
  files = {};
  prepare(true);
}

export function forgetSaved(): void {
  saved.value = null;
  client.send({ kind: 'forget' });
}

/** Model, checkpoint and report of the pot as it stands. */
export function exported(): Promise<Exported> {
  return new Promise((resolve, reject) => {
    exporting.push((given) =>
      given ? resolve(given) : reject(new Error('there is no pot to save: mend what is refused first')),
    );
    client.send({ kind: 'export' });
  });
}

function readAddress(parameters: URLSearchParams): void {
  const read = parseSetup(parameters);
  batch(() => {
    setup.value = read.setup;
    look.value = read.look;
  });
  unknown = read.ignored.join(', ');
  prepare();
}

readAddress(route.peek().view === 'digits' ? route.peek().state : new URLSearchParams());
client.send({ kind: 'saved' });
let first = true;
effect(() => {
  const parameters = printSetup(setup.value, look.value);
  // The address of another view is not ours to write.
  writeState('digits', parameters);
});
effect(() => {
  const { view, state: parameters } = route.value;
  if (first || view !== 'digits') {
    first = false;
    return;
  }
  // A link within the page: only one that says something else.
  const own = printSetup(setup.peek(), look.peek());
  if (parameters.toString() === own.toString()) return;
  if (parameters.toString() === '') writeState('digits', own);
  else readAddress(parameters);
});
