import { describe, expect, it } from 'vitest';
import { compileProblem } from '../../src/compile/compile.js';
import { tryElimination, workloadOf } from '../../src/compile/workload.js';
import type { Network } from '../../src/index.js';
import { bdfPays, gmresPays, operationsWorthCounting } from '../../src/simulate/choose-bdf.js';
import { hypercube } from '../problems/hypercube.js';
import { neuralForward, referenceProblems } from '../problems/index.js';
import { networkOf } from '../tools/network.js';

const all = (network: Network) => network.reactions.map((_, r) => r);
const workOf = (network: Network, limit = Number.POSITIVE_INFINITY) =>
  workloadOf(network, all(network), () => limit);

describe('estimated work', () => {
  it('counts a matrix that is full', () => {
    const full = Array.from({ length: 5 }, () => [0, 1, 2, 3, 4]);
    expect(tryElimination(full, Number.POSITIVE_INFINITY)).toEqual({ fill: 25, operations: 30 });
  });

  it('an arrow that points down has no fill, however it is numbered', () => {
    const arrow = Array.from({ length: 40 }, (_, i) =>
      i === 0 ? Array.from({ length: 40 }, (_, j) => j) : [0],
    );
    expect(tryElimination(arrow, Number.POSITIVE_INFINITY)).toEqual({ fill: 118, operations: 39 });
  });

  it('agrees with the compiled pattern within a tenth', () => {
    const networks = [...referenceProblems, neuralForward(3)].map(({ text }) => networkOf(text));
    for (const network of [...networks, networkOf(hypercube(5))]) {
      const { fill } = compileProblem(network, all(network));
      const work = workOf(network);
      expect(Math.abs(work.fill - fill)).toBeLessThanOrEqual(1 + 0.1 * fill);
      expect(compileProblem(network, all(network), { krylov: 30 }).fill).toBe(work.entries);
    }
  });

  it('gives up at its limit', () => {
    const work = workOf(networkOf(hypercube(6)), 100);
    expect([work.fill, work.operations]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('what the work asks for', () => {
  const chosen = (network: Network) => {
    const work = workloadOf(network, all(network), operationsWorthCounting);
    // The limit changes no answer.
    expect(gmresPays(workOf(network))).toBe(gmresPays(work));
    return { bdf: bdfPays(work), gmres: gmresPays(work) };
  };

  it('small and folded networks stay with Rosenbrock methods', () => {
    for (const { text } of [...referenceProblems, neuralForward(3), neuralForward(10)]) {
      expect(chosen(networkOf(text))).toEqual({ bdf: false, gmres: false });
    }
  });

  it.each([
    [6, false, false],
    [8, true, false],
    [9, true, true],
  ])('a hypercube of 2^%i states', (sites, bdf, gmres) => {
    expect(chosen(networkOf(hypercube(sites)))).toEqual({ bdf, gmres });
  });
});
