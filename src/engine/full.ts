/** Engines that simulate stochastically and differentiate. What does neither does not reach this file, nor what it fetches. */
import { asFull, offerJsKernel } from './engine.js';
import { borrowEngine } from './pool.js';
import type { EngineKind, FullEngine } from './types.js';

/** As `borrowEngine`, with the full kernel. @throws (rejects) Error saying what is missing, as `compileKernel` */
export async function borrowFullEngine(kind: EngineKind): Promise<FullEngine> {
  offerJsKernel(async () => (await import('../generated/kernel-full-js.js')).createJsKernel, 'full');
  return asFull(await borrowEngine(kind, 'full'));
}
