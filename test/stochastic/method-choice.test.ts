import { describe, expect, it } from 'vitest';
import {
  SELECT_DIRECT,
  SELECT_NEXT,
  SELECT_REJECTION,
  SELECT_SORTED,
} from '../../assembly/stochastic/layout';
import { type StochasticMethod, simulateStochastic } from '../../src/index.js';
import { compileStochastic } from '../../src/stochastic/compile.js';
import { selectionFor } from '../../src/stochastic/method-choice.js';
import { prepareStochastic } from '../../src/stochastic/prepare.js';
import { networkOf } from '../tools/network.js';

const ring = (length: number) =>
  networkOf(Array.from({ length }, (_, i) => `init A${i} = 1; A${i} -> A${(i + 1) % length}`).join('\n'));

/** The same, and every molecule may turn into its neighbour by meeting it. */
const crowd = (length: number) =>
  networkOf(
    Array.from(
      { length: length / 2 },
      (_, i) =>
        `init A${i} = 1; A${i} -> A${(i + 1) % (length / 2)}; A${i} + A${(i + 1) % (length / 2)} -> 2 A${i}`,
    ).join('\n'),
  );

const choice = (network: ReturnType<typeof ring>, method: StochasticMethod = 'auto') => {
  const { given, phases } = prepareStochastic(network, { volume: 10, to: 1 });
  return selectionFor(method, compileStochastic(network, phases[0], given));
};

describe('the choice of the exact method', () => {
  it.each([
    [20, SELECT_DIRECT],
    [60, SELECT_SORTED],
    [99, SELECT_SORTED],
    [100, SELECT_NEXT],
    [200, SELECT_NEXT],
    [201, SELECT_REJECTION],
    [1000, SELECT_REJECTION],
  ])('of %i loosely coupled channels', (length, selection) => {
    expect(choice(ring(length))).toBe(selection);
  });

  it.each([
    [120, SELECT_SORTED],
    [200, SELECT_REJECTION],
  ])('of %i channels that change many propensities', (length, selection) => {
    expect(choice(crowd(length))).toBe(selection);
  });

  it('is for the direct method or rejection between leaps, and for what was asked for by name', () => {
    expect(choice(ring(110), 'tau')).toBe(SELECT_DIRECT);
    expect(choice(ring(150), 'tau')).toBe(SELECT_REJECTION);
    expect(choice(ring(5), 'next')).toBe(SELECT_NEXT);
    expect(choice(ring(150), 'sorted')).toBe(SELECT_SORTED);
  });

  it('shows in runs: auto gives the bits of the method that it takes', async () => {
    const options = { volume: 10, to: 1, save: 4, seed: 3 };
    const auto = await simulateStochastic(ring(150), options);
    const next = await simulateStochastic(ring(150), { ...options, method: 'next' });
    const rejection = await simulateStochastic(ring(150), { ...options, method: 'rejection' });
    expect(auto.toCSV()).toBe(next.toCSV());
    expect(auto.toCSV()).not.toBe(rejection.toCSV());
  });
});
