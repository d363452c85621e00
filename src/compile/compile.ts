import * as L from '../../assembly/layout';
import type { Network } from '../network/model.js';
import { type CacheStats, StructureCache } from './cache.js';
import { type ConservedNetwork, eliminateMembers, restoreAll, slotColumns } from './eliminate.js';
import { countFlops, type Flops } from './flops.js';
import { keptSums } from './moieties.js';
import { type FilledPattern, markowitzOrder, type Pattern } from './order.js';
import { type KineticTables, kineticTables } from './program.js';
import { RecordWriter } from './record.js';
import { type ReducedNetwork, reduceNetwork } from './reduce.js';
import { rowSegments } from './segments.js';
import { type Structure, structureOf } from './structure.js';
import { TermLists } from './term-lists.js';

/** Vectors of GMRES: a system that needs more is left to LU. */
export const defaultKrylov = 30;

/**
 * A network compiled for one set of active reactions: a flat record that the kernel runs, and how to read it. It is
 * shared by all that have a network of this structure: write nothing into it but in a copy, and do not transfer it.
 */
export interface CompiledProblem {
  /** The record drawn in `assembly/problem.ts`, all constants 0. Plain bytes: a copy may be posted to a worker. */
  readonly record: ArrayBuffer;
  /** The unknowns in the order of the factorisation, as indices of the network's species. */
  readonly dynamic: Int32Array;
  /** Species that are computed from conserved sums instead: of a state vector, the slots after that of 1. */
  readonly eliminated: Int32Array;
  /** Reactions of the network whose constants the record holds, in the order of its raw constants. */
  readonly rawReactions: Int32Array;
  /** Merged reactions and entries of L + U, for reports. */
  readonly reactions: number;
  readonly fill: number;
  readonly flops: Readonly<Flops>;
  /** Whether the pattern has no room for fill, so that only GMRES solves with the factors. */
  readonly incomplete: boolean;
}

/** Room for some thousands of small circuits, or for a few networks of ten thousand reactions. */
const cache = new StructureCache<CompiledProblem>({
  make: (structure) => compileStructure(structure),
  bytesOf: ({ record, dynamic, eliminated, rawReactions }) =>
    record.byteLength + dynamic.byteLength + eliminated.byteLength + rawReactions.byteLength,
  mostBytes: 1 << 25,
});

/** What compiling has been asked for so far in this thread, and how much of it was work. */
export const compileCacheStats = (): CacheStats => cache.stats;

export interface CompileOptions {
  /** > 0: keep the Jacobian's own pattern, for GMRES with so many vectors. No fill is computed, nothing eliminated. */
  krylov?: number;
  /** Take a member of each conserved sum out of the unknowns. Default false: sums are restored after each step. */
  eliminate?: boolean;
}

/**
 * Compiles a network for one phase. Networks of one structure get one and the same problem, so that many pots of a
 * circuit compile once. A network may change between calls: what counts is its structure now.
 * @param active indices of the reactions that run
 */
export function compileProblem(
  network: Network,
  active: readonly number[],
  { krylov = 0, eliminate = false }: CompileOptions = {},
): CompiledProblem {
  // Networks that ask for GMRES are few and large.
  if (krylov > 0) return compileStructure(structureOf(network, active), krylov);
  return cache.get(structureOf(network, active, eliminate));
}

/**
 * Compiles a structure: held species folded into constants, equal monomials merged, unknowns in a
 * fill-reducing order, everything in flat tables.
 */
