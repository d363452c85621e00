import { closeSync, fdatasyncSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Outcome } from '../sweep/outcome.js';
import type { SweepPlan } from '../sweep/plan.js';
import type { SweepStore } from '../sweep/run.js';
import { StoreError, unwritable } from './errors.js';
import { digest, RESULTS_VERSION } from './identity.js';
import { readLines } from './lines.js';
import { type Lock, takeLock } from './lock.js';

/** The first line of a store, and of every later sweep that was put into it. */
interface Head {
  format: 'neural-crn-sweep';
  version: 1;
  /** Package and kernel that the outcomes are of. */
  made: string;
  /** Stands for all cases in their order, and what is kept of them. */
  sweep: string;
  cases: number;
}

/** Every other line: what a case came to. */
interface Record {
  /** Stands for everything that decides the outcome: target, options, what is kept, package and kernel. */
  id: string;
  outcome: Outcome;
  /** How long it took where it was run. */
  seconds: number;
}

export interface OpenStoreOptions {
  /**
   * What to do with a store of another sweep: `'refuse'` it, keep it and `'extend'` it by what it lacks, or begin anew,
   * `'aside'`, after renaming it to `….before`. Default `'refuse'`.
   */
  changed?: 'refuse' | 'extend' | 'aside';
}

/** Milliseconds between two calls that wait for the disk: what a power failure may cost. */
const SYNC_EVERY = 1000;

/**
 * Outcomes in a file of JSON lines, each added in one piece as soon as it is there. A process may be killed at any
 * moment: a last line that is not whole is cut off when the file is opened again, and its case is run again. One process
 * writes at a time. The disk is waited for once a second and at the end, so a power failure may cost that second.
 */
export class FileStore implements SweepStore {
  readonly outcomes = new Map<number, Outcome>();
  /** Lines that could not be read: their cases are run again. */
  damaged = 0;
  /** Outcomes in the file that belong to no case of this sweep. */
  foreign = 0;
  /** True when a last line was cut off. */
  torn = false;
  private readonly ids: string[];
  private file = -1;
  private isSynced = true;
  private timer: NodeJS.Timeout | undefined;
  /** What the disk said while nobody was waiting for it. */
  private trouble: unknown;

  private constructor(
    readonly path: string,
    plan: SweepPlan,
    private readonly lock: Lock | undefined,
  ) {
    this.ids = caseIds(plan);
  }

