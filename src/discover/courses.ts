import { experimentsOf } from '../fit/table.js';
import type { Experiment } from '../fit/types.js';
import type { CsvTable } from '../learning/csv.js';
import { DataError } from '../learning/data.js';
import { networkBuilder } from '../network/builder.js';
import { isWritableName } from '../network/names.js';

/** One experiment in units in which times and concentrations are about 1. */
export interface Course {
  name: string;
  start: Float64Array;
  times: Float64Array;
  /** By time, then by species; NaN where nothing was measured. */
  values: Float64Array;
}

/** The measurements that reactions are learned from. */
export interface Courses {
  species: readonly string[];
  courses: Course[];
  /** The model's units of concentration and time in one of ours. */
  concentration: number;
  time: number;
  /** Of each species' measurements, in our unit: what errors are compared with. */
  ranges: Float64Array;
  /** How many numbers were measured. */
  count: number;
}

/** @throws RangeError or TypeError for measurements that cannot be used, naming them */
export function coursesOf(experiments: readonly Experiment[], species: readonly string[]): Courses {
  const names = experiments.map(({ name }, e) => name ?? String(e + 1));
  let [highest, longest, count] = [0, 0, 0];
  const lows = species.map(() => Number.POSITIVE_INFINITY);
  const highs = species.map(() => Number.NEGATIVE_INFINITY);
  const raw = experiments.map(({ times, values, initial, parameters, sigma }, e) => {
    const what = `experiment ${names[e]}`;
    if (parameters !== undefined && Object.keys(parameters).length > 0) {
      throw new RangeError(`${what}: parameters are for a network that is known; here there is none yet`);
    }
    if (sigma !== undefined) {
      throw new RangeError(`${what}: sigma is not used: errors are compared with the range of each species`);
    }
    const order = Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b]);
    order.forEach((i, k) => {
      if (!(times[i] >= 0 && Number.isFinite(times[i]))) {
        throw new RangeError(`${what}: times[${i}] is ${times[i]}; times are finite and not negative`);
      }
      if (k > 0 && times[i] === times[order[k - 1]]) {
        throw new RangeError(`${what}: the time ${times[i]} stands twice; name repeats as experiments`);
      }
    });
    if (order.length < 2) throw new RangeError(`${what} has fewer than two times`);
    const numbers = species.map((name) => {
      const column = values[name];
      if (column === undefined) {
        throw new RangeError(`${what}: ${name} was not measured; every species must be`);
      }
      return order.map((i) => column[i]);
    });
    longest = Math.max(longest, times[order[order.length - 1]]);
    const start = species.map((name, s) => {
      const own = initial?.[name] ?? (times[order[0]] === 0 ? numbers[s][0] : Number.NaN);
      if (!(own >= 0 && Number.isFinite(own))) {
        throw new RangeError(
          `${what}: ${name} has no start; give its measurement at time 0, or a column init:${name}`,
        );
      }
      return own;
    });
    numbers.forEach((column, s) => {
      for (const value of [start[s], ...column]) {
        if (Number.isNaN(value)) continue;
        if (!Number.isFinite(value)) throw new RangeError(`${what}: ${species[s]} has the value ${value}`);
        lows[s] = Math.min(lows[s], value);
        highs[s] = Math.max(highs[s], value);
        highest = Math.max(highest, value);
      }
      count += column.filter((value) => !Number.isNaN(value)).length;
    });
    return { times: order.map((i) => times[i]), numbers, start };
  });
  if (!(highest > 0)) throw new RangeError('data: all concentrations are 0');
  return {
    species,
    concentration: highest,
    time: longest,
    count,
    ranges: Float64Array.from(species, (name, s) => {
      const range = (highs[s] - lows[s]) / highest;
      if (range > 0) return range;
      throw new RangeError(`data: ${name} never changes; leave it out`);
    }),
    courses: raw.map(({ times, numbers, start }, e) => ({
      name: names[e],
      start: Float64Array.from(start, (value) => value / highest),
      times: Float64Array.from(times, (value) => value / longest),
      values: Float64Array.from(times.flatMap((_, i) => numbers.map((column) => column[i] / highest))),
    })),
  };
}

const KEPT = /^(time|experiment)$|:/;

/**
 * Reads what {@link discover} learns from: a column `time`, one for each species, and perhaps `experiment`, which tells
 * runs apart, and `init:SPECIES`, what a run started from. Without the latter a run starts from what was measured at time 0.
 *
 * @param table as `parseCsv` of neural-crn/learning gives it
 * @param species default: every column that is none of the above
 * @throws DataError naming line, column and value of what cannot be used
 */
export function discoveryData(
  table: CsvTable,
  species?: readonly string[],
): { species: string[]; experiments: Experiment[] } {
  const names = [...(species ?? table.columns.filter((column) => !KEPT.test(column)))];
  const missing = names.find((name) => !table.columns.includes(name));
  if (missing !== undefined) {
    throw new DataError(
      'unknownColumn',
      `there is no column "${missing}"; there are ${table.columns.join(', ')}`,
      { column: missing },
    );
  }
  const kept = table.columns.flatMap((column, c) => (names.includes(column) || KEPT.test(column) ? [c] : []));
  const narrowed = {
    ...table,
    columns: kept.map((c) => table.columns[c]),
    rows: table.rows.map((row) => kept.map((c) => row[c])),
  };
  const odd = narrowed.columns.find((column) => /^(sigma|param):/.test(column));
  if (odd !== undefined) {
    throw new DataError('unknownColumn', `column "${odd}": only init:SPECIES may stand beside measurements`, {
      column: odd,
    });
  }
  const builder = networkBuilder();
  for (const name of names) {
    if (!isWritableName(name)) {
      throw new DataError('unknownColumn', `column "${name}": this is no name of a species`, {
        column: name,
      });
    }
    builder.init(name, 0);
  }
  return { species: names, experiments: experimentsOf(builder.build(), narrowed) };
}