export function compileStructure(structure: Structure, krylov = 0): CompiledProblem {
  const { species } = structure;
  const reduced = conservedNetwork(structure);
  const { eliminated, sums } = reduced;
  const count = reduced.dynamic.length;
  const jacobian = jacobianPattern(species, reduced);
  const pattern = krylov > 0 ? naturalPattern(jacobian) : markowitzOrder(jacobian);
  const dynamic = pattern.sequence.map((i) => reduced.dynamic[i]);
  const local = slotsOf(species, dynamic, eliminated);
  const tables = kineticTables(reduced, pattern, local);

  const writer = new RecordWriter();
  writer.set(L.P_MAGIC, L.MAGIC);
  writer.set(L.P_VERSION, L.VERSION);
  writer.set(L.P_FULL, species);
  writer.set(L.P_COUNT, count);
  writer.words(L.P_DYNAMIC_OFFSET, dynamic);
  const rawReactions = writeFold(writer, structure, reduced, tables.reactions);
  writeKinetics(writer, tables);
  writer.set(L.P_FILL, pattern.columns.length);
  writer.words(L.P_LU_ROW_OFFSET, pattern.rowStart);
  writer.words(L.P_LU_COLUMN_OFFSET, pattern.columns);
  writer.words(L.P_LU_DIAGONAL_OFFSET, pattern.diagonal);
  if (krylov === 0) writeSegments(writer, pattern);
  writeMoieties(writer, sums, local);
  writer.set(L.P_ELIMINATED, eliminated.length);
  writer.words(L.P_ELIMINATED_OFFSET, eliminated);
  const width = widthOf({ dynamic, eliminated });
  writer.set(L.P_WIDTH, width);
  writer.set(L.P_KRYLOV, krylov);
  const fill = pattern.columns.length;
  layOutWorkspace(writer, { count, width, fill, totals: sums.length + eliminated.length, krylov }, tables);
  writer.set(L.P_BYTES, writer.byteLength);
  return Object.freeze({
    record: writer.finish(),
    dynamic,
    eliminated,
    rawReactions,
    reactions: tables.reactions.length,
    fill: pattern.columns.length,
    flops: Object.freeze(countFlops(tables, pattern)),
    incomplete: krylov > 0,
  });
}

/**
 * The Jacobian's own pattern in the order of the network. That is often the order in which a generator found the
 * species, so that neighbours are near, which serves ILU(0) better than an order made for low fill.
 */
function naturalPattern(given: Pattern): FilledPattern {
  const count = given.rowStart.length - 1;
  const rowStart = new Int32Array(count + 1);
  const diagonal = new Int32Array(count);
  const columns = new Int32Array(given.columns.length + count);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const own = given.columns.subarray(given.rowStart[i], given.rowStart[i + 1]);
    const row = new Int32Array(own.length + 1);
    row.set(own);
    row[own.length] = i;
    row.sort();
    for (let x = 0; x < row.length; x++) {
      if (x > 0 && row[x] === row[x - 1]) continue;
      if (row[x] === i) diagonal[i] = end;
      columns[end++] = row[x];
    }
    rowStart[i + 1] = end;
  }
  const sequence = Int32Array.from({ length: count }, (_, i) => i);
  return { sequence, rowStart, columns: columns.slice(0, end), diagonal };
}

/** A structure reduced, with its conserved sums. */
export function conservedNetwork(structure: Structure): ConservedNetwork {
  const reduced = reduceNetwork(structure);
  const conserve = structure.eliminate ? eliminateMembers : restoreAll;
  return conserve(reduced, keptSums(reduced));
}

/** Slot of a species in the state vectors of a problem's workspace, −1 when it is held. */
export function slotOf({ dynamic, eliminated }: CompiledProblem, species: number): number {
  const sum = eliminated.indexOf(species);
  return sum < 0 ? dynamic.indexOf(species) : dynamic.length + 1 + sum;
}

/** Numbers of a row that the kernel saves. */
export const widthOf = ({ dynamic, eliminated }: Pick<CompiledProblem, 'dynamic' | 'eliminated'>): number =>
  eliminated.length === 0 ? dynamic.length : dynamic.length + 1 + eliminated.length;

/** The species of a slot of those state vectors. */
export const speciesAt = ({ dynamic, eliminated }: CompiledProblem, slot: number): number =>
  slot < dynamic.length ? dynamic[slot] : eliminated[slot - dynamic.length - 1];

