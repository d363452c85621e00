import * as L from '../../assembly/layout';

/** The tables of a compiled problem's record that its kernels follow, as views. */
export interface ProblemTables {
  count: number;
  reactions: number;
  pairEnd: number;
  tripleEnd: number;
  factorA: Int32Array;
  factorB: Int32Array;
  factorC: Int32Array;
  generalStart: Int32Array;
  generalSpecies: Int32Array;
  generalOrder: Float64Array;
  changeStart: Int32Array;
  changeReaction: Int32Array;
  changeValue: Float64Array;
  jacPairs: number;
  jacTriples: number;
  jacPlace: Int32Array;
  jacA: Int32Array;
  jacB: Int32Array;
  genPlace: Int32Array;
  genReaction: Int32Array;
  genTerm: Int32Array;
  genWeight: Float64Array;
  fill: number;
  rowStart: Int32Array;
  columns: Int32Array;
  diagonal: Int32Array;
  /** Byte offset of a region of the workspace, by its header word (P_W_*). */
  region(word: number): number;
}

export function readTables(record: ArrayBuffer): ProblemTables {
  const header = new Int32Array(record, 0, L.P_HEADER_WORDS);
  const words = (word: number, length: number) => new Int32Array(record, header[word], length);
  const doubles = (word: number, length: number) => new Float64Array(record, header[word], length);
  const count = header[L.P_COUNT];
  const reactions = header[L.P_REACTIONS];
  const pairEnd = header[L.P_PAIR_END];
  const tripleEnd = header[L.P_TRIPLE_END];
  const generalStart = words(L.P_GENERAL_START_OFFSET, reactions - tripleEnd + 1);
  const generalTerms = generalStart[reactions - tripleEnd];
  const changeStart = words(L.P_CHANGE_START_OFFSET, count + 1);
  const changes = changeStart[count];
  const jacPairs = header[L.P_JAC_PAIRS];
  const jacTriples = header[L.P_JAC_TRIPLES];
  const jacGeneral = header[L.P_JAC_GENERAL];
  const fill = header[L.P_FILL];
  return {
    count,
    reactions,
    pairEnd,
    tripleEnd,
    factorA: words(L.P_FACTOR_A_OFFSET, tripleEnd),
    factorB: words(L.P_FACTOR_B_OFFSET, tripleEnd),
    factorC: words(L.P_FACTOR_C_OFFSET, tripleEnd - pairEnd),
    generalStart,
    generalSpecies: words(L.P_GENERAL_SPECIES_OFFSET, generalTerms),
    generalOrder: doubles(L.P_GENERAL_ORDER_OFFSET, generalTerms),
    changeStart,
    changeReaction: words(L.P_CHANGE_REACTION_OFFSET, changes),
    changeValue: doubles(L.P_CHANGE_VALUE_OFFSET, changes),
    jacPairs,
    jacTriples,
    jacPlace: words(L.P_JAC_PLACE_OFFSET, jacPairs + jacTriples),
    jacA: words(L.P_JAC_A_OFFSET, jacPairs + jacTriples),
    jacB: words(L.P_JAC_B_OFFSET, jacTriples),
    genPlace: words(L.P_GEN_PLACE_OFFSET, jacGeneral),
    genReaction: words(L.P_GEN_REACTION_OFFSET, jacGeneral),
    genTerm: words(L.P_GEN_TERM_OFFSET, jacGeneral),
    genWeight: doubles(L.P_GEN_WEIGHT_OFFSET, jacGeneral),
    fill,
    rowStart: words(L.P_LU_ROW_OFFSET, count + 1),
    columns: words(L.P_LU_COLUMN_OFFSET, fill),
    diagonal: words(L.P_LU_DIAGONAL_OFFSET, count),
    region: (word) => header[word],
  };
}
