import type { EngineKind } from '../src/index.js';
import { linearRegressionTask, train } from '../src/learning/index.js';

const RUNS = 5;

/** Milliseconds of one whole training: examples, and both sets predicted before the first and after every epoch. */
async function training(engine: EngineKind, rails: 'positive' | 'dual'): Promise<number> {
  const began = performance.now();
  await train(linearRegressionTask({ seed: 0, rails }), { engine }).result;
  return performance.now() - began;
}

/** The main job: linear regression by chemistry, ten epochs of 41 examples, 142 predictions after each. */
export async function benchTraining(): Promise<void> {
  console.log('Linear regression, whole training (10 epochs of 41 examples, 11 × 142 predictions)\n');
  console.log('rails       wasm ms      js ms   js/wasm');
  for (const rails of ['positive', 'dual'] as const) {
    const times: Record<EngineKind, number[]> = { wasm: [], js: [] };
    for (let run = 0; run <= RUNS; run++) {
      for (const engine of ['wasm', 'js'] as const) {
        const time = await training(engine, rails);
        // The first of each warms up.
        if (run > 0) times[engine].push(time);
      }
    }
    const [wasm, js] = [times.wasm, times.js].map((list) => list.sort((a, b) => a - b)[RUNS >> 1]);
    console.log(
      `${rails.padEnd(9)} ${wasm.toFixed(1).padStart(9)} ${js.toFixed(1).padStart(10)} ${(js / wasm).toFixed(2).padStart(9)}`,
    );
  }
  console.log();
}
