import type { Network } from '../network/model.js';
import type { StochasticEnsemble } from '../stochastic/ensemble.js';
import type { StochasticManyOptions } from '../stochastic/types.js';
import type { Column } from './sbml-columns.js';
import { timesOf } from './sbml-run.js';
import type { CaseSettings, Range } from './sbml-settings.js';

/** Makes an ensemble, in whichever way. */
export type EnsembleMaker = (
  network: Network,
  runs: number,
  options: StochasticManyOptions,
) => Promise<StochasticEnsemble>;

/** A column of moments over the times of a case. */
export interface MomentColumn {
  /** `X-mean`, `X-sd`. */
  name: string;
  variable: string;
  of: 'mean' | 'sd';
  values: Float64Array;
}

/**
 * Simulates a stochastic case: its substances count molecules.
 * @throws (rejects) RangeError for a network that cannot be simulated so, StochasticFailure when a run does not reach its end
 */
export async function runStochasticCase(
  network: Network,
  columns: readonly Column[],
  settings: CaseSettings,
  runs: number,
  make: EnsembleMaker,
  options: Pick<StochasticManyOptions, 'seed' | 'signal' | 'onProgress' | 'method'> = {},
): Promise<MomentColumn[]> {
  const times = timesOf(settings);
  const ensemble =
    network.species.length === 0
      ? undefined
      : await make(network, runs, {
          ...options,
          to: times[settings.steps]!,
          saveAt: times,
          // The suite gives numbers of molecules.
          rounding: 'refuse',
          volume: 1,
          keep: columns.some(({ kind }) => kind === 'observable'),
        });
  return settings.output.map(({ name, variable, of }) => {
    const column = columns[settings.variables.indexOf(variable)]!;
    return { name, variable, of, values: momentsOf(column, of, network, times, ensemble) };
  });
}

function momentsOf(
  column: Column,
  of: 'mean' | 'sd',
  network: Network,
  times: Float64Array,
  ensemble: StochasticEnsemble | undefined,
): Float64Array {
  if (column.kind === 'constant') return times.map(() => (of === 'mean' ? column.value : 0));
  if (column.kind === 'species') {
    const { name } = network.species[column.index]!;
    return ensemble![of](name).map((value) => value * column.scale);
  }
  const { name } = network.observables![column.index]!;
  const all = ensemble!.solutions.map((solution) => solution.column(name));
  return times.map((_, i) => {
    const mean = all.reduce((sum, values) => sum + values[i]!, 0) / all.length;
    if (of === 'mean') return mean;
    return Math.sqrt(all.reduce((sum, values) => sum + (values[i]! - mean) ** 2, 0) / (all.length - 1));
  });
}

/** How a column agrees with the published one. */
export interface Verdict {
  name: string;
  /** Points that could be judged, and those outside of the case's range. */
  points: number;
  outside: number;
  /** The largest distance, |Z| or |Y|. */
  largest: number;
  passed: boolean;
}

/** Points of a series that chance may take outside: of 50 of a right simulator 0.14, which follow each other. */
export const MOST_OUTSIDE = 3;

const usualRanges: Record<'mean' | 'sd', Range> = { mean: [-3, 3], sd: [-5, 5] };

/** What is lost to the digits of the published numbers where nothing varies. */
const ROUNDING = 1e-6;

/**
 * Judges the moments of n runs by the suite's rules (its document "DSMTS"): with the published mean μ and deviation σ,
 * Z = √n (x̄ − μ)/σ for means x̄, and Y = √(n/2) (S²/σ² − 1) for deviations S.
 * @throws RangeError for a column that the published results do not have
 */
export function judge(
  moments: readonly MomentColumn[],
  published: ReadonlyMap<string, readonly number[]>,
  runs: number,
  settings: CaseSettings,
): Verdict[] {
  const columnOf = (name: string): readonly number[] => {
    const column = published.get(name);
    if (column !== undefined && column.length === settings.steps + 1) return column;
    throw new RangeError(`the published results have no column ${name} of ${settings.steps + 1} rows`);
  };
  return moments.map(({ name, variable, of, values }) => {
    const wanted = columnOf(name);
    const sigma = columnOf(`${variable}-sd`);
    const range = settings[`${of}Range`] ?? usualRanges[of];
    let outside = 0;
    let largest = 0;
    for (const [i, value] of values.entries()) {
      const distance = distanceOf(of, value, wanted[i]!, sigma[i]!, runs);
      // Not a number is as far as can be.
      if (!(distance >= range[0] && distance <= range[1])) outside++;
      largest = Math.abs(distance) <= largest ? largest : Math.abs(distance);
    }
    return { name, points: values.length, outside, largest, passed: outside <= MOST_OUTSIDE };
  });
}

function distanceOf(of: 'mean' | 'sd', value: number, wanted: number, sigma: number, runs: number): number {
  if (sigma === 0) return Math.abs(value - wanted) <= ROUNDING * Math.max(1, Math.abs(wanted)) ? 0 : Infinity;
  if (of === 'mean') return (Math.sqrt(runs) * (value - wanted)) / sigma;
  return Math.sqrt(runs / 2) * ((value / sigma) ** 2 - 1);
}

/** The columns of a results file by their names. @throws RangeError for what is no number */
export function readResults(text: string): Map<string, number[]> {
  const [head = '', ...lines] = text.trim().split(/\r\n|\r|\n/);
  const names = head.split(',').map((name) => name.trim());
  const columns = new Map(names.map((name) => [name, [] as number[]]));
  for (const [i, line] of lines.entries()) {
    for (const [k, word] of line.split(',').entries()) {
      const value = word.trim() === '' ? Number.NaN : Number(word);
      if (Number.isNaN(value)) {
        throw new RangeError(`line ${i + 2} has ${JSON.stringify(word)} where a number must be`);
      }
      columns.get(names[k] ?? '')?.push(value);
    }
  }
  return columns;
}
