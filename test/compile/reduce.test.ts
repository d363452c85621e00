import { describe, expect, it } from 'vitest';
import { compileProblem } from '../../src/compile/compile.js';
import { reduceNetwork } from '../../src/compile/reduce.js';
import { structureOf } from '../../src/compile/structure.js';
import type { Network } from '../../src/network/model.js';
import { neuralForward } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const all = (count: number) => Array.from({ length: count }, (_, r) => r);
const reduceOf = (network: Network, active: number[]) => reduceNetwork(structureOf(network, active));
const reduce = (text: string) => {
  const network = networkOf(text);
  return reduceOf(network, all(network.reactions.length));
};
const sizes = (start: Int32Array, count: number) => all(count).map((i) => start[i + 1] - start[i]);

describe('reduction of a network', () => {
  it('holds what no reaction changes, folds it, and merges what then is the same', () => {
    const { dynamic, orders, termStart, held } = reduce(`
      init P = 2, X = 3, H = 1, Z = 0
      P + X -> Z + P + X
      H -> Z + H
      Z ->{2} ∅
    `);
    expect(dynamic.length).toBe(1);
    // The two productions are one source; the decay is another monomial.
    expect([...termStart]).toEqual([0, 2, 3]);
    expect(sizes(orders.start, orders.count)).toEqual([0, 1]);
    expect(sizes(held.start, held.count)).toEqual([2, 1, 0]);
  });

  it('merges proportional changes with their ratio, backwards ones with a negative one', () => {
    const { orders, termStart, factor } = reduce(
      'A -> B \n 2 A -> 2 B [rate 3*A] \n B -> A [rate 5*A] \n A -> C',
    );
    expect(orders.count).toBe(2);
    expect([...factor.subarray(0, termStart[1])]).toEqual([1, 2, -1]);
  });

  it('drops reactions that change nothing, and leaves constant species alone', () => {
    const { dynamic, orders } = reduce('const F = 1 \n A -> A \n F -> A + F \n F + A -> ∅');
    expect(dynamic.length).toBe(1);
    expect(orders.count).toBe(2);
  });

  it('keeps apart what has the same species and other orders or another direction of change', () => {
    const { orders, termStart } = reduce(
      '2 A -> B \n A -> B \n A -> 2 B \n 3 A -> 2 A + B \n A -> B + C \n A -> B',
    );
    expect(orders.count).toBe(5);
    expect(sizes(termStart, 5)).toEqual([1, 2, 1, 1, 1]);
  });

  it('sees only the active reactions: what is held depends on the phase', () => {
    const network = networkOf('A -> B \n B + C -> C + D');
    expect([...reduceOf(network, [0]).dynamic]).toEqual([0, 1]);
    expect([...reduceOf(network, [1]).dynamic]).toEqual([1, 3]);
  });

  it('the forward phase of n inputs keeps 2n unknowns of its 2n² + 4n + 2 species', () => {
    for (const n of [3, 10]) {
      const network = networkOf(neuralForward(n).text);
      expect(network.species.length).toBe(2 * n * n + 4 * n + 2);
      expect(network.reactions.length).toBe(4 * n * n + 5 * n);
      const problem = compileProblem(network, all(network.reactions.length));
      expect(problem.dynamic.length).toBe(2 * n);
      expect(problem.reactions).toBe(5 * n);
      // Each node couples its two rails and nothing else.
      expect(problem.fill).toBe(4 * n);
    }
  });
});
