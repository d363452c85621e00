import { Bench } from 'tinybench';
import type { Effort } from './effort.js';
import { median, medianDeviation } from './statistics.js';

/** Time of one call, in microseconds. */
export interface Timing {
  micros: number;
  /** Median deviation from the median. */
  deviation: number;
}

/** Calls above this part of the time for measuring are repeated by hand: a warm-up would double the bill. */
const LONG = 0.25;
/** So many times the time for measuring is spent on long calls, the first of them to warm up. */
const LONG_SHARE = 3;

/** Median time of a call, warm. The first call counts only where there is no time for a second. */
export async function timeCalls(run: () => void, { milliseconds }: Effort): Promise<Timing> {
  const samples: number[] = [];
  for (let used = 0; used < milliseconds * LONG_SHARE; used += samples.at(-1)!) {
    const began = performance.now();
    run();
    const sample = performance.now() - began;
    if (sample < LONG * milliseconds) return timeWithTinybench(run, milliseconds);
    samples.push(sample);
  }
  const warm = samples.slice(samples.length >> 1);
  return { micros: median(warm) * 1000, deviation: medianDeviation(warm) * 1000 };
}

async function timeWithTinybench(run: () => void, milliseconds: number): Promise<Timing> {
  const bench = new Bench({
    time: milliseconds,
    warmupTime: milliseconds,
    warmupIterations: 1,
    iterations: 3,
  });
  bench.add('call', run);
  await bench.run();
  const { result } = bench.tasks[0];
  if (!('latency' in result))
    throw 'error' in result ? result.error : new Error(`the call was ${result.state}`);
  return { micros: result.latency.p50 * 1000, deviation: result.latency.mad * 1000 };
}

const ROUNDS = 5;

/**
 * Median microseconds a call of each rival. The rivals take turns, so that a machine whose speed drifts treats them
 * alike: read the ratios, not the times.
 */
export async function race<Name extends string>(
  rivals: Record<Name, () => void>,
  effort: Effort,
): Promise<Record<Name, number>> {
  const names = Object.keys(rivals) as Name[];
  const rounds = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < (effort.quick ? 1 : ROUNDS); round++) {
    for (const name of names) rounds.get(name)!.push((await timeCalls(rivals[name], effort)).micros);
  }
  return Object.fromEntries(names.map((name) => [name, median(rounds.get(name)!)])) as Record<Name, number>;
}
