/** How long work may hold the thread before it lets other events in. */
export const PAUSE_MILLISECONDS = 12;

/** Resolves in a later macrotask: promises alone would starve timers, messages and abort signals. */
export function macrotask(): Promise<void> {
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
