import fc from 'fast-check';
import { expect, it } from 'vitest';
import { components } from '../../src/compile/components.js';

function patternOf(n: number, edges: readonly [number, number][]) {
  const rows = Array.from({ length: n }, (_, i) => edges.filter(([from]) => from === i).map(([, to]) => to));
  const rowStart = new Int32Array(n + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i] + row.length;
  });
  return { rowStart, columns: Int32Array.from(rows.flat()) };
}

it('are what reaches each other, lower ones first', () => {
  const graph = fc.integer({ min: 1, max: 12 }).chain((n) => {
    const node = fc.integer({ min: 0, max: n - 1 });
    return fc.record({ n: fc.constant(n), edges: fc.array(fc.tuple(node, node), { maxLength: 30 }) });
  });
  fc.assert(
    fc.property(graph, ({ n, edges }) => {
      const reach = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i === j));
      for (const [i, j] of edges) reach[i][j] = true;
      for (let k = 0; k < n; k++) {
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) reach[i][j] ||= reach[i][k] && reach[k][j];
      }
      const { component, sizes } = components(patternOf(n, edges));
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) expect(component[i] === component[j]).toBe(reach[i][j] && reach[j][i]);
      }
      sizes.forEach((size, c) => {
        expect(component.filter((one) => one === c)).toHaveLength(size);
      });
      for (const [i, j] of edges) expect(component[j]).toBeLessThanOrEqual(component[i]);
    }),
    { seed: 20_240_903, numRuns: 500 },
  );
});

it('of a chain of a hundred thousand, without recursion', () => {
  const n = 100_000;
  const rowStart = Int32Array.from({ length: n + 1 }, (_, i) => Math.min(i, n - 1));
  const columns = Int32Array.from({ length: n - 1 }, (_, i) => i + 1);
  expect(components({ rowStart, columns }).sizes).toHaveLength(n);
});
