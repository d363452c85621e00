import { macrotask, PAUSE_MILLISECONDS } from '../simulate/pause.js';

/**
 * Lets long work breathe: timers, signals and the screen get their turn between slices, so that an `AbortSignal`
 * can arrive at all. Wall-clock time decides when to rest, never what is computed.
 */
export interface Pacer {
  /** Whether to rest now: cheap enough to ask before every example. */
  due(): boolean;
  /**
   * Gives the event loop one turn.
   * @throws the signal's reason when it is aborted
   */
  rest(): Promise<void>;
}

export function createPacer(signal?: AbortSignal): Pacer {
  let began = performance.now();
  return {
    due: () => signal?.aborted === true || performance.now() - began >= PAUSE_MILLISECONDS,
    async rest() {
      signal?.throwIfAborted();
      await macrotask();
      signal?.throwIfAborted();
      began = performance.now();
    },
  };
}
