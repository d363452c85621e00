import type { CodeTable } from './code-table.js';

/** Which arithmetic runs: WebAssembly, or the same sources as plain JavaScript. Both give the same bits. */
export type EngineKind = 'wasm' | 'js';

/**
 * What a kernel can do: `core` has what simulation by rate equations needs, `full` has that, stochastic simulation and
 * sensitivities. What both can do they do to the same bits.
 */
export type KernelBuild = 'core' | 'full';

/** The core's ABI (`assembly/index.ts`). Addresses are bytes in the engine's memory. */
export interface Kernel {
  allocate(bytes: number): number;
  mark(): number;
  release(to: number): void;
  start(work: number): void;
  advance(work: number, attempts: number): number;
  commit(work: number): void;
  fold(problem: number, work: number, full: number): void;
  unfold(program: number, full: number): void;
  derivative(problem: number, work: number, y: number, out: number): void;
  jacobian(problem: number, work: number, y: number): void;
  factor(problem: number, work: number, shift: number): number;
  solve(problem: number, work: number, x: number, add: number): void;
  power(x: number, order: number): number;
  powerSlope(x: number, order: number, atol: number): number;
  gmres(
    problem: number,
    work: number,
    shift: number,
    x: number,
    add: number,
    weights: number,
    allowed: number,
  ): number | boolean;
  exp(x: number): number;
  log(x: number): number;
  pow(x: number, y: number): number;
}

/** What the full kernel has besides (`assembly/sensitivity/`, `assembly/stochastic/`). */
export interface FullKernel extends Kernel {
  // Sensitivities; the record of `noteTangentTotals` is the tangents'.
  noteTangentTotals(problem: number, record: number): void;
  foldTangent(problem: number, full: number, rawDots: number, fullDots: number, out: number): void;
  foldCotangent(problem: number, full: number, ofConstants: number, ofRaw: number, ofFull: number): void;
  replay(work: number, problem: number, tableau: number, h: number, goOn: number): void;
  beginPull(problem: number, work: number): void;
  pullRow(problem: number, work: number, tableau: number, h: number, theta: number, given: number): void;
  pullBack(problem: number, work: number, tableau: number, h: number): void;
  startEvents(run: number): number;
  advanceEvents(run: number, events: number): number;
  uniform(stream: number): number;
  exponential(stream: number): number;
  poisson(stream: number, mean: number): number;
}

/** The kernel's work on two runs at once (`assembly/lanes/`), which WebAssembly alone has. */
export interface LaneKernel {
  joinLane(pair: number, lane: number, work: number): void;
  leaveLane(pair: number, lane: number): void;
  advanceLanes(pair: number, attempts: number): number;
}

/** One kernel with a memory of its own. Views die when memory grows: make them anew after every allocation. */
export interface Engine {
  readonly kind: EngineKind;
  readonly build: KernelBuild;
  readonly kernel: Kernel;
  /** Where generated code is put; the JavaScript engine has none. */
  readonly code: CodeTable | undefined;
  /** `undefined`: this engine runs one at a time. */
  readonly lanes: LaneKernel | undefined;
  /** Changes identity when memory grows. */
  readonly buffer: ArrayBuffer;
  /** All memory, as doubles and as 32-bit words. */
  readonly all: { readonly doubles: Float64Array; readonly words: Int32Array };
  doubles(address: number, length: number): Float64Array;
  words(address: number, length: number): Int32Array;
  bytes(address: number, length: number): Uint8Array;
}

/** An engine that simulates stochastically and differentiates too. */
export interface FullEngine extends Engine {
  readonly build: 'full';
  readonly kernel: FullKernel;
}
