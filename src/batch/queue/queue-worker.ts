import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { toPlainError } from '../errors.js';
import { createPool } from '../node.js';
import { isLoss, type Pool } from '../pool.js';
import { RESULTS_VERSION } from '../store/identity.js';
import type { QueueAddress } from './address.js';
import { QueueError } from './errors.js';
import { CANCELLED, type JobData, Parts } from './job-data.js';
import { type Link, openLink, unusable } from './link.js';
import { announce, checkVersion } from './presence.js';
import { encode } from './wire.js';

/** What happens to a worker's jobs. */
export type WorkerEvent = 'begun' | 'done' | 'returned' | 'cancelled' | 'lost';

export interface QueueWorkerOptions extends QueueAddress {
  /** Jobs at the same time, each in a thread. Default: what the machine can run at the same time. */
  size?: number;
  /** The threads. Default: a pool of the package's own workers, which is disposed of with this. */
  pool?: Pool;
  /**
   * Seconds after which others take over the jobs of a worker that has given no sign of life: the time to hear of one that
   * was killed. At least 1. Default 30.
   */
  lostAfter?: number;
  /** Seconds without a job after which it stops by itself. Default: it waits for ever. */
  idle?: number;
  onEvent?: (event: WorkerEvent, job: string) => void;
}

/** A worker of a queue. */
export interface QueueWorker {
  readonly size: number;
  /**
   * Resolves when it has stopped.
   * @throws (rejects) QueueError `otherVersion` when it was handed a job that it must not do, and gave back
   */
  readonly ended: Promise<void>;
  /** Takes no more jobs, and finishes those that it has; with `'return'` gives them back, to be begun anew by others. */
  stop(how?: 'finish' | 'return'): Promise<void>;
}

/** How often a job may lose its worker before it is given up. */
const MOST_LOST = 3;
/** Milliseconds between two words of progress: each is a message to Redis. */
const SPACING = 1000;
const GLANCE = 200;
/** Milliseconds in which jobs are given back, and connections closed. */
const SLACK = 5000;
/** Milliseconds that a job of another version is kept from this worker. */
const ELSEWHERE = 2000;

/**
 * Starts a worker of this process: it runs the jobs of a queue in threads until it is stopped.
 * @throws (rejects) QueueError
 */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { lostAfter = 30, idle } = options;
  if (!(lostAfter >= 1 && Number.isFinite(lostAfter))) {
    throw new RangeError(`lostAfter must be a number of seconds, at least 1, got ${lostAfter}`);
  }
  if (idle !== undefined && !(idle > 0)) {
    throw new RangeError(`idle must be a number of seconds > 0, got ${idle}`);
  }
  const link = await openLink(options);
  const pool = options.pool ?? createPool(options.size === undefined ? {} : { size: options.size });
  const server = new Server(link, pool, options);
  try {
    await server.begin(lostAfter);
  } catch (error) {
    await server.stop('return');
    throw unusable(options.url, error);
  }
  return server;
}

type BullWorker = import('bullmq').Worker<JobData, string>;

class Server implements QueueWorker {
  readonly size: number;
  readonly ended: Promise<void>;
  private readonly id = randomUUID();
  private readonly parts: Parts;
  private readonly running = new Map<string, AbortController>();
  /** Jobs whose results Redis does not have yet. */
  private readonly held = new Set<string>();
  private worker: BullWorker | undefined;
  private presence: { stop(): Promise<void> } | undefined;
  private listener: import('ioredis').Redis | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastBusy = performance.now();
  private stopping: Promise<void> | undefined;
  private returns = false;
  private resolve!: () => void;
  private reject!: (reason: unknown) => void;

  constructor(
    private readonly link: Link,
    private readonly pool: Pool,
    private readonly options: QueueWorkerOptions,
  ) {
    this.size = pool.size;
    this.parts = new Parts(link.redis, link.key);
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever asks gets it.
    this.ended.catch(() => {});
  }

