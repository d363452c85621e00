import { type Checkpoint, CircuitFailure, createLearner, DataError, type Learner } from 'neural-crn/learning';
import type { Look, Setup } from '../setup';
import { exportOf } from './export';
import { Frames } from './frames';
import { Pictures } from './pictures';
import type { Plane } from './plane';
import type { Exported, Problem, Reply, RunState } from './protocol';
import { keepRun } from './storage';
import { turn } from './turn';

/** Work between two looks at the messages (milliseconds). */
const SLICE = 12;
/** Least time between two savings (milliseconds). */
const SAVE_EVERY = 1500;
/** Milliseconds between two looks at whether the page has drawn, and how often one looks at most. */
const DRAWN = { every: 4, looks: 50 };

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
  readonly #pictures: Pictures;
  readonly #frames: Frames;
  #look: Look;
  #goal: 'pause' | 'run' | 'epoch' | 'step' = 'pause';
  #target: number;
  #abort = new AbortController();
  #working = false;
  #over = false;
  #saveNext = 0;

  constructor(parts: {
    id: number;
    setup: Setup;
    look: Look;
    table: string | null;
    learner: Learner;
    plane: Plane | null;
    post: (reply: Reply, transfer?: Transferable[]) => void;
  }) {
    this.#id = parts.id;
    this.#setup = parts.setup;
    this.#look = parts.look;
    this.#table = parts.table;
    this.#learner = parts.learner;
    this.#post = parts.post;
    this.#target = parts.learner.settings.epochs;
    this.#pictures = new Pictures(parts.learner, parts.plane);
    this.#frames = new Frames(parts.id, parts.learner, this.#pictures, parts.post);
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
    this.#pictures.hurry();
    if (!this.#working) void this.show();
  }

  drawn(): void {
    this.#frames.drawn = true;
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
    const exported = await exportOf(this.#learner);
    if (goal === 'run') this.go('run');
    return exported;
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
    this.#frames.begin();
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
    await this.#pictures.refine(this.#abort.signal, async () => {
      await this.#frame();
      return this.#goal === 'pause';
    });
  }

  /** Learns for a slice of time, or measures. @returns whether the goal is reached */
  async #advance(): Promise<boolean> {
    const learner = this.#learner;
    const rows = learner.task.train.inputs.length;
    if (learner.epoch < 0) {
      await learner.measure({ signal: this.#abort.signal });
      await this.#pictures.updateMap(this.#abort.signal);
      await this.#frame();
      return false;
    }
    const until = performance.now() + SLICE;
    const { speed } = this.#look;
    do {
      if (learner.visited === rows) break;
      this.#frames.add(learner.step());
      if (this.#goal === 'step') break;
    } while (speed === 0 && performance.now() < until);
    const complete = learner.visited === rows;
    if (complete) {
      await learner.measure({ signal: this.#abort.signal });
      await this.#pictures.updateMap(this.#abort.signal);
      await this.#save(false);
    }
    await this.#updateTrace(speed > 0);
    await this.#frame();
    if (this.#goal === 'step' || (complete && this.#goal === 'epoch')) return true;
    if (complete && learner.epoch >= this.#target) return true;
    await turn(speed > 0 ? 1000 / speed : 0);
    return false;
  }

  #updateTrace(now: boolean): Promise<void> {
    return this.#pictures.updateTrace(this.#look.example ?? this.#frames.last?.sample ?? 0, now);
  }

  async #save(now: boolean): Promise<void> {
    if (this.#learner.epoch < 0 || (!now && performance.now() < this.#saveNext)) return;
    const began = performance.now();
    const checkpoint = this.#learner.checkpoint();
    await keepRun({ setup: this.#setup, checkpoint, table: this.#table, saved: Date.now() });
    this.#saveNext = performance.now() + Math.max(SAVE_EVERY, 10 * (performance.now() - began));
  }

  /** Shows what has changed, if the page has drawn the last frame; with nothing else to do it waits for that. */
  async #frame(): Promise<void> {
    const frames = this.#frames;
    for (let looks = 0; !frames.drawn && this.#goal === 'pause' && looks < DRAWN.looks; looks++)
      await turn(DRAWN.every);
    if (frames.drawn && !this.#over) frames.send(this.#goal === 'pause');
  }

  #state(state: RunState, problem?: Problem): void {
    this.#post({ kind: 'state', id: this.#id, state, ...(problem && { problem }) });
  }

  #fail(error: unknown): void {
    this.#goal = 'pause';
    this.#state('failed', problemOf(error, 'run'));
  }
}
