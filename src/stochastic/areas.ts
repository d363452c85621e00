import * as Q from '../../assembly/stochastic/layout';
import type { Engine } from '../engine/types.js';
import { allocate } from '../simulate/scratch.js';

/** Words of the pool of composition and rejection: room for all members several times over, as groups grow. */
const poolWords = (channels: number): number => 8 * channels + 8 * Q.GROUPS;

/** Room for the heap of the next-reaction method: the nodes before its root, and the three after its last. */
function heapOf(engine: Engine, channels: number): number {
  const start = allocate(engine, (Q.HEAP_ROOT + channels + 3) * Q.H_BYTES + Q.HEAP_ALIGNMENT);
  return Math.ceil(start / Q.HEAP_ALIGNMENT) * Q.HEAP_ALIGNMENT;
}

/**
 * What the kernel needs beside the problem, in an engine's memory: a run's record, the state, the streams of random
 * numbers and the tables of selection, for as many channels as the largest phase has.
 */
export interface Areas {
  record: number;
  state: number;
  /** Streams of events, and of roundings at starts and doses. */
  events: number;
  roundings: number;
}

/** @throws RangeError when the engine has no more memory */
export function makeAreas(engine: Engine, species: number, channels: number, tables: Float64Array): Areas {
  const many = Math.max(1, channels);
  const tablesAt = allocate(engine, tables.byteLength);
  engine.doubles(tablesAt, tables.length).set(tables);
  const [events, roundings] = [0, 1].map((purpose) => {
    const stream = allocate(engine, Q.D_BYTES);
    const words = engine.words(stream, Q.D_BYTES / 4);
    words.fill(0);
    words[Q.D_COUNTER + 2] = purpose;
    words[Q.D_TABLES] = tablesAt;
    return stream;
  });
  const state = allocate(engine, (species + 1) * 8);
  engine.doubles(state, species + 1).fill(0);
  const record = allocate(engine, Q.S_BYTES);
  const take = {
    propensities: allocate(engine, many * 8),
    order: allocate(engine, many * 4),
    place: allocate(engine, many * 4),
    group: allocate(engine, many * 4),
    groups: allocate(engine, Q.GROUPS * Q.G_BYTES),
    pool: allocate(engine, poolWords(many) * 4),
    heap: heapOf(engine, many),
    left: allocate(engine, many * 8),
    leap: allocate(engine, (4 * (species + 1) + many) * 8),
  };
  const words = engine.words(record, Q.S_BYTES / 4);
  words.fill(0);
  words[Q.S_STATE] = state;
  words[Q.S_STREAM] = events;
  words[Q.S_PROPENSITIES] = take.propensities;
  words[Q.S_ORDER] = take.order;
  words[Q.S_PLACE] = take.place;
  words[Q.S_GROUP] = take.group;
  words[Q.S_GROUPS] = take.groups;
  words[Q.S_POOL] = take.pool;
  words[Q.S_POOL_WORDS] = poolWords(many);
  words[Q.S_HEAP] = take.heap;
  words[Q.S_LEFT] = take.left;
  words[Q.S_LEAP_WORK] = take.leap;
  return { record, state, events, roundings };
}

const TWO32 = 2 ** 32;

/** Sets both streams to the beginning of a run's numbers. */
export function seedStreams(engine: Engine, { events, roundings }: Areas, seed: number, run: number): void {
  for (const stream of [events, roundings]) {
    const words = engine.words(stream, Q.D_BYTES / 4);
    words[Q.D_KEY] = seed;
    words[Q.D_KEY + 1] = Math.floor(seed / TWO32);
    words[Q.D_KEY + 2] = run;
    words[Q.D_KEY + 3] = Math.floor(run / TWO32);
    words[Q.D_COUNTER] = 0;
    words[Q.D_COUNTER + 1] = 0;
    words[Q.D_NEXT] = Q.DRAWN;
  }
}
