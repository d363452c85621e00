import * as L from '../../assembly/layout';

/** Floating-point operations of a problem's kernels; a division or a power counts as one. */
export interface Operations {
  /** Once over all rates. */
  derivative: number;
  jacobian: number;
  factorisation: number;
  /** One right-hand side. */
  solve: number;
}

/** Counts what the kernels do with a compiled problem's record. */
export function countOperations(record: ArrayBuffer): Operations {
  const header = new Int32Array(record, 0, L.P_HEADER_WORDS);
  const words = (word: number, length: number) => new Int32Array(record, header[word], length);
  const count = header[L.P_COUNT];
  const pairs = header[L.P_PAIR_END];
  const triples = header[L.P_TRIPLE_END] - pairs;
  const general = words(L.P_GENERAL_START_OFFSET, header[L.P_REACTIONS] - header[L.P_TRIPLE_END] + 1);
  const changes = words(L.P_CHANGE_START_OFFSET, count + 1)[count];
  const sums = words(L.P_MOIETY_START_OFFSET, header[L.P_MOIETIES] + 1);
  const eliminating = 2 * sums[header[L.P_ELIMINATED]];
  const generalEntries = words(L.P_GEN_REACTION_OFFSET, header[L.P_JAC_GENERAL]);
  let generalSlopes = 0;
  for (const r of generalEntries) {
    const g = r - header[L.P_TRIPLE_END];
    generalSlopes += 2 + 2 * (general[g + 1] - general[g]);
  }
  return {
    derivative: eliminating + 2 * pairs + 3 * triples + 2 * (general.at(-1) ?? 0) + 2 * changes,
    jacobian: eliminating + 2 * header[L.P_JAC_PAIRS] + 3 * header[L.P_JAC_TRIPLES] + generalSlopes,
    factorisation: factorOperations(
      words(L.P_LU_ROW_OFFSET, count + 1),
      words(L.P_LU_COLUMN_OFFSET, header[L.P_FILL]),
      words(L.P_LU_DIAGONAL_OFFSET, count),
    ),
    solve: 2 * header[L.P_FILL],
  };
}

/** A shift and a division for each row; a multiplier for each entry of L, with a row of U. */
function factorOperations(rowStart: Int32Array, columns: Int32Array, diagonal: Int32Array): number {
  let operations = 2 * diagonal.length;
  for (let i = 0; i < diagonal.length; i++) {
    for (let e = rowStart[i]; e < diagonal[i]; e++) {
      const above = columns[e];
      operations += 1 + 2 * (rowStart[above + 1] - diagonal[above] - 1);
    }
  }
  return operations;
}
