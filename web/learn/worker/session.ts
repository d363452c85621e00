import {
  type Checkpoint,
  CircuitFailure,
  createLearner,
  DataError,
  type Learner,
  type StepRecord,
  saveModel,
  traceExample,
  trainReport,
} from 'neural-crn/learning';
import type { Look, Setup } from '../setup';
import type { Exported, Frame, MapFrame, Problem, Reply, RunState, TraceFrame } from './protocol';
import { keepRun } from './storage';
import { Trail, thinned } from './trail';

/** Work between two looks at the messages (milliseconds). */
const SLICE = 12;
/** Part of the time that may go into pictures while it learns: what they cost is waited for so many times over. */
const PATIENCE = 4;
/** Least time between two traces, and between two savings (milliseconds). */
const TRACE_EVERY = 90;
const SAVE_EVERY = 1500;
/** Least time between two pictures of the weights (milliseconds). */
const WEIGHTS_EVERY = 150;
/** Sides of the decision map: while it learns, and then finer and finer. */
const COARSE = 16;
const FINE = [28, 56];
/** Intervals of a trace in each phase. */
const INTERVALS = 64;

/** Gives the messages their turn. */
function turn(milliseconds = 0): Promise<void> {
  if (milliseconds > 0) return new Promise((resolve) => setTimeout(resolve, milliseconds));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Why chemistry could not go on, in words. */
export function problemOf(error: unknown, where: Problem['where']): Problem {
  const { message } = error as Error;
  if (error instanceof CircuitFailure) return { message, hint: error.hint, where: 'run' };
  if (error instanceof DataError) return { message, where: 'data' };
  return { message, where };
}

/** A training run, and what is shown of it. */
export class Session {
  readonly #id: number;
  readonly #setup: Setup;
  readonly #table: string | null;
  readonly #learner: Learner;
  readonly #post: (reply: Reply, transfer?: Transferable[]) => void;
  readonly #plane: { x: [number, number]; y: [number, number] } | null;
  readonly #trail: Trail;
  #look: Look;
  #goal: 'pause' | 'run' | 'epoch' | 'step' = 'pause';
  #target: number;
  #abort = new AbortController();
  #working = false;
  #over = false;
  /** The page has drawn the last frame. */
  #drawn = true;
  #last: StepRecord | undefined;
  #map: MapFrame | undefined;
  #trace: TraceFrame | undefined;
  /** What the page has already. */
  #sent = { history: -1, map: undefined as unknown, trace: undefined as unknown, weights: -1, steps: -1 };
  #mapNext = 0;
  #traceNext = 0;
  #weightsNext = 0;
  #saveNext = 0;
  #pace = { from: 0, steps: 0, perSecond: 0 };

  constructor(parts: {
    id: number;
    setup: Setup;
    look: Look;
    table: string | null;
    learner: Learner;
    plane: { x: [number, number]; y: [number, number] } | null;
    post: (reply: Reply, transfer?: Transferable[]) => void;
  }) {
    this.#id = parts.id;
    this.#setup = parts.setup;
    this.#look = parts.look;
    this.#table = parts.table;
    this.#learner = parts.learner;
    this.#plane = parts.plane;
    this.#post = parts.post;
    this.#target = parts.learner.settings.epochs;
    const { theta } = parts.learner.weights;
    this.#trail = new Trail(theta.length);
    this.#trail.add(parts.learner.steps, theta);
  }

  static async create(
    parts: Omit<ConstructorParameters<typeof Session>[0], 'learner'> & {
      task: Parameters<typeof createLearner>[0];
      circuit: NonNullable<Parameters<typeof createLearner>[1]>['circuit'];
      resume: Checkpoint | undefined;
    },
  ): Promise<Session> {
    const { task, circuit, resume, ...rest } = parts;
    const learner = await createLearner(task, {
      ...(circuit && { circuit }),
      ...(resume ? { resume } : { ideal: true }),
      keepSteps: false,
    });
    return new Session({ ...rest, learner });
  }

  /** Shows what there is before anything is learned. */
  async show(): Promise<void> {
    await this.#work(async () => {
      await this.#updateTrace(true);
      await this.#frame();
    });
  }

  look(look: Look): void {
    this.#look = look;
    this.#traceNext = 0;
    if (!this.#working) void this.show();
  }

  drawn(): void {
    this.#drawn = true;
  }

  /** Learns until it is told to pause, or to the end of the epoch, or one example. */
  go(goal: 'run' | 'epoch' | 'step'): void {
    if (this.#over) return;
    this.#goal = goal;
    if (goal === 'run' && this.#learner.epoch >= this.#target && this.#learner.visited === 0)
      this.#target += this.#learner.settings.epochs || 1;
    void this.#start();
  }

  pause(): void {
    this.#goal = 'pause';
    this.#abort.abort();
  }

  async dispose(): Promise<void> {
    this.#over = true;
    this.pause();
    while (this.#working) await turn(2);
    this.#learner.dispose();
  }

  async export(): Promise<Exported> {
    const goal = this.#goal;
    this.pause();
    while (this.#working) await turn(2);
    const learner = this.#learner;
    const result = await learner.result();
    if (goal === 'run') this.go('run');
    return {
      model: saveModel(learner.model()),
      checkpoint: JSON.stringify(learner.checkpoint()),
      report: JSON.stringify(trainReport(result), null, 2),
      epoch: Math.max(0, learner.epoch),
      predictions: learner.predictions && {
        train: [...learner.predictions.train],
        validation: [...learner.predictions.validation],
      },
    };
  }

  async #start(): Promise<void> {
    // What is under way ends first: a map being refined, or a pause.
    this.#abort.abort();
    while (this.#working) await turn();
    if (this.#over || this.#goal === 'pause') return;
    await this.#work(() => this.#learn());
  }

  /** One piece of work at a time. What a pause breaks off is no failure. */
  async #work(act: () => Promise<void>): Promise<void> {
    while (this.#working) await turn(2);
    if (this.#over) return;
    this.#working = true;
    this.#abort = new AbortController();
    try {
      await act();
    } catch (error) {
      if (error !== this.#abort.signal.reason && !this.#over) this.#fail(error);
    } finally {
      this.#working = false;
    }
  }

  async #learn(): Promise<void> {
    this.#state('running');
    this.#pace = { from: performance.now(), steps: this.#learner.steps, perSecond: this.#pace.perSecond };
    try {
      while (this.#goal !== 'pause' && !this.#over) {
        if (await this.#advance()) break;
      }
    } catch (error) {
      if (error !== this.#abort.signal.reason) throw error;
    }
    if (this.#over) return;
    const done = this.#learner.visited === 0 && this.#learner.epoch >= this.#target;
    this.#goal = 'pause';
    this.#abort = new AbortController();
    await this.#updateTrace(true);
    await this.#frame();
    this.#state(done ? 'done' : 'paused');
    await this.#save(true);
    await this.#refine();
  }

  /** Learns for a slice of time, or measures. @returns whether the goal is reached */
  async #advance(): Promise<boolean> {
    const learner = this.#learner;
    const rows = learner.task.train.inputs.length;
    if (learner.epoch < 0) {
      await learner.measure({ signal: this.#abort.signal });
      await this.#updateMap();
      await this.#frame();
      return false;
    }
    const until = performance.now() + SLICE;
    const { speed } = this.#look;
    do {
      if (learner.visited === rows) break;
      this.#step();
      if (this.#goal === 'step') break;
    } while (speed === 0 && performance.now() < until);
    const complete = learner.visited === rows;
    if (complete) {
      await learner.measure({ signal: this.#abort.signal });
      await this.#updateMap();
      await this.#save(false);
    }
    await this.#updateTrace(speed > 0);
    await this.#frame();
    if (this.#goal === 'step' || (complete && this.#goal === 'epoch')) return true;
    if (complete && learner.epoch >= this.#target) return true;
    await turn(speed > 0 ? 1000 / speed : 0);
    return false;
  }

  #step(): void {
    const learner = this.#learner;
    this.#last = learner.step();
    this.#trail.add(learner.steps, this.#last.theta);
    const elapsed = performance.now() - this.#pace.from;
    if (elapsed < 400) return;
    this.#pace = {
      from: performance.now(),
      steps: learner.steps,
      perSecond: ((learner.steps - this.#pace.steps) / elapsed) * 1000,
    };
  }

  /** A trace of the example, when there is time for one. */
  async #updateTrace(now: boolean): Promise<void> {
    const began = performance.now();
    if (!now && began < this.#traceNext) return;
    const learner = this.#learner;
    const { inputs, targets } = learner.task.train;
    const example = Math.min(this.#look.example ?? this.#last?.sample ?? 0, inputs.length - 1);
    const row = { inputs: inputs[example], target: targets[example] };
    const trace = await traceExample(learner.model(), row, { intervals: INTERVALS });
    const { times, concentrations, species, phases, prediction } = trace;
    const values = new Float32Array(species.length * times.length);
    concentrations.forEach((levels, k) => {
      levels.forEach((level, s) => {
        values[s * times.length + k] = level;
      });
    });
    this.#trace = { times: Float32Array.from(times), values, phases, example, prediction };
    const cost = performance.now() - began;
    this.#traceNext = performance.now() + Math.max(TRACE_EVERY, PATIENCE * cost);
  }

  /** A coarse decision map, when there is time for one. */
  async #updateMap(): Promise<void> {
    const began = performance.now();
    if (this.#plane === null || began < this.#mapNext) return;
    await this.#mapOf(COARSE);
    this.#mapNext = performance.now() + PATIENCE * (performance.now() - began);
  }

  async #mapOf(side: number): Promise<void> {
    const { x, y } = this.#plane!;
    const at = ([from, to]: [number, number], k: number) => from + ((k + 0.5) / side) * (to - from);
    const rows = Array.from({ length: side * side }, (_, k) => [
      at(x, k % side),
      at(y, Math.floor(k / side)),
    ]);
    const values = await this.#learner.predict(rows, { signal: this.#abort.signal });
    this.#map = { side, values: Float32Array.from(values), epoch: Math.max(0, this.#learner.epoch) };
  }

  /** Finer maps while nothing else is to do. */
  async #refine(): Promise<void> {
    if (this.#plane === null) return;
    for (const side of FINE) {
      await this.#mapOf(side);
      await this.#frame();
      if (this.#goal !== 'pause') return;
    }
  }

  async #save(now: boolean): Promise<void> {
    if (this.#learner.epoch < 0 || (!now && performance.now() < this.#saveNext)) return;
    const began = performance.now();
    const checkpoint = this.#learner.checkpoint();
    await keepRun({ setup: this.#setup, checkpoint, table: this.#table, saved: Date.now() });
    this.#saveNext = performance.now() + Math.max(SAVE_EVERY, 10 * (performance.now() - began));
  }

  /** Posts what has changed, if the page has drawn the last frame; with nothing else to do it waits for that. */
  async #frame(): Promise<void> {
    for (let waited = 0; !this.#drawn && this.#goal === 'pause' && waited < 50; waited++) await turn(4);
    if (!this.#drawn || this.#over) return;
    const learner = this.#learner;
    const sent = this.#sent;
    const frame: Frame = {
      kind: 'frame',
      id: this.#id,
      epoch: learner.epoch,
      visited: learner.visited,
      rows: learner.task.train.inputs.length,
      steps: learner.steps,
      perSecond: this.#pace.perSecond,
      ...(this.#last && { last: this.#last }),
    };
    const transfer: Transferable[] = [];
    if (sent.history !== learner.history.length) {
      frame.history = thinned(learner.history);
      const { predictions } = learner;
      if (predictions) {
        frame.predictions = {
          train: Float32Array.from(predictions.train),
          validation: Float32Array.from(predictions.validation),
        };
      }
      sent.history = learner.history.length;
    }
    const now = performance.now();
    if (sent.weights !== learner.steps && (this.#goal === 'pause' || now >= this.#weightsNext)) {
      this.#weightsNext = now + WEIGHTS_EVERY;
      frame.weights = this.#trail.copy();
      transfer.push(frame.weights.values.buffer, frame.weights.steps.buffer);
      sent.weights = learner.steps;
    }
    if (this.#map !== sent.map && this.#map) {
      sent.map = this.#map;
      frame.map = this.#map;
    }
    if (this.#trace !== sent.trace && this.#trace) {
      sent.trace = this.#trace;
      frame.trace = this.#trace;
      transfer.push(this.#trace.values.buffer);
    }
    this.#drawn = false;
    this.#post(frame, transfer);
  }

  #state(state: RunState, problem?: Problem): void {
    this.#post({ kind: 'state', id: this.#id, state, ...(problem && { problem }) });
  }

  #fail(error: unknown): void {
    this.#goal = 'pause';
    this.#state('failed', problemOf(error, 'run'));
  }
}
