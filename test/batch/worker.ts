/** A worker with jobs that try the pool: bundled for a test by `bundled`. */
import { workerPort } from '../../src/batch/port.js';
import { type JobContext, serve } from '../../src/batch/serve.js';
import { type Network, parseNetwork, simulate } from '../../src/index.js';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const jobs = {
  square: async ({ value, wait = 0 }: { value: number; wait?: number }, { progress }: JobContext) => {
    progress(`begun ${value}`);
    await pause(wait);
    return value * value;
  },
  refuse: () => {
    const error = new RangeError('rate must be > 0', { cause: new TypeError('no number') });
    throw Object.assign(error, { code: 'badRate', hint: 'raise it', partial: { large: [1] } });
  },
  fail: () => {
    const error = new Error('chemistry went wrong');
    error.name = 'CircuitFailure';
    throw Object.assign(error, { code: 'diverged', epoch: 3 });
  },
  unclonable: () => () => {},
  /** Simulates where the kernel's own bytes cannot be read. */
  posted: async () => {
    globalThis.atob = () => {
      throw new Error('compiled again');
    };
    const { network } = parseNetwork('init A = 1; A -> B');
    return (await simulate(network as Network, { to: 1 })).final;
  },
  exit: () => process.exit(7),
  crash: () => {
    setImmediate(() => {
      throw new RangeError('out of the blue');
    });
    return new Promise(() => {});
  },
  /** Hears nothing, as a job without pauses does. */
  deaf: (_: unknown, { progress }: JobContext) => {
    progress('deaf');
    for (const end = Date.now() + 60_000; Date.now() < end; );
  },
  /** Until it is cancelled; then takes its time, and tells whether it was. */
  endless: (_: unknown, { signal, progress }: JobContext) =>
    new Promise((resolve) => {
      progress('endless');
      signal.addEventListener('abort', () => setTimeout(() => resolve('cancelled'), 50));
      setInterval(() => {}, 1000);
    }),
};

serve(workerPort(), jobs);
