import { createQueuePool, QueueError } from '../batch/queue/index.js';
import { InvalidInput } from './failures.js';
import { plural } from './numbers.js';
import type { Runner } from './sweep-run.js';
import type { Terminal } from './terminal.js';

/** What a queue cannot do, in the command's words. */
export function asInvalidQueue(error: unknown): unknown {
  if (!(error instanceof QueueError)) return error;
  const hint = error.hint?.replace('(name)', '(--name)');
  return new InvalidInput(`--queue: ${error.message}`, hint, { cause: error });
}

/** Says once when Redis goes away, and when it is back. */
export const linkWords =
  (terminal: Terminal) =>
  (state: 'away' | 'back'): void =>
    terminal.say(state === 'away' ? 'Redis cannot be reached; waiting for it …' : 'Redis is back');

/** A pool of the workers of a queue. */
export async function queueRunner(
  url: string,
  name: string | undefined,
  terminal: Terminal,
): Promise<Runner> {
  const wordsOf = (workers: number, places: number) =>
    workers === 0
      ? 'no worker yet: start some by `neural-crn worker --queue …`'
      : `${plural(workers, 'worker')} with ${plural(places, 'place')}`;
  let isTold = false;
  try {
    const pool = await createQueuePool({
      url,
      ...(name !== undefined && { name }),
      onLink: linkWords(terminal),
      onWorkers: (workers, places) => {
        if (isTold) terminal.say(`now ${wordsOf(workers, places)}`);
      },
    });
    isTold = true;
    return { pool, who: wordsOf(pool.workers, pool.size) };
  } catch (error) {
    throw asInvalidQueue(error);
  }
}
