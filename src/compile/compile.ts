import * as L from '../../assembly/layout';
import type { Network } from '../network/model.js';
import { keptSums } from './moieties.js';
import { type FilledPattern, markowitzOrder } from './order.js';
import { type KineticTables, kineticTables } from './program.js';
import { Flat, RecordWriter } from './record.js';
import { type ReducedNetwork, reduceNetwork } from './reduce.js';

/** A network compiled for one set of active reactions: a flat record that the kernel runs, and how to read it. */
export interface CompiledProblem {
  /** The record drawn in `assembly/problem.ts`. Plain bytes: may be posted to a worker. */
  record: ArrayBuffer;
  /** The unknowns in elimination order, as indices of the network's species. */
  dynamic: Int32Array;
  /** Reactions of the network whose constants the record holds, in the order of its raw constants. */
  rawReactions: Int32Array;
  /** Merged reactions and entries of L + U, for reports. */
  reactions: number;
  fill: number;
  /** Whether the pattern has no room for fill, so that only GMRES solves with the factors. */
  incomplete: boolean;
}

/** Vectors of GMRES: a system that needs more is left to LU. */
export const defaultKrylov = 30;

/**
 * Compiles a network for one phase: held species folded into constants, equal monomials merged, unknowns in a
 * fill-reducing order, everything in flat tables.
 * @param active indices of the reactions that run
 * @param krylov > 0: keep the Jacobian's own pattern, for GMRES with so many vectors. No fill is computed.
 */
export function compileProblem(network: Network, active: readonly number[], krylov = 0): CompiledProblem {
  const reduced = reduceNetwork(network, active);
  const count = reduced.dynamic.length;
  const natural = new Int32Array(network.species.length).fill(-1);
  reduced.dynamic.forEach((species, i) => {
    natural[species] = i;
  });
  const rows: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (const { orders, change } of reduced.reactions) {
    for (const { species } of change) {
      const row = rows[natural[species]];
      for (const by of orders) row.add(natural[by.species]);
    }
  }
  const pattern = krylov > 0 ? naturalPattern(rows) : markowitzOrder(count, rows);
  const dynamic = Int32Array.from(pattern.sequence, (i) => reduced.dynamic[i]);
  const local = new Int32Array(network.species.length).fill(-1);
  dynamic.forEach((species, i) => {
    local[species] = i;
  });
  const tables = kineticTables(reduced, pattern, local);

  const writer = new RecordWriter();
  writer.set(L.P_MAGIC, L.MAGIC);
  writer.set(L.P_VERSION, L.VERSION);
  writer.set(L.P_FULL, network.species.length);
  writer.set(L.P_COUNT, count);
  writer.words(L.P_DYNAMIC_OFFSET, dynamic);
  const rawReactions = writeFold(writer, tables, network.species.length, reduced);
  writeKinetics(writer, tables);
  writer.set(L.P_FILL, pattern.columns.length);
  writer.words(L.P_LU_ROW_OFFSET, pattern.rowStart);
  writer.words(L.P_LU_COLUMN_OFFSET, pattern.columns);
  writer.words(L.P_LU_DIAGONAL_OFFSET, pattern.diagonal);
  const moieties = writeMoieties(writer, keptSums(network, reduced), local);
  writer.set(L.P_KRYLOV, krylov);
  layOutWorkspace(writer, count, tables, pattern.columns.length, moieties, krylov);
  writer.set(L.P_BYTES, writer.byteLength);
  return {
    record: writer.finish(),
    dynamic,
    rawReactions,
    reactions: tables.reactions.length,
    fill: pattern.columns.length,
    incomplete: krylov > 0,
  };
}

/**
 * The Jacobian's own pattern in the order of the network. That is often the order in which a generator found the
 * species, so that neighbours are near, which serves ILU(0) better than an order made for low fill.
 */
function naturalPattern(rows: readonly ReadonlySet<number>[]): FilledPattern {
  const flat = new Flat();
  rows.forEach((row, i) => {
    flat.push(Int32Array.from(new Set([...row, i])).sort());
  });
  const columns = Int32Array.from(flat.entries);
  return {
    sequence: Int32Array.from(rows, (_, i) => i),
    rowStart: Int32Array.from(flat.start),
    columns,
    diagonal: Int32Array.from(rows, (_, i) => columns.indexOf(i, flat.start[i])),
  };
}

/** The fold program: which constants and held species make each effective constant. */
function writeFold(
  writer: RecordWriter,
  tables: KineticTables,
  fullCount: number,
  reduced: ReducedNetwork,
): Int32Array {
  const one = fullCount;
  const rawReactions = Int32Array.from(
    reduced.reactions.flatMap(({ terms }) => terms.map(({ raw }) => raw)),
  ).sort();
  const rawIndex = new Map<number, number>();
  rawReactions.forEach((reaction, i) => {
    rawIndex.set(reaction, i);
  });
  const terms = new Flat();
  const factor: number[] = [];
  const a: number[] = [];
  const b: number[] = [];
  const more = new Flat();
  const moreOrder: number[] = [];
  for (const reaction of tables.reactions) {
    terms.push(reaction.terms.map(({ raw }) => rawIndex.get(raw) as number));
    for (const term of reaction.terms) {
      const plain = term.held.filter(({ value }) => value === 1);
      const [first, second, ...surplus] = plain;
      const rest = [...surplus, ...term.held.filter(({ value }) => value !== 1)];
      factor.push(term.factor);
      a.push(first?.species ?? one);
      b.push(second?.species ?? one);
      more.push(rest.map(({ species }) => species));
      moreOrder.push(...rest.map(({ value }) => value));
    }
  }
  writer.set(L.P_RAW, rawReactions.length);
  writer.doubles(L.P_RAW_OFFSET, new Float64Array(rawReactions.length));
  writer.words(L.P_FOLD_START_OFFSET, terms.start);
  writer.words(L.P_FOLD_RAW_OFFSET, terms.entries);
  writer.doubles(L.P_FOLD_FACTOR_OFFSET, factor);
  writer.words(L.P_FOLD_A_OFFSET, a);
  writer.words(L.P_FOLD_B_OFFSET, b);
  writer.words(L.P_FOLD_MORE_START_OFFSET, more.start);
  writer.words(L.P_FOLD_MORE_SPECIES_OFFSET, more.entries);
  writer.doubles(L.P_FOLD_MORE_ORDER_OFFSET, moreOrder);
  return rawReactions;
}

