import { describe, expect, it } from 'vitest';
import {
  createSimulator,
  type Network,
  type SimulateManyOptions,
  type Solution,
  simulateMany,
} from '../../src/index.js';
import type { RunOverrides } from '../../src/simulate/simulator.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

/** Everything of a solution, every bit of it. */
function bitsOf(solution: Solution) {
  const bits = (values: Float64Array) => [...new BigUint64Array(values.buffer)];
  const rows = Array.from(solution.times, (_, i) => bits(solution.row(i)));
  const final = bits(Float64Array.from(Object.values(solution.final)));
  return { times: bits(solution.times.slice()), rows, final, status: solution.status, stats: solution.stats };
}

/** Each case by itself, and all together. */
async function bothWays(
  network: Network,
  cases: RunOverrides[],
  options: Omit<SimulateManyOptions, 'onProgress'>,
) {
  const simulator = await createSimulator(network, options);
  const single = cases.map((overrides) => bitsOf(simulator.run(overrides)));
  simulator.dispose();
  const together = (await simulateMany(network, cases, options)).map(bitsOf);
  return { single, together };
}

const problems = [
  ...referenceProblems.map(({ name, text, ends }) => ({
    name,
    text,
    to: ends[0].to,
    atol: ends[0].atol ?? 1e-12,
  })),
  { ...neuralForward(3), to: 1, atol: 1e-12 },
  {
    name: 'fractional orders',
    text: 'init A = 1 \n A -> B [rate 0.7*A^1.5] \n B -> A [rate 0.2*B^0.5] \n 5 B ->{0.01} C',
    to: 20,
    atol: 1e-12,
  },
];

describe('two to a vector', () => {
  it.each(problems)('$name: the bits of one by one', async ({ text, to, atol }) => {
    const network = networkOf(text);
    const cases = [1, 0.5, 0.01, 1, 0.3, 0.9, 1e-3].map((part, k) => ({
      to: to * part,
      rtol: [1e-6, 1e-4, 1e-8, 1e-3, 1e-2][k % 5],
    }));
    const { single, together } = await bothWays(network, cases, { to, atol, save: 37 });
    expect(together).toEqual(single);
  });
});
