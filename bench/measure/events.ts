import { coopClock } from '../../src/circuits/index.js';
import { type Network, simulateStochastic } from '../../src/index.js';
import type { StochasticMethod } from '../../src/stochastic/types.js';
import { networkOf } from '../../test/tools/network.js';
import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { NaiveEvents } from '../race/naive-events.js';
import { timeNativeEvents } from '../race/native-events.js';
import { median } from '../statistics.js';

interface EventProblem {
  network: () => Network;
  /** Molecules to a concentration of 1. */
  volume: number;
  /** Events to a unit of time, roughly. */
  pace: number;
}

/** Molecules that go round a ring of species: as many channels, each with two dependents. */
const ring = (length: number): Network =>
  networkOf(
    Array.from({ length }, (_, i) => `init A${i} = 1; A${i} ->{${1 + (i % 7)}} A${(i + 1) % length}`).join(
      '\n',
    ),
  );

/** Networks that go on for as long as one likes. */
export const eventProblems: Readonly<Record<string, EventProblem>> = {
  'birth and death': {
    network: () => networkOf('init A = 1; ∅ ->{1} A; A ->{1} ∅'),
    volume: 1000,
    pace: 2000,
  },
  'dimers, turning over': {
    network: () => networkOf('init A = 1; ∅ ->{1} A; A ->{1} ∅; 2 A ->{5} D; D ->{1} 2 A; D ->{0.1} ∅'),
    volume: 1000,
    pace: 4000,
  },
  'clock coop-4': { network: () => coopClock().network, volume: 1000, pace: 10_000 },
  'ring of 100': { network: () => ring(100), volume: 100, pace: 30_000 },
  'ring of 1000': { network: () => ring(1000), volume: 100, pace: 300_000 },
};

export const eventMethods: readonly StochasticMethod[] = ['auto', 'direct', 'sorted', 'rejection'];

export interface EventOrder {
  problem: string;
  effort: Effort;
}

/** Nanoseconds of an event. */
export interface EventTimes {
  channels: number;
  byMethod: Record<string, number>;
  js: number;
  naive: number;
  /** A text says why there is none. */
  native: number | string;
}

const EVENTS = 1_000_000;
const ROUNDS = 7;
/** Of the events, the part that slow rivals make. */
const SLOW = 1 / 16;

/** An event by every method, by the JavaScript engine, and by rivals, in turns in one process. */
export async function timeEvents({ problem: name, effort }: EventOrder): Promise<EventTimes> {
  const problem = eventProblems[name];
  const { volume, pace } = problem;
  const network = problem.network();
  const events = effort.quick ? 2000 : EVENTS;
  const ours = (engine: 'wasm' | 'js', method: StochasticMethod, part: number) => async () => {
    const to = (part * events) / pace;
    const { stats } = await simulateStochastic(network, { volume, to, saveAt: [to], engine, method });
    return stats.events;
  };
  const naive = new NaiveEvents(network, volume);
  const rivals: Record<string, () => Promise<number>> = {
    ...Object.fromEntries(eventMethods.map((method) => [method, ours('wasm', method, 1)])),
    js: ours('js', 'auto', SLOW),
    naive: async () => naive.run(Number.POSITIVE_INFINITY, Math.ceil(events * SLOW)),
  };
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(rivals).map((one) => [one, []]));
  for (let round = 0; round < (effort.quick ? 2 : ROUNDS); round++) {
    for (const [one, rival] of Object.entries(rivals)) {
      const began = performance.now();
      const made = await rival();
      times[one].push((1e6 * (performance.now() - began)) / made);
    }
  }
  // The first round warms up.
  const of = (one: string) => median(times[one].slice(1));
  let native: number | string;
  try {
    native = await timeNativeEvents(network, volume, events);
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    native = error.message;
  }
  return {
    channels: network.reactions.length,
    byMethod: Object.fromEntries(eventMethods.map((method) => [method, of(method)])),
    js: of('js'),
    naive: of('naive'),
    native,
  };
}
