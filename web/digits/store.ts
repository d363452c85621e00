import { batch, effect, signal } from '@preact/signals';
import { route, writeState } from '../app/route';
import { createRun } from '../run/run';
import { DEFAULT_LOOK, DEFAULT_SETUP, type Look, parseSetup, printSetup, type Setup } from './setup';
import type { Description, Frame, OwnReply, Reading, Request } from './worker/protocol';
import script from './worker/worker.ts?script';

/** Examples just learned that are shown. */
const RECENT = 12;

export const setup = signal<Setup>(DEFAULT_SETUP);
export const look = signal<Look>(DEFAULT_LOOK);
export const saved = signal<OwnReply['saved']>(null);

export const history = signal<NonNullable<Frame['history']>>([]);
export const running = signal<NonNullable<Frame['running']> | null>(null);
export const weights = signal<NonNullable<Frame['weights']> | null>(null);
export const predicted = signal<Uint8Array | null>(null);
export const reading = signal<Reading | null>(null);
/** What was learned last, the newest first. */
export const recent = signal<NonNullable<Frame['last']>[]>([]);

/** What of the address could not be read. */
let unknown = '';
/** The reader's own images, and a pot to begin with. */
let files: { file?: File; pot?: File } = {};
/** Questions put to the pot, and the last that it has answered. */
let questions = { put: 0, answered: 0 };

export const run = createRun<Request, Description, Frame, OwnReply>({
  script,
  learner: 'pot',
  grace: 150,
  begin(id, resume) {
    questions = { put: 0, answered: 0 };
    late = false;
    run.send({ kind: 'ask', ask: 0, pixels: look.peek().pixels });
    return { kind: 'prepare', id, setup: setup.peek(), look: look.peek(), resume, ...files };
  },
  clear() {
    history.value = [];
    running.value = null;
    weights.value = null;
    predicted.value = null;
    recent.value = [];
  },
  described(of) {
    const told = noteOf(of);
    const all = unknown === '' ? told : `The link had something this page does not know: ${unknown}. ${told}`;
    unknown = '';
    return all;
  },
  refused() {
    files = {};
  },
  shown(frame) {
    const { last } = frame;
    if (frame.history) history.value = frame.history;
    if (frame.running) running.value = frame.running;
    if (frame.weights) weights.value = frame.weights;
    if (frame.predicted) predicted.value = frame.predicted;
    if (last && last.step !== recent.peek()[0]?.step)
      recent.value = [last, ...recent.peek()].slice(0, RECENT);
    if (!frame.reading) return;
    reading.value = frame.reading;
    questions.answered = frame.reading.ask;
    if (late) put();
  },
  hear(reply) {
    saved.value = reply.saved;
  },
});
export const { state, problem, note, description, progress, busy, exported } = run;
/** The pot as it was, with the same images. */
export const reset = (): void => run.prepare();

function noteOf({ resumed, images, pot }: Description): string {
  if (resumed !== null) return `The pot goes on at epoch ${resumed}.`;
  if (pot !== null) {
    return `The pot has the weights of “${pot}”, and is measured on the images of this page when it learns on.`;
  }
  return images === null ? '' : `The images are those of “${images}”. They stay in your browser.`;
}

/** Changes settings: the run begins anew, with the reader's images if there are any. */
export function change(part: Partial<Setup>): void {
  setup.value = { ...setup.peek(), ...part };
  const { pot: _, ...kept } = files;
  files = kept;
  run.settle();
}

/** Takes the reader's own images; `undefined` takes the page's again. */
export function chooseImages(file: File | undefined): void {
  files = file ? { file } : {};
  run.prepare();
}

/** Takes a pot that was saved: a model or a checkpoint. */
export function choosePot(pot: File): void {
  files = { ...files, pot };
  run.prepare();
}

export function changeSpeed(speed: number): void {
  look.value = { ...look.peek(), speed };
  run.send({ kind: 'speed', speed });
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
  if (state.peek() === 'preparing') {
    run.send({ kind: 'ask', ask: 0, pixels: look.peek().pixels });
    return;
  }
  questions.put++;
  run.send({ kind: 'ask', ask: questions.put, pixels: look.peek().pixels });
}

export function continueSaved(): void {
  const kept = saved.peek();
  if (!kept) return;
  setup.value = kept.setup;
  saved.value = null;
  files = {};
  run.prepare(true);
}

export function forgetSaved(): void {
  saved.value = null;
  run.send({ kind: 'forget' });
}

function readAddress(parameters: URLSearchParams): void {
  const read = parseSetup(parameters);
  batch(() => {
    setup.value = read.setup;
    look.value = read.look;
  });
  unknown = read.ignored.join(', ');
  run.prepare();
}

readAddress(route.peek().view === 'digits' ? route.peek().state : new URLSearchParams());
run.send({ kind: 'saved' });
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
