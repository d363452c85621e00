import { macrotask, PAUSE_MILLISECONDS } from '../simulate/pause.js';

/** Lets the host's events in now and then while long work goes on. */
export class Breath {
  private rested = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** @returns whether the work is to go on */
  async take(): Promise<boolean> {
    if (performance.now() - this.rested >= PAUSE_MILLISECONDS) {
      await macrotask();
      this.rested = performance.now();
    }
    return this.signal?.aborted !== true;
  }
}