function writeKinetics(writer: RecordWriter, tables: KineticTables): void {
  writer.set(L.P_REACTIONS, tables.reactions.length);
  writer.set(L.P_PAIR_END, tables.pairEnd);
  writer.set(L.P_TRIPLE_END, tables.tripleEnd);
  writer.words(L.P_FACTOR_A_OFFSET, tables.factorA);
  writer.words(L.P_FACTOR_B_OFFSET, tables.factorB);
  writer.words(L.P_FACTOR_C_OFFSET, tables.factorC);
  writer.words(L.P_GENERAL_START_OFFSET, tables.generalStart);
  writer.words(L.P_GENERAL_SPECIES_OFFSET, tables.generalSpecies);
  writer.doubles(L.P_GENERAL_ORDER_OFFSET, tables.generalOrder);
  writer.words(L.P_CHANGE_START_OFFSET, tables.changeStart);
  writer.words(L.P_CHANGE_REACTION_OFFSET, tables.changeReaction);
  writer.doubles(L.P_CHANGE_VALUE_OFFSET, tables.changeValue);
  writer.set(L.P_JAC_PAIRS, tables.jacPairs);
  writer.set(L.P_JAC_TRIPLES, tables.jacTriples);
  writer.words(L.P_JAC_START_OFFSET, tables.jacStart);
  writer.words(L.P_JAC_REACTION_OFFSET, tables.jacReaction);
  writer.doubles(L.P_JAC_WEIGHT_OFFSET, tables.jacWeight);
  writer.words(L.P_JAC_PLACE_OFFSET, tables.jacPlace);
  writer.words(L.P_JAC_A_OFFSET, tables.jacA);
  writer.words(L.P_JAC_B_OFFSET, tables.jacB);
  writer.set(L.P_JAC_GENERAL, tables.genPlace.length);
  writer.words(L.P_GEN_PLACE_OFFSET, tables.genPlace);
  writer.words(L.P_GEN_REACTION_OFFSET, tables.genReaction);
  writer.words(L.P_GEN_TERM_OFFSET, tables.genTerm);
  writer.doubles(L.P_GEN_WEIGHT_OFFSET, tables.genWeight);
}

/** Conserved sums over the unknowns; returns how many. */
function writeMoieties(
  writer: RecordWriter,
  sums: readonly ReadonlyMap<number, number>[],
  local: Int32Array,
): number {
  const members = new Flat();
  for (const sum of sums) members.push([...sum.keys()].map((species) => local[species]));
  writer.set(L.P_MOIETIES, sums.length);
  writer.words(L.P_MOIETY_START_OFFSET, members.start);
  writer.words(L.P_MOIETY_SPECIES_OFFSET, members.entries);
  writer.doubles(
    L.P_MOIETY_WEIGHT_OFFSET,
    sums.flatMap((sum) => [...sum.values()]),
  );
  return sums.length;
}

/** Gives every region of the workspace its place after the run's record. */
function layOutWorkspace(
  writer: RecordWriter,
  count: number,
  tables: KineticTables,
  fill: number,
  moieties: number,
  krylov: number,
): void {
  const coefficients = tables.jacPairs + tables.jacTriples;
  const regions: [number, number][] = [
    [L.P_W_CONSTANTS, tables.reactions.length],
    [L.P_W_JAC_COEFFICIENTS, coefficients],
    [L.P_W_RATES, tables.reactions.length],
    [L.P_W_STATE, count + 1],
    [L.P_W_OLD, count + 1],
    [L.P_W_STAGE, count + 1],
    [L.P_W_DERIVATIVE, count],
    [L.P_W_DERIVATIVE_STAGE, count],
    [L.P_W_INCREMENTS, L.MAX_STAGES * count],
    [L.P_W_JACOBIAN, fill],
    [L.P_W_LU, fill],
    [L.P_W_PIVOTS, count],
    [L.P_W_ROW, count],
    [L.P_W_DENSE, L.MAX_DENSE * count],
    [L.P_W_ATOL, count],
    [L.P_W_TOTALS, moieties],
    [L.P_W_FORMULA, L.FORMULA_SLOTS],
    [L.P_W_KRYLOV, krylov > 0 ? (krylov + 4) * count : 0],
    [L.P_W_HESSENBERG, krylov > 0 ? (krylov + 3) * (krylov + 1) : 0],
  ];
  let bytes = L.R_BYTES;
  for (const [word, doubles] of regions) {
    writer.set(word, bytes);
    // Sixteen-byte starts: a two-lane load never straddles.
    bytes += (doubles * 8 + 15) & ~15;
  }
  writer.set(L.P_WORK_BYTES, bytes);
}
