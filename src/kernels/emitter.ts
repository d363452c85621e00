import type { emitKernels } from './emit.js';

type Emit = typeof emitKernels;

let emit: Emit | undefined;

/**
 * Fetches what writes generated kernels: a part of its own, since a page that simulates little never needs it. A failure
 * is not remembered.
 */
export async function loadEmitter(): Promise<Emit> {
  emit ??= (await import('./emit.js')).emitKernels;
  return emit;
}

/** What writes generated kernels, where it has been fetched. */
export const emitterNow = (): Emit | undefined => emit;
