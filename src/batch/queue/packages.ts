import { QueueError } from './errors.js';

/** What runs queues. */
export interface QueuePackages {
  bullmq: typeof import('bullmq');
  Redis: typeof import('ioredis').Redis;
}

/**
 * Loads the optional packages.
 * @throws QueueError `missingPackage` naming what to install
 */
export async function loadPackages(): Promise<QueuePackages> {
  const missing: string[] = [];
  let cause: unknown;
  const load = async <T>(name: string, loading: Promise<T>): Promise<T | undefined> => {
    try {
      return await loading;
    } catch (error) {
      missing.push(name);
      cause ??= error;
      return undefined;
    }
  };
  const redis = await load('ioredis', import('ioredis'));
  const bullmq = await load('bullmq', import('bullmq'));
  if (redis !== undefined && bullmq !== undefined) return { bullmq, Redis: redis.Redis };
  throw new QueueError(
    'missingPackage',
    `queues need the optional packages bullmq and ioredis; ${missing.join(' and ')} could not be loaded`,
    'install them with `npm install bullmq ioredis`, in the place where neural-crn is installed',
    { cause },
  );
}
