import type { Redis } from 'ioredis';
import { RESULTS_VERSION } from '../store/identity.js';
import { QueueError } from './errors.js';
import type { Link } from './link.js';

/** A worker process as others see it. */
export interface WorkerInfo {
  id: string;
  host: string;
  pid: number;
  /** Jobs at the same time. */
  size: number;
  version: string;
}

/** Seconds between two signs of life, and after how many without one a worker is taken to be gone. */
const SIGN = 5;
const GONE = 20;

const workersKey = (link: Link) => link.key('workers');
const versionKey = (link: Link) => link.key('version');

/** By the clock of Redis, which all machines share. */
async function seconds(redis: Redis): Promise<number> {
  const [whole] = await redis.time();
  return Number(whole);
}

/** Tells others that this worker is there, until `stop`. */
export async function announce(link: Link, info: WorkerInfo): Promise<{ stop(): Promise<void> }> {
  const { redis } = link;
  const member = JSON.stringify(info);
  const sign = async () => {
    const now = await seconds(redis);
    await redis.zadd(workersKey(link), now + GONE, member);
    await redis.zremrangebyscore(workersKey(link), '-inf', now);
  };
  await sign();
  const timer = setInterval(() => sign().catch(() => {}), SIGN * 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      await redis.zrem(workersKey(link), member);
    },
  };
}

/** Workers that have given a sign of life. */
export async function presentWorkers(link: Link): Promise<WorkerInfo[]> {
  const members = await link.redis.zrangebyscore(workersKey(link), await seconds(link.redis), '+inf');
  return members.map((member) => JSON.parse(member) as WorkerInfo);
}

/**
 * Makes this version the queue's.
 * @param unfinished jobs that are in the queue
 * @throws (rejects) QueueError `otherVersion` where jobs or all workers are of another
 */
export async function claimVersion(link: Link, unfinished: number): Promise<void> {
  await checkVersion(link, unfinished);
  const workers = await presentWorkers(link);
  const others = workers.filter(({ version }) => version !== RESULTS_VERSION);
  if (others.length > 0 && others.length === workers.length) {
    throw new QueueError(
      'otherVersion',
      `the workers of queue ${link.name} are of version ${others[0].version} (${others[0].host}), this sweep of ${RESULTS_VERSION}`,
      'install the same version of neural-crn everywhere',
    );
  }
  await link.redis.set(versionKey(link), RESULTS_VERSION);
}

/** @throws (rejects) QueueError `otherVersion` where the queue's jobs are of another */
export async function checkVersion(link: Link, unfinished: number): Promise<void> {
  const version = await link.redis.get(versionKey(link));
  if (version === null || version === RESULTS_VERSION || unfinished === 0) return;
  throw new QueueError(
    'otherVersion',
    `the ${unfinished} jobs in queue ${link.name} are of version ${version}, this is ${RESULTS_VERSION}`,
    'install the same version of neural-crn everywhere, or take another queue (name)',
  );
}
