/** How long work may hold the thread before it lets other events in. */
export const PAUSE_MILLISECONDS = 12;

/** Resolves after the host has had a turn: timers, messages and abort signals are heard. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
