import { createEngine, createEngineNow } from './engine.js';
import type { Engine, EngineKind } from './types.js';

/** Idle engines kept for the next simulation. More, or larger ones, are left to the garbage collector. */
const MAX_IDLE = 4;
const MAX_IDLE_BYTES = 64 * 2 ** 20;

const idle: Record<EngineKind, Engine[]> = { wasm: [], js: [] };
const bottom = new WeakMap<Engine, number>();

function lend(engine: Engine): Engine {
  if (!bottom.has(engine)) bottom.set(engine, engine.kernel.mark());
  return engine;
}

/** An engine with an empty arena, from the pool or fresh. Give it back with `returnEngine`. */
export async function borrowEngine(kind: EngineKind): Promise<Engine> {
  return lend(idle[kind].pop() ?? (await createEngine(kind)));
}

/** As `borrowEngine`, at once: for code that runs after an engine of this kind has been made. */
export function borrowEngineNow(kind: EngineKind): Engine {
  return lend(idle[kind].pop() ?? createEngineNow(kind));
}

/** Empties the engine's arena and its table of generated code, and keeps it for the next borrower. */
export function returnEngine(engine: Engine): void {
  engine.kernel.release(bottom.get(engine) as number);
  engine.code?.clear();
  const list = idle[engine.kind];
  if (list.length < MAX_IDLE && engine.buffer.byteLength <= MAX_IDLE_BYTES) list.push(engine);
}
