/** Milliseconds of uninterrupted work after which the event loop gets a turn. Short enough to look immediate. */
const SLICE = 20;

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
    due: () => signal?.aborted === true || performance.now() - began >= SLICE,
    async rest() {
      signal?.throwIfAborted();
      await turn();
      signal?.throwIfAborted();
      began = performance.now();
    },
  };
}

/** Resolves in a later macrotask: promises alone would starve timers and signals. */
function turn(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate) return new Promise((resolve) => setImmediate(resolve));
  // Browsers hold nested timers back by 4 ms; a message is not held back.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
