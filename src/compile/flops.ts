import type { FilledPattern } from './order.js';
import type { KineticTables } from './program.js';

/** Multiplications and additions of one call of each kernel. What a general order costs is taken as one of its factors. */
export interface Flops {
  derivative: number;
  jacobian: number;
  factorisation: number;
  solve: number;
}

export function countFlops(tables: KineticTables, { rowStart, diagonal, columns }: FilledPattern): Flops {
  const triples = tables.tripleEnd - tables.pairEnd;
  const rates = 2 * tables.pairEnd + 3 * triples + tables.generalSpecies.length;
  const count = diagonal.length;
  let eliminations = 0;
  for (let i = 0; i < count; i++) {
    for (let e = rowStart[i]; e < diagonal[i]; e++) {
      const k = columns[e];
      eliminations += rowStart[k + 1] - diagonal[k] - 1;
    }
  }
  return {
    derivative: rates + 2 * tables.changeValue.length,
    jacobian: 2 * tables.jacPairs + 3 * tables.jacTriples + 2 * tables.genPlace.length,
    factorisation: 2 * eliminations + columns.length,
    solve: 2 * columns.length,
  };
}
