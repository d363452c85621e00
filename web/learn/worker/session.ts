import type { Circuit } from 'neural-crn/circuits';
import {
  type Checkpoint,
  CircuitFailure,
  createLearner,
  DataError,
  type Learner,
  type StepRecord,
  type Task,
} from 'neural-crn/learning';
import type { Exported, Problem, RunState } from '../../run/protocol';
import type { Look } from '../setup';
import { exportOf } from './export';
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

/** What is drawn of a run, and takes chemistry of its own. */
export interface RunPictures {
  /** The next picture is made whatever the last one cost. */
  hurry(): void;
  /** A row of the training set through all phases, when there is time for it, or `now`. */
  updateTrace(row: number, now: boolean): Promise<void>;
  /** A picture of all predictions, where there is one. */
  updateMap?(signal: AbortSignal): Promise<void>;
  /** Finer and finer ones, each of which is shown, until there is something else to do. */
  refine?(signal: AbortSignal, show: () => Promise<boolean>): Promise<void>;
}

/** What the page is sent of a run. */
export interface RunFrames {
  /** What was learned last. */
  readonly last: StepRecord | undefined;
  /** The page has drawn the last frame. */
  drawn: boolean;
  begin(): void;
  add(step: StepRecord): void;
  /** Posts what has changed; all of it when all is `still`. */
  send(still: boolean): void;
}

/** What a session is made of. */
export interface SessionParts {
  look: Look;
  learner: Learner;
  pictures: RunPictures;
  frames: RunFrames;
  /** Told how it stands. */
  tell(state: RunState, problem?: Problem): void;
  /** Keeps the run as it stands. */
  keep(checkpoint: Checkpoint): Promise<unknown>;
}

/** A training run, and what is shown of it. */
export class Session {
  readonly #learner: Learner;
  readonly #pictures: RunPictures;
  readonly #frames: RunFrames;
  readonly #tell: SessionParts['tell'];
  readonly #keep: SessionParts['keep'];
  #look: Look;
  #goal: 'pause' | 'run' | 'epoch' | 'step' = 'pause';
  #target: number;
  #abort = new AbortController();
  #working = false;
  #over = false;
  #saveNext = 0;

  constructor({ look, learner, pictures, frames, tell, keep }: SessionParts) {
    this.#look = look;
    this.#learner = learner;
    this.#target = learner.settings.epochs;
    this.#pictures = pictures;
    this.#frames = frames;
    this.#tell = tell;
    this.#keep = keep;
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
    // What is shown just now may be of the last look.
    if (!this.#working || this.#goal === 'pause') void this.show();
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
    this.#tell('running');
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
    this.#tell(done ? 'done' : 'paused');
    await this.#save(true);
    await this.#pictures.refine?.(this.#abort.signal, async () => {
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
      await this.#pictures.updateMap?.(this.#abort.signal);
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
      await this.#pictures.updateMap?.(this.#abort.signal);
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
    await this.#keep(this.#learner.checkpoint());
    this.#saveNext = performance.now() + Math.max(SAVE_EVERY, 10 * (performance.now() - began));
  }

  /** Shows what has changed, if the page has drawn the last frame; with nothing else to do it waits for that. */
  async #frame(): Promise<void> {
    const frames = this.#frames;
    for (let looks = 0; !frames.drawn && this.#goal === 'pause' && looks < DRAWN.looks; looks++)
      await turn(DRAWN.every);
    if (frames.drawn && !this.#over) frames.send(this.#goal === 'pause');
  }

  #fail(error: unknown): void {
    this.#goal = 'pause';
    this.#tell('failed', problemOf(error, 'run'));
  }
}

/** A learner for the page: beside its ideal twin, and without a row for every example. */
export function learnerOf(task: Task, circuit: Circuit, resume?: Checkpoint): Promise<Learner> {
  return createLearner(task, { circuit, ...(resume ? { resume } : { ideal: true }), keepSteps: false });
}
