import type { Queue, QueueEvents } from 'bullmq';
import { fromPlainError, PoolError } from '../errors.js';
import { mapWith } from '../map.js';
import type { PlainError } from '../messages.js';
import { type JobOptions, type Pool, twice } from '../pool.js';
import { Watched } from '../watched.js';
import type { QueueAddress } from './address.js';
import { CANCELLED, type JobData, type JobResult, KEPT, Parts, pack } from './job-data.js';
import { type Link, openLink, unusable } from './link.js';
import { claimVersion, presentWorkers } from './presence.js';
import { decode } from './wire.js';

/** A pool whose workers are other processes, on any machines. */
export interface QueuePool extends Pool {
  readonly durable: true;
  /** Places of all workers that are there now, at least 1. */
  readonly size: number;
  /** Worker processes that are there now. */
  readonly workers: number;
}

export interface QueuePoolOptions extends QueueAddress {
  /** Called when worker processes come or go, with their number and places. */
  onWorkers?: (workers: number, places: number) => void;
}

/** How often a job is begun again by itself when the thread that ran it has died. */
const ATTEMPTS = 3;
const BACKOFF = 1000;
/** Milliseconds between two looks at what is waited for: events may have been missed while Redis was away. */
const LOOK = 5000;
/** Events that Redis keeps, nearly. */
const EVENTS = 1000;

/** A job that somebody waits for. */
interface Awaited {
  id: string;
  job: string;
  data: JobData;
  parts: ReadonlyMap<string, string>;
  waiters: Set<Waiter>;
}

interface Waiter {
  /** Of the job. */
  id: string;
  options: JobOptions;
  resolve: (value: never) => void;
  reject: (reason: unknown) => void;
}

/**
 * Connects to a queue, whose jobs `startQueueWorker` or the command `neural-crn worker` run on this machine and others. It
 * is used as the pool of `createPool`, and gives the same results. A job is known by its content: one that an earlier
 * process has asked for is not run again, and its result is taken. Jobs whose worker dies are begun again. A cancelled job
 * rejects at once, whatever `hearOut` says.
 * @throws (rejects) QueueError
 */
export async function createQueuePool({ onWorkers, ...address }: QueuePoolOptions): Promise<QueuePool> {
  const link = await openLink(address);
  const { Queue, QueueEvents } = link.packages.bullmq;
  const shared = { connection: link.redis, prefix: link.prefix };
  // Events hold results: as many are kept as are read between two looks.
  const streams = { events: { maxLen: EVENTS } };
  const queue = new Queue(link.name, { ...shared, streams, skipVersionCheck: true });
  queue.on('error', () => {});
  try {
    await queue.waitUntilReady();
    const { waiting = 0, active = 0, delayed = 0 } = await queue.getJobCounts('waiting', 'active', 'delayed');
    await claimVersion(link, waiting + active + delayed);
    // From here on no event is missed, though reading begins later.
    const [latest] = await link.redis.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1);
    const events = new QueueEvents(link.name, { ...shared, lastEventId: latest?.[0] ?? '0-0' });
    events.on('error', () => {});
    await events.waitUntilReady();
    const pool = new QueueClient(link, queue, events, onWorkers);
    await pool.look();
    return pool;
  } catch (error) {
    await link.settled(queue.close());
    link.close();
    throw unusable(address.url, error);
  }
}

class QueueClient implements QueuePool {
  readonly durable = true;
  size = 1;
  workers = 0;
  private readonly awaited = new Map<string, Awaited>();
  private readonly parts: Parts;
  private readonly watched = new Watched<Waiter>((waiter, reason) => this.cancel(waiter, reason));
  /** Removals under way. */
  private readonly removing = new Set<Promise<unknown>>();
  private readonly timer: NodeJS.Timeout;
  private isDisposed = false;

