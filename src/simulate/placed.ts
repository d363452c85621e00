import * as L from '../../assembly/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import type { FoldRun, Numbers } from './fold-run.js';
import { chooseMethod, type MethodChoice } from './method-choice.js';
import type { Settings } from './settings.js';

/** A compiled problem in an engine's memory, with the workspace of its runs. */
export interface Placed {
  problem: CompiledProblem;
  /** Addresses of the record and of the workspace. */
  record: number;
  work: number;
  /** Of a folded phase the program that finds what was left out; else 0. */
  unfold: number;
  /** The record of its run, as 32-bit words and as doubles: views of the engine's memory as it was when last used. */
  words: Int32Array;
  slots: Float64Array;
  /** What they are views of. */
  buffer: ArrayBuffer;
  choice: MethodChoice;
  /** First places of its generated kernels of one run and of two in the engine's table, as far as known; else 0. */
  code: [one: number, two: number];
}

/** Puts a problem, and what finds what was folded out of it, into memory that `take` gives. Its constants and tolerances are 0. */
export function placeProblem(
  engine: Engine,
  problem: CompiledProblem,
  settings: Settings,
  take: (bytes: number) => number,
  fold?: FoldRun,
): Placed {
  const record = take(problem.record.byteLength);
  engine.bytes(record, problem.record.byteLength).set(new Uint8Array(problem.record));
  const workBytes = new Int32Array(problem.record, 0, L.P_HEADER_WORDS)[L.P_WORK_BYTES];
  const work = take(workBytes);
  engine.bytes(work, workBytes).fill(0);
  const unfold = fold?.place(engine, take) ?? 0;
  const [words, slots] = [engine.words(work, L.R_BYTES / 4), engine.doubles(work, L.R_BYTES / 8)];
  const choice = chooseMethod(settings, problem);
  return { problem, record, work, unfold, words, slots, buffer: engine.buffer, choice, code: [0, 0] };
}

/**
 * Writes what follows from the settings: constants, tolerances, the choice of the method.
 * @param numbers of the problem's reactions and species
 */
export function writeSettings(engine: Engine, placed: Placed, settings: Settings, numbers: Numbers): void {
  const { problem, record, work } = placed;
  placed.choice = chooseMethod(settings, problem);
  placed.code = [0, 0];
  const header = engine.words(record, L.P_HEADER_WORDS);
  const raw = engine.doubles(record + header[L.P_RAW_OFFSET], problem.rawReactions.length);
  for (let i = 0; i < raw.length; i++) raw[i] = numbers.constants[problem.rawReactions[i]];
  const { dynamic, eliminated } = problem;
  const atol = engine.doubles(work + header[L.P_W_ATOL], header[L.P_WIDTH]);
  for (let i = 0; i < dynamic.length; i++) atol[i] = numbers.atol[dynamic[i]];
  for (let m = 0; m < eliminated.length; m++) {
    atol[dynamic.length + 1 + m] = numbers.atol[eliminated[m]];
  }
}

/** Makes the views anew where the engine's memory has grown. */
export function refreshViews(engine: Engine, placed: Placed): Placed {
  if (placed.buffer !== engine.buffer) {
    placed.buffer = engine.buffer;
    placed.words = engine.words(placed.work, L.R_BYTES / 4);
    placed.slots = engine.doubles(placed.work, L.R_BYTES / 8);
  }
  return placed;
}
