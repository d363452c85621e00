import type { Redis } from 'ioredis';
import { checkAddress, checkName, DEFAULT_NAME, type QueueAddress, shown } from './address.js';
import { QueueError } from './errors.js';
import { loadPackages, type QueuePackages } from './packages.js';

/** A connection to Redis, and the names of what is kept there. */
export interface Link {
  packages: QueuePackages;
  redis: Redis;
  /** Of the queue. */
  name: string;
  /** Before the keys of BullMQ. */
  prefix: string;
  /** A key beside those of BullMQ. */
  key(what: string): string;
  /** Whether Redis cannot be reached now. */
  isAway(): boolean;
  /** Waits for the end of work that Redis is needed for, but not while it is away. What goes wrong is of no interest. */
  settled(work: Promise<unknown>): Promise<void>;
  close(): void;
}

const PREFIX = 'neural-crn';
/** Milliseconds for the first connection. */
const PATIENCE = 10_000;

/**
 * Connects to Redis. The first time it must answer; later it is waited for, however long it takes.
 * @throws (rejects) QueueError
 */
export async function openLink({ url, name = DEFAULT_NAME, onLink }: QueueAddress): Promise<Link> {
  checkAddress(url);
  checkName(name);
  const packages = await loadPackages();
  const { Redis } = packages;
  let isOpen = false;
  let isAway = false;
  let last: Error | undefined;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    // Commands wait for Redis to come back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isOpen ? Math.min(200 * times, 2000) : null),
  });
  redis.on('error', (error) => {
    last = error;
  });
  redis.on('close', () => {
    if (!isOpen || isAway) return;
    isAway = true;
    onLink?.('away');
  });
  redis.on('ready', () => {
    if (!isAway) return;
    isAway = false;
    onLink?.('back');
  });
  try {
    await inTime(greet(redis));
  } catch (error) {
    redis.disconnect();
    throw unusable(url, last ?? error);
  }
  isOpen = true;
  return {
    packages,
    redis,
    name,
    prefix: PREFIX,
    key: (what) => `${PREFIX}/${name}/${what}`,
    isAway: () => redis.status !== 'ready',
    settled: async (work) => {
      const quiet = work.then(
        () => {},
        () => {},
      );
      if (redis.status !== 'ready') return;
      let left = () => {};
      const leaves = new Promise<void>((resolve) => {
        left = resolve;
      });
      redis.once('close', left);
      await Promise.race([quiet, leaves]);
      redis.off('close', left);
    },
    close: () => {
      isOpen = false;
      redis.disconnect();
    },
  };
}

/** What is wrong with what is at an address. */
export function unusable(url: string, error: unknown): QueueError {
  if (error instanceof QueueError) return error;
  const { message } = error as Error;
  const why = /RESP type|Protocol error/.test(message) ? 'what answers there is something else' : message;
  return new QueueError('unreachable', `no Redis can be used at ${shown(url)}: ${why}`, undefined, {
    cause: error,
  });
}

/** The first Redis that has what queues are made of. */
const OLDEST = 5;

async function greet(redis: Redis): Promise<void> {
  await redis.connect();
  // A database that is not there is passed over while connecting, and the first one taken.
  await redis.select(redis.options.db ?? 0);
  const [, version = '', major] = /^redis_version:((\d+)\S*)/m.exec(await redis.info('server')) ?? [];
  if (Number(major) < OLDEST)
    throw new Error(`it is of version ${version}, and ${OLDEST} or newer is needed`);
}

/** @throws (rejects) where nothing comes of it: something may listen there and never say a word */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing was answered within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
