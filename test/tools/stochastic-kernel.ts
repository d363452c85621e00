import * as Q from '../../assembly/stochastic/layout';
import { borrowFullEngine } from '../../src/engine/full.js';
import type { EngineKind, FullEngine } from '../../src/engine/types.js';
import type { Network } from '../../src/index.js';
import { type Areas, makeAreas, seedStreams } from '../../src/stochastic/areas.js';
import type { Circumstances } from '../../src/stochastic/channels.js';
import { compileStochastic, type StochasticProblem } from '../../src/stochastic/compile.js';
import { zigguratTables } from '../../src/stochastic/ziggurat.js';

/** An engine with the streams of random numbers of one run. */
export async function streamsOf(
  kind: EngineKind,
  { seed = 0, run = 0, channels = 1, species = 1 } = {},
): Promise<{ engine: FullEngine; areas: Areas }> {
  const engine = await borrowFullEngine(kind);
  const areas = makeAreas(engine, species, channels, zigguratTables());
  seedStreams(engine, areas, seed, run);
  return { engine, areas };
}

/** A network's channels in an engine, to be looked at between events. */
export interface StochasticKernel {
  problem: StochasticProblem;
  /** Molecules. */
  state: number[];
  /** The propensities that the kernel has, by channel. */
  propensities(): number[];
  /** The same, formed anew from the state by this or any other selection. */
  anew(): number[];
  /** Next reaction: when each channel fires, from the root of the heap on, and the node that each channel thinks it has. */
  heap(): { times: number[]; channels: number[]; nodes: number[] };
  /** Goes on for so many events. @returns the kernel's status */
  advance(events: number): number;
}

/** Sets a run of a network up in a fresh engine. @param start molecules */
export async function stochasticKernel(
  network: Network,
  given: Circumstances,
  start: readonly number[],
  { kind = 'wasm' as EngineKind, selection = Q.SELECT_DIRECT, seed = 1, leaps = false } = {},
): Promise<StochasticKernel> {
  const active = network.reactions.map((_, r) => r);
  const problem = compileStochastic(network, active, given);
  const channels = problem.channels.length;
  const species = network.species.length;
  const { engine, areas } = await streamsOf(kind, { seed, channels, species });
  const address = engine.kernel.allocate(problem.record.byteLength);
  engine.bytes(address, problem.record.byteLength).set(new Uint8Array(problem.record));
  const words = engine.words(areas.record, Q.S_BYTES / 4);
  const slots = engine.doubles(areas.record, Q.S_BYTES / 8);
  const state = engine.doubles(areas.state, species);
  state.set(start);
  words[Q.S_PROBLEM] = address;
  words[Q.S_SELECTION] = selection;
  words[Q.S_EXACT] = leaps ? 0 : -1;
  slots[Q.S_EPSILON] = 0.03;
  slots[Q.S_END] = Number.MAX_VALUE;
  engine.kernel.startEvents(areas.record);
  const propensities = () => {
    const a = engine.doubles(words[Q.S_PROPENSITIES], channels);
    const place = engine.words(words[Q.S_PLACE], channels);
    // 0 · −1 is −0, and no other propensity than 0.
    return Array.from({ length: channels }, (_, c) => a[selection === Q.SELECT_SORTED ? place[c] : c] + 0);
  };
  return {
    problem,
    get state() {
      return [...state];
    },
    propensities,
    anew() {
      const times = [slots[Q.S_TIME], slots[Q.S_EVENTS]];
      engine.kernel.startEvents(areas.record);
      [slots[Q.S_TIME], slots[Q.S_EVENTS]] = times;
      return propensities();
    },
    heap() {
      const all = Array.from({ length: channels }, (_, i) => words[Q.S_HEAP] + (Q.HEAP_ROOT + i) * Q.H_BYTES);
      return {
        times: all.map((node) => engine.doubles(node, 1)[Q.H_TIME]),
        channels: all.map((node) => engine.words(node, Q.H_CHANNEL + 1)[Q.H_CHANNEL]),
        nodes: [...engine.words(words[Q.S_PLACE], channels)],
      };
    },
    advance: (events) => engine.kernel.advanceEvents(areas.record, events),
  };
}
