import { createEngine, createEngineNow, servingBuild } from './engine.js';
import type { Engine, EngineKind, KernelBuild } from './types.js';

/** Idle engines of a kind and build kept for the next simulation. More, or larger ones, are left to the garbage collector. */
const MAX_IDLE = 4;
const MAX_IDLE_BYTES = 64 * 2 ** 20;

const idle: Record<EngineKind, Record<KernelBuild, Engine[]>> = {
  wasm: { core: [], full: [] },
  js: { core: [], full: [] },
};
const bottom = new WeakMap<Engine, number>();

function lend(engine: Engine): Engine {
  if (!bottom.has(engine)) bottom.set(engine, engine.kernel.mark());
  return engine;
}

/**
 * An engine with an empty arena, from the pool or fresh. Give it back with `returnEngine`.
 * @param build what it must be able to do
 */
export async function borrowEngine(kind: EngineKind, build: KernelBuild = 'core'): Promise<Engine> {
  return lend(idle[kind][servingBuild(kind, build)].pop() ?? (await createEngine(kind, build)));
}

/** As `borrowEngine`, at once: for code that runs after an engine of this kind has been made. */
export function borrowEngineNow(kind: EngineKind): Engine {
  return lend(idle[kind][servingBuild(kind, 'core')].pop() ?? createEngineNow(kind));
}

/** Empties the engine's arena and its table of generated code, and keeps it for the next borrower. */
export function returnEngine(engine: Engine): void {
  engine.kernel.release(bottom.get(engine) as number);
  engine.code?.clear();
  const list = idle[engine.kind][engine.build];
  if (list.length < MAX_IDLE && engine.buffer.byteLength <= MAX_IDLE_BYTES) list.push(engine);
}
