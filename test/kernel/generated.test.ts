import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as L from '../../assembly/layout';
import { type CompiledProblem, compileProblem } from '../../src/compile/compile.js';
import { createEngine } from '../../src/engine/engine.js';
import type { Engine, Kernel } from '../../src/engine/types.js';
import { emitKernels } from '../../src/kernels/emit.js';
import { generatedKernels, rodas5pShape } from '../tools/kernel-at.js';
import { kernelProblems } from '../tools/kernel-problems.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

type FourKernels = Pick<Kernel, 'derivative' | 'jacobian' | 'factor' | 'solve'>;

/** Every bit of doubles, NaNs as one. */
const bits = (values: Float64Array): string[] =>
  Array.from(values, (x) => (Number.isNaN(x) ? 'NaN' : Object.is(x, -0) ? '-0' : String(x)));

type Outcome = ReturnType<typeof outcomeOf>;

/** What the four kernels of a problem leave in a fresh workspace, at one state. */
function outcomeOf(
  engine: Engine,
  problem: CompiledProblem,
  kernels: FourKernels,
  at: { constants: readonly number[]; state: readonly number[]; shift: number },
) {
  const { kernel } = engine;
  const mark = kernel.mark();
  const record = kernel.allocate(problem.record.byteLength);
  engine.bytes(record, problem.record.byteLength).set(new Uint8Array(problem.record));
  const header = engine.words(record, L.P_HEADER_WORDS).slice();
  const work = kernel.allocate(header[L.P_WORK_BYTES]);
  const full = kernel.allocate((at.state.length + 1) * 8);
  engine.bytes(work, header[L.P_WORK_BYTES]).fill(0);
  const count = problem.dynamic.length;
  const region = (word: number, length: number) => engine.doubles(work + header[word], length);
  engine
    .doubles(record + header[L.P_RAW_OFFSET], problem.rawReactions.length)
    .set(Array.from(problem.rawReactions, (r) => at.constants[r]));
  engine.doubles(full, at.state.length + 1).set([...at.state, 1]);
  region(L.P_W_ATOL, count).fill(1e-9);
  region(L.P_W_STATE, count + 1).set([...Array.from(problem.dynamic, (s) => at.state[s]), 1]);
  kernel.fold(record, work, full);
  kernels.derivative(record, work, work + header[L.P_W_STATE], work + header[L.P_W_DERIVATIVE]);
  kernels.jacobian(record, work, work + header[L.P_W_STATE]);
  const failed = kernels.factor(record, work, at.shift);
  const x = region(L.P_W_INCREMENTS, count);
  x.fill(0);
  if (failed < 0) {
    kernels.solve(record, work, work + header[L.P_W_INCREMENTS], work + header[L.P_W_DERIVATIVE]);
  }
  const outcome = {
    derivative: bits(region(L.P_W_DERIVATIVE, count)),
    jacobian: bits(region(L.P_W_JACOBIAN, problem.fill)),
    failed,
    // After a failure the factors are nobody's.
    factors: failed < 0 ? bits(region(L.P_W_LU, problem.fill)) : [],
    pivots: failed < 0 ? bits(region(L.P_W_PIVOTS, count)) : [],
    solution: bits(x),
  };
  kernel.release(mark);
  return outcome;
}

/** The first few places where two outcomes differ: a whole diff of large factors would take minutes to print. */
function differences(found: Outcome, wanted: Outcome): string[] {
  const list: string[] = [];
  if (found.failed !== wanted.failed) list.push(`failed: ${found.failed}, not ${wanted.failed}`);
  for (const name of ['derivative', 'jacobian', 'factors', 'pivots', 'solution'] as const) {
    wanted[name].forEach((value, i) => {
      if (found[name][i] !== value && list.length < 5)
        list.push(`${name}[${i}]: ${found[name][i]}, not ${value}`);
    });
  }
  return list;
}

const all = (network: { reactions: readonly unknown[] }) => network.reactions.map((_, r) => r);

describe('generated kernels do what the interpreted ones do, to the bit', () => {
  const zeros = fc.constantFrom(0, -0, 1e-300, -1e-10);

  it('on random networks, with zeros of both signs among states and constants', async () => {
    const engine = await createEngine('wasm');
    await fc.assert(
      fc.asyncProperty(
        randomNetwork(),
        fc.array(fc.option(zeros, { nil: null, freq: 3 }), { minLength: 24, maxLength: 24 }),
        fc.oneof(fc.double({ min: -5, max: 1e6, noNaN: true }), fc.constantFrom(0, 1, 1e308)),
        async ({ network, constants, state }, holes, shift) => {
          const problem = compileProblem(network, all(network));
          const generated = await generatedKernels(problem, engine);
          const at = {
            state: state.map((x, s) => holes[s] ?? x),
            constants: constants.map((k, r) => (holes[8 + r] === null ? k : 0)),
            shift,
          };
          expect(
            differences(
              outcomeOf(engine, problem, generated, at),
              outcomeOf(engine, problem, engine.kernel, at),
            ),
          ).toEqual([]);
        },
      ),
      { seed: 20_261_122, numRuns: 600 },
    );
  });

  it.each(kernelProblems)('on $name', async ({ text }) => {
    const network = networkOf(text);
    const problem = compileProblem(network, all(network));
    const engine = await createEngine('wasm');
    const generated = await generatedKernels(problem, engine);
    for (const shift of [1e-3, 1, 1e5]) {
      const at = {
        state: network.species.map((_, s) => Math.abs(Math.sin(s + shift))),
        constants: network.reactions.map((_, r) => 1 + Math.cos(r)),
        shift,
      };
      expect(
        differences(outcomeOf(engine, problem, generated, at), outcomeOf(engine, problem, engine.kernel, at)),
      ).toEqual([]);
    }
  });

  it('fails at the same unknown', async () => {
    const network = networkOf('init A = 1 \n init B = 1 \n A -> ∅ \n B -> A');
    const problem = compileProblem(network, all(network));
    const engine = await createEngine('wasm');
    const generated = await generatedKernels(problem, engine);
    for (const [shift, failed] of [
      [-1, 0],
      [-2, 1],
      [1, -1],
      [Number.NaN, 0],
      [1e-320, -1],
    ]) {
      const at = { state: [1, 1], constants: [1, 2], shift };
      const outcome = outcomeOf(engine, problem, generated, at);
      expect(differences(outcome, outcomeOf(engine, problem, engine.kernel, at))).toEqual([]);
      expect(outcome.failed < 0).toBe(failed < 0);
    }
  });
});

it('the same network gives the same bytes, and constants do not enter them', async () => {
  const bytes = (k: number) => {
    const network = networkOf(`init A = 1 \n A ->{${k}} B \n 2 B ->{3} A`);
    return emitKernels(compileProblem(network, all(network)).record, rodas5pShape);
  };
  expect(bytes(2)).toEqual(bytes(5));
  expect(WebAssembly.validate(bytes(2))).toBe(true);
});