  /**
   * Opens or makes a store.
   * @throws StoreError
   */
  static open(path: string, plan: SweepPlan, { changed = 'refuse' }: OpenStoreOptions = {}): FileStore {
    const lock = takeLock(`${path}.lock`);
    try {
      const store = new FileStore(path, plan, lock);
      store.begin(headOf(plan, store.ids), changed);
      return store;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The outcomes of a store that may be in use: nothing is mended or added. */
  static read(path: string, plan: SweepPlan): FileStore {
    const store = new FileStore(path, plan, undefined);
    store.load();
    return store;
  }

  add(ended: readonly { index: number; outcome: Outcome; seconds: number }[]): void {
    this.append(
      ended.map(({ index, outcome, seconds }): Record => ({ id: this.ids[index], outcome, seconds })),
    );
    for (const { index, outcome } of ended) this.outcomes.set(index, outcome);
  }

  /** Waits for the disk and lets other processes write. */
  close(): void {
    if (this.file < 0) return;
    clearTimeout(this.timer);
    try {
      if (this.trouble !== undefined) throw this.trouble;
      this.sync();
    } finally {
      closeSync(this.file);
      this.file = -1;
      this.lock?.release();
    }
  }

  private begin(head: Head, changed: NonNullable<OpenStoreOptions['changed']>): void {
    let { last, whole, rest } = this.load();
    if (last !== undefined && changed === 'aside') {
      renameSync(this.path, `${this.path}.before`);
      this.outcomes.clear();
      this.damaged = this.foreign = 0;
      last = undefined;
      whole = 0;
      rest = '';
    }
    if (last !== undefined && changed === 'refuse') this.refuseOther(last, head);
    try {
      this.file = openSync(this.path, 'a');
      if (rest !== '') {
        this.torn = true;
        ftruncateSync(this.file, whole);
      }
    } catch (error) {
      throw unwritable(this.path, error);
    }
    if (last?.sweep !== head.sweep || last.made !== head.made) this.append([head]);
  }

  private load(): { last: Head | undefined; whole: number; rest: string } {
    const places = new Map<string, number[]>();
    for (const [k, id] of this.ids.entries()) places.set(id, [...(places.get(id) ?? []), k]);
    let last: Head | undefined;
    const take = (line: string, number: number) => {
      const entry = parsed(line);
      if (number === 1 && !isHead(entry)) throw notAStore(this.path, entry);
      if (isHead(entry)) last = entry;
      else if (isRecord(entry)) {
        const found = places.get(entry.id) ?? [];
        for (const k of found) this.outcomes.set(k, entry.outcome);
        if (found.length === 0) this.foreign++;
      } else this.damaged++;
    };
    try {
      const { whole, rest } = readLines(this.path, take);
      if (whole === 0 && rest !== '' && !couldBegin(rest)) throw notAStore(this.path, undefined);
      return { last, whole, rest };
    } catch (error) {
      throw error instanceof StoreError ? error : unwritable(this.path, error);
    }
  }

  private refuseOther(last: Head, head: Head): void {
    if (last.sweep === head.sweep && last.made === head.made) return;
    const there = this.outcomes.size;
    const all = there + this.foreign;
    const why =
      last.made === head.made
        ? `holds the outcomes of another sweep (${last.cases} cases; this one has ${head.cases})`
        : `was made by version ${last.made}, and this is ${head.made}`;
    throw new StoreError(
      'changed',
      `${this.path} ${why}; ${there} of the ${all} outcomes in it belong to this one`,
    );
  }

  private append(entries: readonly (Head | Record)[]): void {
    if (this.trouble !== undefined) throw this.trouble;
    this.lock?.check();
    const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
    } catch (error) {
      throw unwritable(this.path, error);
    }
    this.isSynced = false;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      try {
        this.sync();
      } catch (error) {
        this.trouble = error;
      }
    }, SYNC_EVERY).unref();
  }

  private sync(): void {
    if (this.isSynced || this.file < 0) return;
    this.isSynced = true;
    try {
      fdatasyncSync(this.file);
    } catch (error) {
      // Pipes and some file systems have nothing to wait for.
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw unwritable(this.path, error);
    }
  }
}

/** What each case is known by: the same for the same case of any sweep. */
function caseIds({ target, take, cases }: SweepPlan): string[] {
  const common = digest([RESULTS_VERSION, target, take]);
  return cases.map((options) => digest([common, options]));
}

const headOf = ({ cases, factors }: SweepPlan, ids: readonly string[]): Head => ({
  format: 'neural-crn-sweep',
  version: 1,
  made: RESULTS_VERSION,
  sweep: digest([factors.map(({ path }) => path), ids]),
  cases: cases.length,
});

function parsed(line: string): Partial<Head & Record> | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isHead = (entry: Partial<Head & Record> | undefined): entry is Head & Record =>
  entry?.format === 'neural-crn-sweep' && entry.version === 1;

const isRecord = (entry: Partial<Head & Record> | undefined): entry is Head & Record =>
  typeof entry?.id === 'string' &&
  (entry.outcome?.status === 'failed' ||
    entry.outcome?.status === 'refused' ||
    (entry.outcome?.status === 'done' && typeof entry.outcome.values === 'object'));

/** Whether a file that has no whole line may be a store whose first line was cut short. */
const couldBegin = (text: string): boolean => {
  const start = '{"format":"neural-crn-sweep"';
  return start.startsWith(text.slice(0, start.length));
};

function notAStore(path: string, entry: Partial<Head> | undefined): StoreError {
  if (entry?.format === 'neural-crn-sweep') {
    return new StoreError(
      'notAStore',
      `${path} has version ${entry.version} of the format; this package reads version 1`,
    );
  }
  return new StoreError('notAStore', `${path} is no store of a sweep`, 'give another folder');
}
