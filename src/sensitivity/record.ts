import { MAX_DENSE, MAX_STAGES, P_HEADER_WORDS, P_MOIETIES } from '../../assembly/layout';
import * as S from '../../assembly/sensitivity/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import { type ProblemTables, readTables } from '../kernels/tables.js';
import { allocate } from '../simulate/scratch.js';

/** What the derivatives of a problem's steps follow beside the problem's own tables. */
interface Tables extends ProblemTables {
  moieties: number;
  /** The Jacobian's entries without fill, by rows. */
  entryStart: Int32Array;
  entryColumn: Int32Array;
  /** Of each summand of the Jacobian, its entry there. */
  place: Int32Array;
  generalPlace: Int32Array;
  /** What each merged reaction changes. */
  changedStart: Int32Array;
  changedUnknown: Int32Array;
  changedValue: Float64Array;
}

const known = new WeakMap<CompiledProblem, Tables>();

function tablesOf(problem: CompiledProblem): Tables {
  let tables = known.get(problem);
  if (tables === undefined) {
    tables = makeTables(problem);
    known.set(problem, tables);
  }
  return tables;
}

function makeTables(problem: CompiledProblem): Tables {
  const tables = readTables(problem.record);
  const moieties = new Int32Array(problem.record, 0, P_HEADER_WORDS)[P_MOIETIES];
  return { ...tables, moieties, ...withoutFill(tables), ...byReaction(tables) };
}

function withoutFill({ count, fill, rowStart, columns, jacPlace, genPlace }: ProblemTables) {
  const entryOf = new Int32Array(fill).fill(-1);
  for (const places of [jacPlace, genPlace]) for (const place of places) entryOf[place] = 0;
  const entryStart = new Int32Array(count + 1);
  let entries = 0;
  for (let i = 0; i < count; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) if (entryOf[e] === 0) entryOf[e] = entries++;
    entryStart[i + 1] = entries;
  }
  const entryColumn = new Int32Array(entries);
  entryOf.forEach((entry, place) => {
    if (entry >= 0) entryColumn[entry] = columns[place];
  });
  const entriesOf = (places: Int32Array) => places.map((place) => entryOf[place]);
  return { entryStart, entryColumn, place: entriesOf(jacPlace), generalPlace: entriesOf(genPlace) };
}

function byReaction({ count, reactions, changeStart, changeReaction, changeValue }: ProblemTables) {
  const changedStart = new Int32Array(reactions + 1);
  for (const r of changeReaction) changedStart[r + 1]++;
  for (let r = 0; r < reactions; r++) changedStart[r + 1] += changedStart[r];
  const next = changedStart.slice();
  const changedUnknown = new Int32Array(changeReaction.length);
  const changedValue = new Float64Array(changeReaction.length);
  for (let i = 0; i < count; i++) {
    for (let e = changeStart[i]; e < changeStart[i + 1]; e++) {
      const at = next[changeReaction[e]]++;
      changedUnknown[at] = i;
      changedValue[at] = changeValue[e];
    }
  }
  return { changedStart, changedUnknown, changedValue };
}

/** A problem's record of sensitivities in an engine's memory, with room for what the fold's derivatives are read from. */
export interface PlacedRecord {
  address: number;
  tables: Tables;
  /** Byte offset of a part, by its header word. */
  offset(word: number): number;
  /** Addresses of what `foldTangent` and `foldCotangent` read and write. */
  raw: number;
  full: number;
  constants: number;
}

/**
 * Puts the record for a problem into an engine's memory.
 * @param quantities how many tangents are carried along; 0: the record of an adjoint
 * @param species of the network
 */
export function placeRecord(
  engine: Engine,
  problem: CompiledProblem,
  quantities: number,
  species: number,
): PlacedRecord {
  const tables = tablesOf(problem);
  const { count, reactions, moieties } = tables;
  const entries = tables.entryColumn.length;
  const blocks = Math.ceil(quantities / S.LANES);
  const stages = quantities > 0 ? MAX_STAGES : 1;
  const block = count * S.LANES;
  const ofTangents = blocks * block;
  const ofAdjoint = quantities > 0 ? 0 : 1;
  const parts: [number, Int32Array | Float64Array | number][] = [
    [S.S_ROW_START, tables.entryStart],
    [S.S_COLUMN, tables.entryColumn],
    [S.S_PLACE, tables.place],
    [S.S_GEN_PLACE, tables.generalPlace],
    [S.S_CHANGE_START, tables.changedStart],
    [S.S_CHANGE_UNKNOWN, tables.changedUnknown],
    [S.S_CHANGE_VALUE, tables.changedValue],
    [S.S_POINT, count + 1],
    [S.S_INCREMENT, count + 1],
    [S.S_SLOPES, stages * entries],
    [S.S_CURVES, stages * entries],
    [S.S_MONOMIALS, stages * reactions],
    [S.S_SCALES, blocks * S.LANES],
    [S.S_STATE, ofTangents],
    [S.S_OLD, ofTangents],
    [S.S_NEXT, ofTangents],
    [S.S_INCREMENTS, blocks > 0 ? MAX_STAGES * block : 0],
    [S.S_STAGE, blocks > 0 ? block : 0],
    [S.S_WEIGHTS, 2 * stages * MAX_STAGES],
    [S.S_DENSE, MAX_DENSE * ofTangents],
    [S.S_TOTALS, blocks * moieties * S.LANES],
    [S.S_COTANGENT, ofAdjoint * count],
    [S.S_BEFORE, ofAdjoint * count],
    [S.S_OF_INCREMENTS, ofAdjoint * MAX_STAGES * count],
    [S.S_SOLVED, ofAdjoint * count],
    [S.S_OF_POINT, ofAdjoint * count],
    [S.S_OF_CONSTANTS, ofAdjoint * reactions],
  ];
  const header = new Int32Array(S.S_HEADER_WORDS);
  let bytes = header.byteLength;
  const reserve = (size: number) => {
    const at = bytes;
    bytes += (size + 15) & ~15;
    return at;
  };
  for (const [word, content] of parts) {
    header[word] = reserve(typeof content === 'number' ? content * 8 : content.byteLength);
  }
  const raw = reserve(problem.rawReactions.length * 8);
  const full = reserve((species + 1) * 8);
  const constants = reserve(reactions * 8);
  header[S.S_BLOCKS] = blocks;
  header[S.S_QUANTITIES] = quantities;
  header[S.S_ENTRIES] = entries;
  const address = allocate(engine, bytes);
  engine.bytes(address, bytes).fill(0);
  engine.words(address, S.S_HEADER_WORDS).set(header);
  for (const [word, content] of parts) {
    if (typeof content === 'number') continue;
    const view = content instanceof Int32Array ? engine.words : engine.doubles;
    view(address + header[word], content.length).set(content);
  }
  return {
    address,
    tables,
    offset: (word) => engine.words(address, S.S_HEADER_WORDS)[word],
    raw: address + raw,
    full: address + full,
    constants: address + constants,
  };
}