/** Slot of each species in a state vector, −1 for those that are held. */
function slotsOf(species: number, dynamic: Int32Array, eliminated: Int32Array): Int32Array {
  const slots = new Int32Array(species).fill(-1);
  for (let i = 0; i < dynamic.length; i++) slots[dynamic[i]] = i;
  for (let m = 0; m < eliminated.length; m++) slots[eliminated[m]] = dynamic.length + 1 + m;
  return slots;
}

/** Which unknowns each unknown's derivative depends on, in the order of `dynamic`. */
export function jacobianPattern(species: number, reduced: ConservedNetwork): Pattern {
  const { dynamic, eliminated, orders, change } = reduced;
  const count = dynamic.length;
  const natural = slotsOf(species, dynamic, eliminated);
  const slots = slotColumns(reduced, natural);
  const rowStart = new Int32Array(count + 1);
  for (let m = 0; m < orders.count; m++) {
    let width = 0;
    for (let o = orders.start[m]; o < orders.start[m + 1]; o++) {
      const slot = natural[orders.species[o]];
      width += slots.start[slot + 1] - slots.start[slot];
    }
    for (let c = change.start[m]; c < change.start[m + 1]; c++) {
      rowStart[natural[change.species[c]] + 1] += width;
    }
  }
  for (let i = 0; i < count; i++) rowStart[i + 1] += rowStart[i];
  const columns = new Int32Array(rowStart[count]);
  const place = rowStart.slice();
  for (let m = 0; m < orders.count; m++) {
    for (let c = change.start[m]; c < change.start[m + 1]; c++) {
      const row = natural[change.species[c]];
      for (let o = orders.start[m]; o < orders.start[m + 1]; o++) {
        const slot = natural[orders.species[o]];
        for (let x = slots.start[slot]; x < slots.start[slot + 1]; x++) {
          columns[place[row]++] = slots.species[x];
        }
      }
    }
  }
  return { rowStart, columns };
}

/**
 * The fold program: which constants and held species make each effective constant. The slot after the network's
 * species holds 1.
 */
function writeFold(
  writer: RecordWriter,
  { species: one, active }: Structure,
  { termStart, raw, factor, held }: ReducedNetwork,
  reactions: Int32Array,
): Int32Array {
  const rawReactions = raw.slice().sort();
  const rawIndex = new Int32Array(active.reduce((most, r) => Math.max(most, r), -1) + 1);
  for (let i = 0; i < rawReactions.length; i++) rawIndex[rawReactions[i]] = i;
  const foldStart = new Int32Array(reactions.length + 1);
  const foldRaw = new Int32Array(raw.length);
  const foldFactor = new Float64Array(raw.length);
  const a = new Int32Array(raw.length).fill(one);
  const b = new Int32Array(raw.length).fill(one);
  const more = new TermLists(raw.length, held.terms);
  let at = 0;
  for (let r = 0; r < reactions.length; r++) {
    for (let t = termStart[reactions[r]]; t < termStart[reactions[r] + 1]; t++, at++) {
      foldRaw[at] = rawIndex[raw[t]];
      foldFactor[at] = factor[t];
      const [from, to] = [held.start[t], held.start[t + 1]];
      let plain = 0;
      for (let h = from; h < to; h++) {
        if (held.value[h] !== 1) continue;
        if (plain === 0) a[at] = held.species[h];
        else if (plain === 1) b[at] = held.species[h];
        else more.push(held.species[h], 1);
        plain++;
      }
      for (let h = from; h < to; h++) if (held.value[h] !== 1) more.push(held.species[h], held.value[h]);
      more.close();
    }
    foldStart[r + 1] = at;
  }
  writer.set(L.P_RAW, rawReactions.length);
  writer.doubles(L.P_RAW_OFFSET, new Float64Array(rawReactions.length));
  writer.words(L.P_FOLD_START_OFFSET, foldStart);
  writer.words(L.P_FOLD_RAW_OFFSET, foldRaw);
  writer.doubles(L.P_FOLD_FACTOR_OFFSET, foldFactor);
  writer.words(L.P_FOLD_A_OFFSET, a);
  writer.words(L.P_FOLD_B_OFFSET, b);
  writer.words(L.P_FOLD_MORE_START_OFFSET, more.start);
  writer.words(L.P_FOLD_MORE_SPECIES_OFFSET, more.species.subarray(0, more.terms));
  writer.doubles(L.P_FOLD_MORE_ORDER_OFFSET, more.value.subarray(0, more.terms));
  return rawReactions;
}

