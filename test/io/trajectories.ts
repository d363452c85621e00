import { expect } from 'vitest';
import { SolveFailure, simulate } from '../../src/index.js';
import type { Network } from '../../src/network/model.js';

interface Run {
  rows: Float64Array[];
  observed: Float64Array[];
  code: string;
  names: readonly string[];
}

async function run(network: Network, to: number): Promise<Run> {
  const { simulation: _, ...rest } = network;
  const options = { to, save: 8, rtol: 1e-6, atol: 1e-10, maxSteps: 400, method: 'rodas5p' as const };
  try {
    const solution = await simulate({ ...rest, simulation: {} }, options);
    const all = [...solution.times.keys()];
    return {
      rows: all.map((i) => solution.row(i)),
      observed: all.map((i) => solution.observed(i)),
      code: 'done',
      names: solution.observables,
    };
  } catch (error) {
    if (!(error instanceof SolveFailure)) throw error;
    const all = [...(error.partial?.times.keys() ?? [])];
    return { rows: all.map((i) => error.partial!.row(i)), observed: [], code: error.code, names: [] };
  }
}

/** Both networks run alike: species by their places, observables by theirs, to 1e-12 of the largest value of each. */
export async function expectSameRuns(
  one: Network,
  other: Network,
  options: { observables: boolean; to?: number },
) {
  const { to = 0.2 } = options;
  const [a, b] = [await run(one, to), await run(other, to)];
  expect(b.code).toBe(a.code);
  expect(b.rows.length).toBe(a.rows.length);
  const compare = (left: Float64Array[], right: Float64Array[]) => {
    const width = left[0]?.length ?? 0;
    for (let k = 0; k < width; k++) {
      const largest = Math.max(...left.map((row) => Math.abs(row[k]!)));
      for (const [i, row] of left.entries()) {
        expect(Math.abs(row[k]! - right[i]![k]!)).toBeLessThanOrEqual(1e-12 * largest);
      }
    }
  };
  compare(a.rows, b.rows);
  if (!options.observables || a.code !== 'done') return;
  expect(b.observed[0]!.length).toBe(a.observed[0]!.length);
  compare(a.observed, b.observed);
}