  constructor(
    private readonly link: Link,
    private readonly queue: Queue,
    private readonly events: QueueEvents,
    private readonly onWorkers: QueuePoolOptions['onWorkers'],
  ) {
    this.parts = new Parts(link.redis, link.key);
    events.on('completed', ({ jobId, returnvalue }) => this.settle(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => this.fail(jobId, failedReason));
    events.on('active', ({ jobId }) => this.each(jobId, ({ onStart }) => onStart?.()));
    events.on('progress', ({ jobId, data }) =>
      this.each(jobId, ({ onProgress }) => onProgress?.(decode(String(data)))),
    );
    // It was there already, perhaps with its result.
    events.on('duplicated', ({ jobId }) => this.trouble(this.reconcile(jobId)));
    this.timer = setInterval(() => this.trouble(this.look()), LOOK);
  }

  run = <Out>(job: string, input: unknown, options: JobOptions = {}): Promise<Out> =>
    new Promise<Out>((resolve, reject) => {
      const { signal } = options;
      if (this.isDisposed) throw new PoolError('disposed', `the pool is disposed of and cannot run "${job}"`);
      signal?.throwIfAborted();
      const packed = pack(job, input);
      const waiter: Waiter = { id: packed.id, options, resolve, reject };
      let one = this.awaited.get(packed.id);
      if (one === undefined) {
        one = { ...packed, job, waiters: new Set() };
        this.awaited.set(one.id, one);
        this.add(one).catch((error) => this.end(packed.id, ({ reject }) => reject(error)));
      }
      one.waiters.add(waiter);
      this.watched.add(signal, waiter);
    });

  map = mapWith(this.run, twice);

  async dispose(): Promise<void> {
    if (this.isDisposed) return;
    this.isDisposed = true;
    clearInterval(this.timer);
    const ids = [...this.awaited.keys()];
    for (const id of ids) {
      this.end(id, ({ reject }) =>
        reject(new PoolError('disposed', 'the pool was disposed of before its jobs were done')),
      );
    }
    const { link } = this;
    // With Redis away nobody is there to hear it.
    if (!link.isAway()) {
      await link.settled(Promise.allSettled([...ids.map((id) => this.withdraw(id)), ...this.removing]));
    }
    await link.settled(Promise.allSettled([this.events.close(), this.queue.close()]));
    link.close();
  }

  /** Looks after everything that is waited for. */
  async look(): Promise<void> {
    if (this.link.redis.status !== 'ready') return;
    const workers = await presentWorkers(this.link);
    const places = workers.reduce((sum, { size }) => sum + size, 0);
    this.size = Math.max(1, places);
    if (workers.length !== this.workers) this.onWorkers?.(workers.length, places);
    this.workers = workers.length;
    for (const id of [...this.awaited.keys()]) await this.reconcile(id);
  }

  private async add({ id, job, data, parts }: Awaited): Promise<void> {
    await this.parts.keep(parts);
    await this.queue.add(job, data, {
      jobId: id,
      attempts: ATTEMPTS,
      backoff: { type: 'fixed', delay: BACKOFF },
      removeOnComplete: { age: KEPT },
      removeOnFail: { age: KEPT },
    });
  }

  /** Takes a result that there is, and adds a job again that Redis has forgotten or that had failed before. */
  private async reconcile(id: string): Promise<void> {
    const one = this.awaited.get(id);
    if (one === undefined) return;
    const job = await this.queue.getJob(id);
    const state = job === undefined ? 'unknown' : await job.getState();
    if (!this.awaited.has(id)) return;
    if (state === 'completed') this.settle(id, job?.returnvalue);
    else if (state === 'failed') await job?.remove();
    else if (state !== 'unknown') return;
    else this.parts.forget();
    if (state !== 'completed') await this.add(one);
  }

  private settle(id: string, returned: unknown): void {
    if (!this.awaited.has(id)) return;
    const result = decode(String(returned)) as JobResult | { gone: true };
    if ('gone' in result) {
      // The worker found no part of the input.
      this.parts.forget();
      const one = this.awaited.get(id) as Awaited;
      this.trouble(this.queue.remove(id).then(() => this.add(one)));
      return;
    }
    this.end(id, ({ resolve, reject }) => {
      if ('error' in result) reject(fromPlainError(result.error as PlainError));
      else resolve(result.value as never);
    });
    this.forget(id);
  }

  private fail(id: string, reason: string): void {
    const one = this.awaited.get(id);
    if (one === undefined) return;
    if (reason === CANCELLED) {
      // By somebody else who waited for it, or before it was asked for again.
      this.trouble(this.reconcile(id));
      return;
    }
    const error = new PoolError(
      'workerDied',
      `job "${one.job}" could not be finished by any worker: ${reason}`,
    );
    this.end(id, ({ reject }) => reject(error));
    this.forget(id);
  }

  /** Tells those who wait for a job, once. */
  private end(id: string, tell: (waiter: Waiter) => void): void {
    const one = this.awaited.get(id);
    this.awaited.delete(id);
    for (const waiter of one?.waiters ?? []) {
      this.watched.remove(waiter.options.signal, waiter);
      tell(waiter);
    }
  }

  private each(id: string, tell: (options: JobOptions) => void): void {
    for (const { options } of this.awaited.get(id)?.waiters ?? []) tell(options);
  }

  /** Removes what has been taken, but only once whoever waited has had the time to keep it. */
  private forget(id: string): void {
    setImmediate(() => {
      const removing = this.queue
        .remove(id)
        .catch(() => {})
        .finally(() => this.removing.delete(removing));
      this.removing.add(removing);
    });
  }

  private cancel(waiter: Waiter, reason: unknown): void {
    const { id } = waiter;
    const one = this.awaited.get(id);
    if (!one?.waiters.delete(waiter)) return;
    this.watched.remove(waiter.options.signal, waiter);
    waiter.reject(reason);
    if (one.waiters.size > 0) return;
    this.awaited.delete(id);
    const withdrawn = this.withdraw(id)
      .catch(() => {})
      .finally(() => this.removing.delete(withdrawn));
    this.removing.add(withdrawn);
  }

  /** Takes a job that nobody waits for out of the queue, or tells its worker. */
  private async withdraw(id: string): Promise<void> {
    if ((await this.queue.remove(id)) === 1) return;
    await this.link.redis.publish(this.link.key('cancel'), id);
  }

  /** What goes wrong on the way to Redis is tried again at the next look. */
  private trouble(work: Promise<unknown>): void {
    work.catch(() => {});
  }
}
