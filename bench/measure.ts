import { Bench } from 'tinybench';

/** Rounds over which two rivals alternate; the median of a rival's rounds is quoted. */
const ROUNDS = 5;
const ROUND_MILLISECONDS = 120;
const WARMUP_MILLISECONDS = 250;

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const geometricMean = (values: number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/**
 * Median microseconds a call of each rival. The rivals take turns, so that a machine whose speed drifts treats them
 * alike: read the ratios, not the times.
 */
export async function race(rivals: Record<string, () => void>): Promise<Record<string, number>> {
  const rounds: Record<string, number[]> = Object.fromEntries(Object.keys(rivals).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const bench = new Bench({
      time: ROUND_MILLISECONDS,
      warmupTime: round === 0 ? WARMUP_MILLISECONDS : 10,
      warmupIterations: 1,
      iterations: 3,
    });
    for (const [name, run] of Object.entries(rivals)) bench.add(name, run);
    await bench.run();
    for (const task of bench.tasks) {
      const { result } = task;
      if (!('latency' in result)) throw new Error(`${task.name} did not run: ${JSON.stringify(result)}`);
      rounds[task.name].push(result.latency.p50 * 1000);
    }
  }
  return Object.fromEntries(Object.entries(rounds).map(([name, values]) => [name, median(values)]));
}
