/** Engines that simulate stochastically and differentiate. What does neither does not reach this file, nor what it fetches. */
import { asFull, hasKernel, offerJsKernel } from './engine.js';
import { borrowEngine } from './pool.js';
import type { EngineKind, FullEngine } from './types.js';

/** As `borrowEngine`, with the full kernel. @throws (rejects) Error saying what is missing */
export async function borrowFullEngine(kind: EngineKind): Promise<FullEngine> {
  if (kind === 'wasm' && !hasKernel('full')) throw missing();
  offerJsKernel(async () => (await import('../generated/kernel-full-js.js')).createJsKernel, 'full');
  return asFull(await borrowEngine(kind, 'full'));
}

function missing(): Error {
  const found = hasKernel('core') ? 'what there is is the core' : 'there is none yet';
  return new Error(
    `stochastic simulation and derivatives need the full WebAssembly kernel, and ${found}: call ` +
      '`await init({ module | bytes | url | response })` of neural-crn/slim first with the file ' +
      'neural-crn/kernel-full.wasm, which does everything that kernel.wasm does, ' +
      "or use engine: 'js', which gives the same results",
  );
}
