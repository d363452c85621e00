import { simulateStochastic } from '../../src/index.js';
import { compileStochastic } from '../../src/stochastic/compile.js';
import { prepareStochastic } from '../../src/stochastic/prepare.js';
import type { StochasticMethod } from '../../src/stochastic/types.js';
import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { eventProblems } from '../event-problems.js';
import { NaiveEvents } from '../race/naive-events.js';
import { timeNativeEvents } from '../race/native-events.js';
import { median } from '../statistics.js';

export const eventMethods: readonly StochasticMethod[] = ['auto', 'direct', 'sorted', 'rejection', 'next'];

export interface EventOrder {
  problem: string;
  effort: Effort;
}

/** Nanoseconds of an event. */
export interface EventTimes {
  channels: number;
  /** Propensities that an event changes, on average over channels. */
  dependents: number;
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
/** Channels above which a search through them, and all propensities anew, are given fewer events. */
const SEARCHED = 1000;
const FORMED = 100;

/** An event by every method, by the JavaScript engine, and by rivals, in turns in one process. */
export async function timeEvents({ problem: name, effort }: EventOrder): Promise<EventTimes> {
  const problem = eventProblems[name];
  const { volume, pace, share = 1 } = problem;
  const network = problem.network();
  const events = effort.quick ? 2000 : share * EVENTS;
  const ours = (engine: 'wasm' | 'js', method: StochasticMethod, part: number) => async () => {
    const to = (part * events) / pace;
    const { stats } = await simulateStochastic(network, { volume, to, saveAt: [to], engine, method });
    return stats.events;
  };
  const { given, phases } = prepareStochastic(network, { volume, to: 1 });
  const { channels, dependents } = compileStochastic(network, phases[0], given);
  const naive = new NaiveEvents(network, volume);
  const rivals: Record<string, () => Promise<number>> = {
    ...Object.fromEntries(
      eventMethods.map((method) => {
        const searches = method === 'direct' || method === 'sorted';
        return [method, ours('wasm', method, searches ? Math.min(1, SEARCHED / channels.length) : 1)];
      }),
    ),
    js: ours('js', 'auto', SLOW),
    naive: async () =>
      naive.run(Number.POSITIVE_INFINITY, Math.ceil(events * SLOW * Math.min(1, FORMED / channels.length))),
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
    channels: channels.length,
    dependents,
    byMethod: Object.fromEntries(eventMethods.map((method) => [method, of(method)])),
    js: of('js'),
    naive: of('naive'),
    native,
  };
}