  async begin(lostAfter: number): Promise<void> {
    const { link, size, id } = this;
    const { Queue, Worker } = link.packages.bullmq;
    const shared = { connection: link.redis, prefix: link.prefix };
    const queue = new Queue(link.name, { ...shared, skipVersionCheck: true });
    queue.on('error', () => {});
    const { waiting = 0, active = 0, delayed = 0 } = await queue.getJobCounts('waiting', 'active', 'delayed');
    await queue.close();
    await checkVersion(link, waiting + active + delayed);
    this.listener = link.redis.duplicate();
    this.listener.on('error', () => {});
    this.listener.on('message', (_, job) => this.running.get(job)?.abort(new Error('cancelled')));
    await this.listener.subscribe(link.key('cancel'));
    this.worker = new Worker<JobData, string>(link.name, (job, token) => this.run(job, token), {
      ...shared,
      concurrency: size,
      lockDuration: 1000 * lostAfter,
      stalledInterval: 1000 * lostAfter,
      maxStalledCount: MOST_LOST,
      name: `${hostname()} ${process.pid}`,
      autorun: false,
    });
    this.worker.on('error', () => {});
    for (const end of ['completed', 'failed'] as const) {
      this.worker.on(end, (job: Job | undefined) => this.held.delete(job?.id as string));
    }
    await this.worker.waitUntilReady();
    this.presence = await announce(link, {
      id,
      host: hostname(),
      pid: process.pid,
      size,
      version: RESULTS_VERSION,
    });
    this.worker.run().catch((error) => this.stop('return').then(() => this.reject(error)));
    this.timer = setInterval(() => this.glance(), GLANCE);
  }

  stop(how: 'finish' | 'return' = 'finish'): Promise<void> {
    if (how === 'return') {
      this.returns = true;
      for (const controller of this.running.values()) controller.abort(new Error('handed back'));
    }
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async close(): Promise<void> {
    clearInterval(this.timer);
    const { link, worker } = this;
    await link.settled(this.presence?.stop() ?? Promise.resolve());
    await this.handIn(worker);
    await link.settled(worker?.close(link.isAway()) ?? Promise.resolve());
    await this.pool.dispose();
    this.listener?.disconnect();
    link.close();
    this.resolve();
  }

  /**
   * Takes no more jobs and waits for those that it has. Redis is waited for where there is something to hand in; what is to
   * be given back others take up without it, when nothing is heard of this worker.
   */
  private async handIn(worker: BullWorker | undefined): Promise<void> {
    let isDone = worker === undefined;
    const done = () => {
      isDone = true;
    };
    worker?.pause().then(done, done);
    for (let free = 0; !isDone; await pause(GLANCE)) {
      free = this.returns || this.held.size === 0 ? free + GLANCE : 0;
      // A connection that was being made anew may never say that it has ended.
      if (free > (this.link.isAway() ? 0 : SLACK)) return;
    }
  }

  private glance(): void {
    if (this.running.size > 0) this.lastBusy = performance.now();
    const { idle } = this.options;
    if (idle !== undefined && performance.now() - this.lastBusy > 1000 * idle) void this.stop();
  }

  private async run(job: Job<JobData, string>, token: string | undefined): Promise<string> {
    const { DelayedError, UnrecoverableError, WaitingError } = this.link.packages.bullmq;
    const { onEvent } = this.options;
    const { version } = job.data;
    if (version !== RESULTS_VERSION) {
      await job.moveToDelayed(Date.now() + ELSEWHERE, token);
      this.refuse(version);
      throw new DelayedError();
    }
    const id = job.id as string;
    const controller = new AbortController();
    this.running.set(id, controller);
    this.held.add(id);
    onEvent?.('begun', job.name);
    try {
      const unpacked = await this.parts.unpack(job.data);
      if (unpacked === undefined) return encode({ gone: true });
      const value = await this.pool.run(job.name, unpacked.input, {
        signal: controller.signal,
        onProgress: spaced((progress) => job.updateProgress(encode(progress)).catch(() => {})),
      });
      onEvent?.('done', job.name);
      return encode({ value });
    } catch (error) {
      if (controller.signal.aborted && this.returns) {
        await job.moveToWait(token);
        this.held.delete(id);
        onEvent?.('returned', job.name);
        throw new WaitingError();
      }
      if (controller.signal.aborted) {
        onEvent?.('cancelled', job.name);
        throw new UnrecoverableError(CANCELLED);
      }
      if (isLoss(error)) {
        onEvent?.('lost', job.name);
        throw error;
      }
      onEvent?.('done', job.name);
      return encode({ error: toPlainError(error) });
    } finally {
      this.running.delete(id);
    }
  }

  /** A job that must not be done here: whoever started this worker must know. */
  private refuse(version: string): void {
    this.reject(
      new QueueError(
        'otherVersion',
        `the jobs of queue ${this.link.name} are of version ${version}, this worker of ${RESULTS_VERSION}`,
        'install the same version of neural-crn everywhere',
      ),
    );
    void this.stop('return');
  }
}

/** Passes on a value at most once every so often. */
function spaced(tell: (value: unknown) => void): (value: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - last < SPACING) return;
    last = now;
    tell(value);
  };
}
