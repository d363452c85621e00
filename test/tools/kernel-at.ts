import * as L from '../../assembly/layout';
import { rodas5p } from '../../assembly/tableaus';
import { type CompiledProblem, compileProblem, speciesAt } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { Engine, EngineKind, Kernel } from '../../src/engine/types.js';
import { generateKernels, kernelsFor } from '../../src/kernels/generated.js';
import type { Network } from '../../src/network/model.js';

/** What the kernel computes for a network at one state, spread over all species. */
export interface KernelAt {
  derivative: number[];
  /** Row by species changed, column by species differentiated. */
  jacobian: number[][];
  /** The unknowns, in elimination order. */
  dynamic: number[];
  /** The compiled problem, all constants 0. */
  record: ArrayBuffer;
  /** Entries of L + U. */
  fill: number;
  /** The kernel's calls on the state, each again: `solve` after `factor`. */
  calls: Record<'derivative' | 'jacobian' | 'factor' | 'solve', (shift: number) => void>;
  /** Species computed from conserved sums, each with its sum. */
  eliminated: { species: number; sum: Map<number, number> }[];
  /** L with its unit diagonal and U of shift·I − J, dense and in elimination order, or null when a pivot fails. */
  factors(shift: number): { lower: number[][]; upper: number[][] } | null;
  /** Solution of (shift·I − J) x = b over the unknowns, or null when a pivot fails. */
  solve(shift: number, b: readonly number[]): number[] | null;
}

export const rodas5pShape = { stages: rodas5p.stages, explicit: rodas5p.a.length };

/** The generated kernels of a problem, by the names of the interpreted ones. */
export async function generatedKernels(problem: CompiledProblem, engine: Engine) {
  await generateKernels(problem, rodas5pShape);
  const functions = kernelsFor(
    engine.code!,
    problem,
    rodas5pShape,
    'generated',
  ) as unknown as Kernel[keyof Kernel][];
  return {
    derivative: functions[L.CODE_DERIVATIVE] as Kernel['derivative'],
    jacobian: functions[L.CODE_JACOBIAN] as Kernel['jacobian'],
    factor: functions[L.CODE_FACTOR] as Kernel['factor'],
    solve: functions[L.CODE_SOLVE] as Kernel['solve'],
  };
}

/** First place in the engine's table of a problem's generated kernels of two runs. */
export async function placeOfPairs(problem: CompiledProblem, engine: Engine): Promise<number> {
  await generateKernels(problem, rodas5pShape, 2);
  return engine.code!.placeOf(kernelsFor(engine.code!, problem, rodas5pShape, 'generated', 2)!);
}

/** Compiles a network and evaluates it in a fresh engine. `constants` are the rate constants by reaction. */
export async function kernelAt(
  network: Network,
  constants: readonly number[],
  state: readonly number[],
  options: {
    engine?: EngineKind;
    generated?: boolean;
    active?: number[];
    atol?: number;
    eliminate?: boolean;
  } = {},
): Promise<KernelAt> {
  const { active = network.reactions.map((_, r) => r), eliminate = false } = options;
  const problem = compileProblem(network, active, { eliminate });
  const engine = await createEngine(options.engine ?? 'wasm');
  const kernel = { ...engine.kernel, ...(options.generated && (await generatedKernels(problem, engine))) };
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
  region(L.P_W_ATOL, header[L.P_WIDTH]).fill(options.atol ?? 1e-9);
  region(L.P_W_STATE, count + 1).set([...Array.from(problem.dynamic, (s) => state[s]), 1]);
  const y = work + header[L.P_W_STATE];
  const dy = work + header[L.P_W_DERIVATIVE];
  const x = work + header[L.P_W_INCREMENTS];
  const add = work + header[L.P_W_DERIVATIVE_STAGE];
  const calls: KernelAt['calls'] = {
    derivative: () => kernel.derivative(record, work, y, dy),
    jacobian: () => kernel.jacobian(record, work, y),
    factor: (shift) => void kernel.factor(record, work, shift),
    solve: () => kernel.solve(record, work, x, add),
  };
  const sums = header[L.P_MOIETIES];
  const starts = engine.words(record + header[L.P_MOIETY_START_OFFSET], sums + 1);
  const members = engine.words(record + header[L.P_MOIETY_SPECIES_OFFSET], starts[sums]);
  const weights = engine.doubles(record + header[L.P_MOIETY_WEIGHT_OFFSET], starts[sums]);
  const sumOf = (m: number): [number, number][] =>
    Array.from(members.subarray(starts[m], starts[m + 1]), (slot, e) => [
      speciesAt(problem, slot),
      weights[starts[m] + e],
    ]);
  for (let m = 0; m < sums; m++) {
    region(L.P_W_TOTALS, sums)[m] = sumOf(m).reduce((total, [s, weight]) => total + weight * state[s], 0);
  }
  const eliminated = Array.from(problem.eliminated, (species, m) => ({ species, sum: new Map(sumOf(m)) }));
  kernel.fold(record, work, stateAt);
  calls.derivative(0);
  calls.jacobian(0);

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
    record: problem.record,
    fill: problem.fill,
    calls,
    eliminated,
    factors(shift) {
      if (kernel.factor(record, work, shift) >= 0) return null;
      const factors = region(L.P_W_LU, problem.fill);
      const square = () => Array.from({ length: count }, () => new Array<number>(count).fill(0));
      const [lower, upper] = [square(), square()];
      for (let i = 0; i < count; i++) {
        lower[i][i] = 1;
        for (let e = rows[i]; e < rows[i + 1]; e++)
          (columns[e] < i ? lower : upper)[i][columns[e]] = factors[e];
      }
      return { lower, upper };
    },
    solve(shift, b) {
      if (kernel.factor(record, work, shift) >= 0) return null;
      engine.doubles(x, count).set(b);
      region(L.P_W_DERIVATIVE_STAGE, count).fill(0);
      kernel.solve(record, work, x, add);
      return [...engine.doubles(x, count)];
    },
  };
}
