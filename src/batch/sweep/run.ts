import { isLoss, type Pool } from '../pool.js';
import type { Outcome } from './outcome.js';
import { casesOf, type SweepPlan } from './plan.js';

/** Where outcomes are kept as they come, and where those of an earlier run are: see `openStore` of `/batch/store`. */
export interface SweepStore {
  /** By the case's place. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** Keeps what cases have come to. When it returns they are safe. */
  add(ended: readonly { index: number; outcome: Outcome; seconds: number }[]): void;
}

/** How far a sweep is. */
export interface SweepProgress {
  /** Cases that have ended, those of an earlier run and parts of cases under way included. */
  done: number;
  total: number;
  /** Cases whose outcomes are there. */
  ended: number;
}

/** Options of {@link runSweep}. */
export interface RunSweepOptions {
  /** Default: outcomes are only returned. */
  store?: SweepStore;
  /** Ends the run: it rejects with the signal's reason, and what has ended is in the store. */
  signal?: AbortSignal;
  onProgress?: (progress: SweepProgress) => void;
  /** Called with each outcome, in the order in which cases end; not for those that were there. */
  onOutcome?: (index: number, outcome: Outcome) => void;
}

/** What a sweep has come to. */
export interface SweepResult {
  /** By case; `undefined` for those that were lost. */
  outcomes: (Outcome | undefined)[];
  /** Cases that no worker could finish, such as for want of memory. They are in no store, so that they are tried again. */
  lost: { index: number; error: Error }[];
}

/** Milliseconds of work that a job has where cases are short: talk costs nothing then, and little is lost with a worker. */
const JOB_MILLISECONDS = 250;
const MOST_CASES = 64;
/** Jobs that are handed over before they can begin, for each that can. */
const AHEAD = 2;
/** The same where jobs go to a queue: enough for any number of machines. */
const QUEUED = 2000;

/**
 * Runs a sweep's cases over a pool. Outcomes do not depend on the number of workers or on what runs beside what.
 * @throws (rejects) the signal's reason; what the store throws
 */
export function runSweep(pool: Pool, plan: SweepPlan, options: RunSweepOptions = {}): Promise<SweepResult> {
  return new SweepRun(pool, plan, options).run();
}

class SweepRun {
  private readonly outcomes: (Outcome | undefined)[];
  private readonly lost: SweepResult['lost'] = [];
  /** Places of the cases that are not begun, each case once. */
  private readonly waiting: number[];
  /** Places of the same case by that of the first. */
  private readonly same = new Map<number, number[]>();
  private readonly parts = new Map<object, number>();
  private ended = 0;
  /** Milliseconds of one case, of the last that have ended. */
  private pace: number | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly plan: SweepPlan,
    private readonly options: RunSweepOptions,
  ) {
    const { store } = options;
    this.outcomes = plan.cases.map((_, k) => store?.outcomes.get(k));
    plan.first.forEach((first, k) => {
      this.same.set(first, [...(this.same.get(first) ?? []), k]);
    });
    for (const places of this.same.values()) {
      const known = places.map((k) => this.outcomes[k]).find((one) => one !== undefined);
      if (known !== undefined) for (const k of places) this.outcomes[k] = known;
    }
    this.waiting = [...this.same.keys()].filter((k) => this.outcomes[k] === undefined);
    this.ended = this.outcomes.filter((one) => one !== undefined).length;
  }

  async run(): Promise<SweepResult> {
    const { signal } = this.options;
    signal?.throwIfAborted();
    this.tell();
    const { size, durable } = this.pool;
    const feeders = Math.min(this.waiting.length, durable ? QUEUED : AHEAD * size);
    const stop = new AbortController();
    const cancel = () => stop.abort(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      await Promise.all(Array.from({ length: feeders }, () => this.feed(stop.signal)));
    } catch (error) {
      // What a store cannot keep need not be computed.
      stop.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
    this.lost.sort((a, b) => a.index - b.index);
    return { outcomes: this.outcomes, lost: this.lost };
  }

  /** Hands job after job to the pool until no case waits. */
  private async feed(signal: AbortSignal): Promise<void> {
    for (;;) {
      const places = this.waiting.splice(0, this.share());
      if (places.length === 0) return;
      await this.job(places, signal);
    }
  }

  /** Cases of the next job: an even number, since two of a network share vectors. */
  private share(): number {
    // A queue knows its jobs by what they are: they must not depend on how fast they go.
    if (this.pool.durable || this.plan.target.kind === 'train' || this.pace === undefined) return 1;
    const wanted = Math.min(MOST_CASES, Math.floor(JOB_MILLISECONDS / this.pace));
    const even = Math.ceil(this.waiting.length / (AHEAD * this.pool.size));
    return Math.max(1, 2 * Math.floor(Math.min(wanted, even) / 2));
  }

  private async job(places: readonly number[], signal: AbortSignal, isSecond = false): Promise<void> {
    const key = {};
    let began = performance.now();
    let ended: { outcomes: Outcome[]; milliseconds: number } | undefined;
    try {
      const outcomes = await this.pool.run<Outcome[]>('cases', casesOf(this.plan, places), {
        signal,
        onStart: () => {
          began = performance.now();
        },
        onProgress: (done) => {
          this.parts.set(key, done as number);
          this.tell();
        },
      });
      ended = { outcomes, milliseconds: (performance.now() - began) / places.length };
    } catch (error) {
      if (signal.aborted) throw error;
      if (isLoss(error) && !isSecond && !this.pool.durable) {
        // One by one, so that a case that kills its worker is known.
        for (const place of places) await this.job([place], signal, true);
        return;
      }
      for (const index of places) this.lost.push({ index, error: error as Error });
    } finally {
      this.parts.delete(key);
    }
    if (ended !== undefined) {
      this.pace = ended.milliseconds;
      this.keep(places, ended.outcomes, ended.milliseconds / 1000);
    }
    this.tell();
  }

  private keep(places: readonly number[], outcomes: readonly Outcome[], seconds: number): void {
    const { store, onOutcome } = this.options;
    store?.add(places.map((index, i) => ({ index, outcome: outcomes[i], seconds })));
    places.forEach((first, i) => {
      for (const k of this.same.get(first) ?? []) {
        this.outcomes[k] = outcomes[i];
        this.ended++;
        onOutcome?.(k, outcomes[i]);
      }
    });
  }

  private tell(): void {
    let done = this.ended;
    for (const part of this.parts.values()) done += part;
    this.options.onProgress?.({ done, total: this.outcomes.length, ended: this.ended });
  }
}
