import { describe, expect, it } from 'vitest';
import { type SimulateOptions, simulate } from '../../src/index.js';
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

const solver = (name: 'rodas4' | 'rodas5p' | 'bdf' | 'bdf with gmres'): SimulateOptions =>
  name === 'bdf with gmres' ? { method: 'bdf', linearSolver: 'gmres' } : { method: name };

/** Every bit of every saved concentration. */
const bits = (values: Float64Array) => [
  ...new BigUint64Array(values.buffer, values.byteOffset, values.length),
];

describe.each(['rodas4', 'rodas5p', 'bdf', 'bdf with gmres'] as const)(
  '%s: WebAssembly and JavaScript give the same bits',
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
      const wasm = await simulate(network, { ...options, engine: 'wasm' });
      const js = await simulate(network, { ...options, engine: 'js' });
      expect(js.stats).toEqual(wasm.stats);
      expect(bits(js.times)).toEqual(bits(wasm.times));
      for (const name of wasm.species) expect(bits(js.column(name))).toEqual(bits(wasm.column(name)));
    });
  },
);
