import * as L from '../../assembly/layout';
import { compileProblem } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { EngineKind } from '../../src/engine/types.js';
import type { Network } from '../../src/network/model.js';

/** What the kernel computes for a network at one state, spread over all species. */
export interface KernelAt {
  derivative: number[];
  /** Row by species changed, column by species differentiated. */
  jacobian: number[][];
  /** The unknowns, in elimination order. */
  dynamic: number[];
  /** Solution of (shift·I − J) x = b over the unknowns, or null when a pivot fails. */
  solve(shift: number, b: readonly number[]): number[] | null;
}

/** Compiles a network and evaluates it in a fresh engine. `constants` are the rate constants by reaction. */
export async function kernelAt(
  network: Network,
  constants: readonly number[],
  state: readonly number[],
  options: { engine?: EngineKind; active?: number[]; atol?: number } = {},
): Promise<KernelAt> {
  const problem = compileProblem(network, options.active ?? network.reactions.map((_, r) => r));
  const engine = await createEngine(options.engine ?? 'wasm');
  const { kernel } = engine;
  const full = state.length;
  const record = kernel.allocate(problem.record.byteLength);
  engine.bytes(record, problem.record.byteLength).set(new Uint8Array(problem.record));
  const header = engine.words(record, L.P_HEADER_WORDS).slice();
  const work = kernel.allocate(header[L.P_WORK_BYTES]);
  const stateAt = kernel.allocate((full + 1) * 8);
  const count = problem.dynamic.length;
  const region = (word: number, length: number) => engine.doubles(work + header[word], length);
  engine
    .doubles(record + header[L.P_RAW_OFFSET], problem.rawReactions.length)
    .set(Array.from(problem.rawReactions, (r) => constants[r]));
  engine.doubles(stateAt, full + 1).set([...state, 1]);
  region(L.P_W_ATOL, count).fill(options.atol ?? 1e-9);
  region(L.P_W_STATE, count + 1).set([...Array.from(problem.dynamic, (s) => state[s]), 1]);
  kernel.fold(record, work, stateAt);
  kernel.derivative(record, work, work + header[L.P_W_STATE], work + header[L.P_W_DERIVATIVE]);
  kernel.jacobian(record, work, work + header[L.P_W_STATE]);

  const derivative = new Array<number>(full).fill(0);
  region(L.P_W_DERIVATIVE, count).forEach((value, i) => {
    derivative[problem.dynamic[i]] = value;
  });
  const jacobian = Array.from({ length: full }, () => new Array<number>(full).fill(0));
  const rows = engine.words(record + header[L.P_LU_ROW_OFFSET], count + 1);
  const columns = engine.words(record + header[L.P_LU_COLUMN_OFFSET], problem.fill);
  const values = region(L.P_W_JACOBIAN, problem.fill);
  for (let i = 0; i < count; i++) {
    for (let e = rows[i]; e < rows[i + 1]; e++) {
      jacobian[problem.dynamic[i]][problem.dynamic[columns[e]]] = values[e];
    }
  }
  return {
    derivative,
    jacobian,
    dynamic: [...problem.dynamic],
    solve(shift, b) {
      if (kernel.factor(record, work, shift) >= 0) return null;
      const x = work + header[L.P_W_INCREMENTS];
      engine.doubles(x, count).set(b);
      region(L.P_W_DERIVATIVE_STAGE, count).fill(0);
      kernel.solve(record, work, x, work + header[L.P_W_DERIVATIVE_STAGE]);
      return [...engine.doubles(x, count)];
    },
  };
}
