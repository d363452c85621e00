import { QueueError } from './errors.js';

// Types of the optional packages have no place here: the declarations of the entry are read without them.
/** Where a queue is, and what is told of the way there. */
export interface QueueAddress {
  /** `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss://…` with TLS. */
  url: string;
  /** Sweeps and workers of one queue have the same. Default `'sweeps'`. */
  name?: string;
  /** Called when Redis cannot be reached any more, and when it is back. Jobs wait meanwhile. */
  onLink?: (state: 'away' | 'back') => void;
}

/** The queue that is used where no other is named. */
export const DEFAULT_NAME = 'sweeps';

/** @throws QueueError `badAddress` */
export function checkAddress(url: string): void {
  let protocol: string | undefined;
  try {
    ({ protocol } = new URL(url));
  } catch {
    // Said below.
  }
  if (protocol === 'redis:' || protocol === 'rediss:') return;
  throw new QueueError(
    'badAddress',
    `a queue is at an address such as redis://HOST:6379 (rediss:// with TLS), not ${JSON.stringify(shown(url))}`,
  );
}

/** @throws QueueError `badAddress` */
export function checkName(name: string): void {
  if (/^[\w.-]{1,100}$/.test(name)) return;
  throw new QueueError(
    'badAddress',
    `a queue's name has letters, digits, '.', '-' and '_', not ${JSON.stringify(name)}`,
  );
}

/** An address as it may be printed: without its password, wherever that is, and without what may be one. */
export const shown = (url: string): string =>
  url.replace(/(:\/\/[^/@:]*):.*@/, '$1:…@').replace(/([?&][^=&]*=)[^&]*/g, '$1…');
