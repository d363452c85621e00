import { describe, expect, it } from 'vitest';
import {
  type Network,
  type SimulateOptions,
  type Solution,
  SolveFailure,
  simulate,
} from '../../src/index.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const problems = [
  ...referenceProblems.flatMap(({ name, text, ends }) =>
    ends.map(({ to, atol }) => ({ name: `${name} to ${to}`, text, to, atol: atol ?? 1e-12 })),
  ),
  { ...neuralForward(3), to: 1, atol: 1e-12 },
  { ...neuralForward(10), to: 1, atol: 1e-12 },
  {
    name: 'fractional orders and a logarithmic grid',
    text: 'init A = 1 \n A -> B [rate 0.7*A^1.5] \n B -> A [rate 0.2*B^0.5] \n 5 B ->{0.01} C',
    to: 20,
    atol: 1e-12,
  },
];

const solver = (name: 'rodas4' | 'rodas5p' | 'tsit5' | 'bdf' | 'bdf with gmres'): SimulateOptions =>
  name === 'bdf with gmres' ? { method: 'bdf', linearSolver: 'gmres' } : { method: name };

/** Every bit of every saved concentration. */
const bits = (values: Float64Array) => [
  ...new BigUint64Array(values.buffer, values.byteOffset, values.length),
];

/** What a run came to, also where the steps allowed do not reach the end: an explicit method stalls on stiff problems. */
const outcome = (network: Network, options: SimulateOptions): Promise<Solution> =>
  simulate(network, { ...options, maxSteps: 3000 }).catch((error) => {
    if (error instanceof SolveFailure && error.partial !== undefined) return error.partial;
    throw error;
  });

describe.each(['rodas4', 'rodas5p', 'tsit5', 'bdf', 'bdf with gmres'] as const)(
  '%s: WebAssembly, interpreted and generated, and JavaScript give the same bits',
  (method) => {
    it.each(problems)('$name', async ({ text, to, atol }) => {
      const network = networkOf(text);
      const options = {
        to,
        atol,
        ...solver(method),
        rtol: 1e-6,
        save: { kind: 'log', from: to * 1e-5, to, points: 40 },
      } as const;
      const wasm = await outcome(network, { ...options, engine: 'wasm', kernels: 'interpreted' });
      for (const other of [{ engine: 'js' }, { engine: 'wasm', kernels: 'generated' }] as const) {
        const found = await outcome(network, { ...options, ...other });
        expect(found.status).toBe(wasm.status);
        expect(found.stats).toEqual(wasm.stats);
        expect(bits(found.times)).toEqual(bits(wasm.times));
        for (const name of wasm.species) expect(bits(found.column(name))).toEqual(bits(wasm.column(name)));
      }
    });
  },
);