function writeKinetics(writer: RecordWriter, tables: KineticTables): void {
  writer.set(L.P_REACTIONS, tables.reactions.length);
  writer.set(L.P_PAIR_END, tables.pairEnd);
  writer.set(L.P_TRIPLE_END, tables.tripleEnd);
  const { factors, pairEnd, tripleEnd } = tables;
  writer.words(L.P_FACTOR_A_OFFSET, factors.subarray(0, tripleEnd));
  writer.words(L.P_FACTOR_B_OFFSET, factors.subarray(tripleEnd, 2 * tripleEnd));
  writer.words(L.P_FACTOR_C_OFFSET, factors.subarray(2 * tripleEnd + pairEnd));
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

function writeSegments(writer: RecordWriter, pattern: FilledPattern): void {
  const segments = rowSegments(pattern);
  if (segments === undefined) return;
  writer.set(L.P_SEGMENTS, segments.singleEnd.length);
  writer.words(L.P_SEGMENT_START_OFFSET, segments.start);
  writer.words(L.P_SINGLE_END_OFFSET, segments.singleEnd);
  writer.words(L.P_RUN_END_OFFSET, segments.runEnd);
}

function writeMoieties(
  writer: RecordWriter,
  sums: readonly ReadonlyMap<number, number>[],
  local: Int32Array,
): void {
  const members = new TermLists(
    sums.length,
    sums.reduce((total, sum) => total + sum.size, 0),
  );
  for (const sum of sums) {
    for (const [species, weight] of sum) members.push(local[species], weight);
    members.close();
  }
  writer.set(L.P_MOIETIES, sums.length);
  writer.words(L.P_MOIETY_START_OFFSET, members.start);
  writer.words(L.P_MOIETY_SPECIES_OFFSET, members.species);
  writer.doubles(L.P_MOIETY_WEIGHT_OFFSET, members.value);
}

/** Gives every region of the workspace its place after the run's record. */
function layOutWorkspace(
  writer: RecordWriter,
  {
    count,
    width,
    fill,
    totals,
    krylov,
  }: { count: number; width: number; fill: number; totals: number; krylov: number },
  tables: KineticTables,
): void {
  const state = Math.max(count + 1, width);
  const coefficients = tables.jacPairs + tables.jacTriples;
  const regions: [number, number][] = [
    [L.P_W_CONSTANTS, tables.reactions.length],
    [L.P_W_JAC_COEFFICIENTS, coefficients],
    [L.P_W_RATES, tables.reactions.length],
    [L.P_W_STATE, state],
    [L.P_W_OLD, state],
    [L.P_W_STAGE, state],
    [L.P_W_DERIVATIVE, count],
    [L.P_W_DERIVATIVE_STAGE, count],
    [L.P_W_INCREMENTS, L.MAX_STAGES * count],
    [L.P_W_JACOBIAN, fill],
    [L.P_W_LU, fill],
    [L.P_W_PIVOTS, count],
    [L.P_W_ROW, count],
    [L.P_W_DENSE, L.MAX_DENSE * count],
    [L.P_W_ATOL, width],
    [L.P_W_TOTALS, totals],
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
