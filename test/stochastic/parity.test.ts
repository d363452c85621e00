import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Network,
  StochasticFailure,
  type StochasticMethod,
  type StochasticOptions,
  type StochasticSolution,
  simulateStochastic,
} from '../../src/index.js';
import { hypercube } from '../problems/hypercube.js';
import { orego } from '../problems/index.js';
import { networkOf } from '../tools/network.js';
import { randomNetwork } from '../tools/random-network.js';

const methods: StochasticMethod[] = ['direct', 'sorted', 'rejection', 'next', 'tau'];

/** What a run came to, also where it does not reach its end. */
async function outcome(network: Network, options: StochasticOptions): Promise<[StochasticSolution, string]> {
  try {
    return [await simulateStochastic(network, options), ''];
  } catch (error) {
    if (!(error instanceof StochasticFailure) || error.partial === undefined) throw error;
    return [error.partial, error.message];
  }
}

async function sameBits(network: Network, options: StochasticOptions): Promise<void> {
  const [wasm, message] = await outcome(network, { ...options, engine: 'wasm' });
  const [js, other] = await outcome(network, { ...options, engine: 'js' });
  expect(other).toBe(message);
  expect(js.stats).toEqual(wasm.stats);
  expect(js.toCSV()).toBe(wasm.toCSV());
  expect(js.final).toEqual(wasm.final);
}

describe.each(methods)('%s: WebAssembly and JavaScript give the same bits', (method) => {
  const cases: Record<string, [Network, StochasticOptions]> = {
    oregonator: [networkOf(orego.text), { volume: 50, to: 30 }],
    'a hypercube of 64 states': [networkOf(hypercube(6)), { volume: 400, to: 2 }],
    'large numbers': [
      networkOf('init A = 1; 2 A <->{3}{1} B; A + B ->{1} C; C ->{5} ∅; ->{2} A'),
      { volume: 1e9, to: 1e-6 },
    ],
    'fractional orders and three that meet': [
      networkOf('init A = 1; A -> B [rate 0.7*A^1.5]; B -> A [rate 0.2*B^0.5]; 3 B ->{0.5} C; C -> ∅'),
      { volume: 300, to: 20 },
    ],
    phases: [
      networkOf(
        'init A = 1; grow: A -> 2 A; die: A + A -> A \n phase one 1: grow \n phase two 2 when A rises 3: die \n dose A += 0.123 at one',
      ),
      { volume: 200, to: 12 },
    ],
  };
  it.each(Object.keys(cases))('%s', async (name) => {
    const [network, options] = cases[name];
    await sameBits(network, { maxEvents: 20_000, ...options, method, seed: 9, save: 40, unit: 'molecules' });
  });
});

it('random networks, those included that fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomNetwork({ fractional: false }),
      fc.constantFrom(...methods),
      fc.integer({ min: 0, max: 2 ** 50 }),
      async ({ network }, method, seed) => {
        await sameBits(network, { volume: 20, to: 3, save: 5, method, seed, maxEvents: 3000 });
      },
    ),
    { numRuns: 120, seed: 5 },
  );
});

it('slices change nothing: neither rows nor pauses move an event', async () => {
  const network = networkOf('init A = 1; A <->{2}{3} B; 2 A ->{1} C; C ->{4} 2 A');
  for (const method of methods) {
    const options = { volume: 2000, to: 2, method, seed: 4 };
    const few = await simulateStochastic(network, { ...options, saveAt: [2] });
    const many = await simulateStochastic(network, { ...options, save: 3000 });
    if (method !== 'tau') expect(many.final).toEqual(few.final);
    // A leap ends at a row, so that those of a denser grid are others; with the same grid they are the same.
    const again = await simulateStochastic(network, { ...options, save: 3000, onProgress: () => {} });
    expect(again.toCSV()).toBe(many.toCSV());
  }
});
