import { type FunctionWriter, I32, type Signature } from './function-writer.js';
import type { ModuleWriter } from './module-writer.js';

/**
 * Instructions that one function may hold, in bytes (about a thousand terms). V8 optimises functions of this size well;
 * one of 24 000 reactions ran eight times slower than interpreted.
 */
const CHUNK_BYTES = 16_384;

/**
 * Writes pieces of straight-line code into as few functions as their size allows.
 * @param begin called for each function; returns what writes a piece into it. No local outlives its function, so what
 *   a later piece needs must be in memory
 * @returns the functions' numbers, in order
 */
export function inChunks(
  module: ModuleWriter,
  signature: Signature,
  pieces: number,
  begin: (code: FunctionWriter) => (piece: number) => void,
): number[] {
  const functions: number[] = [];
  for (let piece = 0; piece < pieces || functions.length === 0; ) {
    const code = module.begin(signature);
    const write = begin(code);
    while (piece < pieces && code.size < CHUNK_BYTES) write(piece++);
    if (code.signature.results.length > 0) code.integer(-1);
    functions.push(module.add(code));
  }
  return functions;
}

/**
 * One function that calls others of its own signature with its own arguments, one after another. Where they return a
 * status, the first that is not negative ends it.
 */
export function inSequence(module: ModuleWriter, signature: Signature, functions: readonly number[]): number {
  if (functions.length === 1) return functions[0];
  const code = module.begin(signature);
  const status = code.signature.results.length > 0 ? code.local(I32) : -1;
  for (const called of functions) {
    code.signature.parameters.forEach((_, parameter) => {
      code.get(parameter);
    });
    code.call(called);
    if (status < 0) continue;
    code.tee(status);
    code.notNegative();
    code.if();
    code.get(status);
    code.return();
    code.end();
  }
  if (status >= 0) code.integer(-1);
  return module.add(code);
}
