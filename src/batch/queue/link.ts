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
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const { message } = last ?? (error as Error);
    throw new QueueError('unreachable', `no Redis can be used at ${shown(url)}: ${message}`, undefined, {
      cause: last ?? error,
    });
  }
  isOpen = true;
  return {
    packages,
    redis,
    name,
    prefix: PREFIX,
    key: (what) => `${PREFIX}/${name}/${what}`,
    close: () => {
      isOpen = false;
      redis.disconnect();
    },
  };
}
