import { initialConcentrations, parameterValues } from '../network/index.js';
import type { Network } from '../network/model.js';
import { simulate } from '../simulate/inlined.js';
import type { SimulateOptions } from '../simulate/types.js';
import { type Column, rowOf } from './sbml-columns.js';
import type { CaseSettings } from './sbml-settings.js';

/** Far inside of the suite's tolerances, of which the relative one is 1e-4 or more. */
const rtol = 1e-10;
/** Part of the suite's absolute tolerance that a step may be wrong by. */
const share = 1e-6;

/** The times of a case. */
export function timesOf({ start, duration, steps }: CaseSettings): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, i) => start + (duration * i) / steps);
}

/**
 * Simulates a case as differential equations.
 * @returns a row for each time, first the time
 * @throws SolveFailure when the run does not reach its end
 */
export async function runCase(
  network: Network,
  columns: readonly Column[],
  settings: CaseSettings,
  options: Pick<SimulateOptions, 'signal'> = {},
): Promise<number[][]> {
  const times = timesOf(settings);
  const row = (time: number, state: Float64Array) => [time, ...rowOf(columns, network, state)];
  // A model of nothing but constants has nothing to be simulated.
  if (network.species.length === 0) return Array.from(times, (time) => row(time, new Float64Array()));
  const solution = await simulate(network, {
    ...options,
    to: times[settings.steps]!,
    saveAt: times,
    rtol,
    atol: absoluteTolerances(network, columns, settings),
  });
  return Array.from(times, (time, i) => row(time, solution.row(i)));
}

/** What is lost to rounding beside the largest number of a run, and more, is no error of a step. */
const rounding = 1e-14;

/** Per species, in its own unit, so that the columns are as exact as the case asks. */
function absoluteTolerances(
  network: Network,
  columns: readonly Column[],
  { absolute }: CaseSettings,
): number[] {
  const start = initialConcentrations(network, parameterValues(network));
  const floor = rounding * start.reduce((largest, value) => Math.max(largest, value), 0);
  const least = Math.min(1e-9, share * (absolute || 1e-6));
  const tolerances = network.species.map(() => Math.max(floor, least));
  for (const column of columns) {
    if (column.kind === 'species')
      tolerances[column.index] = Math.max(floor, Math.min(least, least / column.scale));
  }
  return tolerances;
}
