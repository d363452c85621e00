import type { CompiledProblem } from '../compile/compile.js';
import { loadEmitter } from '../kernels/emitter.js';
import { generateKernels } from '../kernels/generated.js';
import { chooseMethod } from './method-choice.js';
import type { Settings } from './settings.js';

/**
 * Makes the generated kernels of all phases where the settings ask for them.
 * @throws (rejects) Error where the host forbids compiling, naming what allows it
 */
export async function generateAsked(settings: Settings, problems: readonly CompiledProblem[]): Promise<void> {
  if (settings.kernels !== 'generated') return;
  await Promise.all(
    problems
      // Only interpreted kernels compute what was eliminated.
      .filter(({ eliminated }) => eliminated.length === 0)
      .map((problem) => generateKernels(problem, chooseMethod(settings, problem).shape)),
  );
}

/** Makes ready for `'auto'` in runs that never pause: what writes kernels is then there when the work has been done. */
export async function expectManyRuns({ engine, kernels }: Settings): Promise<void> {
  if (engine !== 'wasm' || kernels !== 'auto') return;
  // Where it cannot be fetched runs stay interpreted, and say why when they would have changed.
  await loadEmitter().catch(() => {});
}
