import type { Network } from '../network/model.js';
import { suggest } from '../network/nearest.js';
import { checkKeys, checkNumber, checkPositive } from '../simulate/check.js';

/** Measured concentrations, to which a network is compared. */
export interface Observations {
  /** Times of measurements, in any order; a time may stand several times. */
  times: ArrayLike<number>;
  /** By species or observable of the network: what was measured at each of the times, NaN where nothing was. */
  values: Readonly<Record<string, ArrayLike<number>>>;
  /**
   * Standard deviations of the measurements, > 0: one for all, one by name, or one for each. Default 1: all count alike.
   */
  sigma?: number | Readonly<Record<string, number | ArrayLike<number>>>;
}

/** Measurements as the solver meets them. */
export interface Points {
  /** Times at which something was measured, strictly increasing. */
  times: Float64Array;
  /** Of each measurement: its time as an index, the column of what was measured, the number, and 1/σ. */
  row: Int32Array;
  column: Int32Array;
  value: Float64Array;
  weight: Float64Array;
  columns: readonly Column[];
}

/** A species or an observable: a weighted sum of species. */
export interface Column {
  name: string;
  species: readonly number[];
  weights: readonly number[];
}

/** The species or observable of a name. @throws RangeError naming what there is */
export function columnOf(network: Network, option: string, name: string): Column {
  const species = network.species.findIndex((one) => one.name === name);
  if (species >= 0) return { name, species: [species], weights: [1] };
  const observable = network.observables?.find((one) => one.name === name);
  if (observable !== undefined) {
    const { terms } = observable;
    return { name, species: terms.map((term) => term.species), weights: terms.map(({ value }) => value) };
  }
  const known = [...network.species, ...(network.observables ?? [])].map((one) => one.name);
  const shown =
    known.length > 12 ? `${known.slice(0, 12).join(', ')}, … (${known.length})` : known.join(', ');
  throw new RangeError(
    `${option}: ${JSON.stringify(name)} is no species or observable of the network; ${suggest(name, known, `it has ${shown}`)}`,
  );
}

/**
 * Checks measurements, and orders them.
 * @param option what to call them in messages
 * @param from where runs start: nothing can be measured before
 * @throws RangeError or TypeError naming the column, the place and the value
 */
export function readObservations(
  network: Network,
  option: string,
  given: Observations,
  from: number,
): Points {
  checkKeys(option, given, ['times', 'values', 'sigma', 'initial', 'parameters', 'name']);
  const times = numbersOf(`${option}.times`, given.times);
  if (typeof given.values !== 'object' || given.values === null) {
    throw new TypeError(`${option}.values must be an object of arrays by species or observable`);
  }
  times.forEach((time, i) => {
    checkNumber(`${option}.times[${i}]`, time);
    if (time < from)
      throw new RangeError(`${option}.times[${i}] is ${time}, before the run starts at ${from}`);
  });
  const names = Object.keys(given.values);
  const columns = names.map((name) => columnOf(network, `${option}.values`, name));
  const found: { time: number; column: number; value: number; weight: number }[] = [];
  names.forEach((name, column) => {
    const values = numbersOf(`${option}.values.${name}`, given.values[name]);
    if (values.length !== times.length) {
      throw new RangeError(
        `${option}.values.${name} has ${values.length} numbers, but there are ${times.length} times`,
      );
    }
    values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      checkNumber(`${option}.values.${name}[${i}]`, value);
      const sigma = sigmaAt(option, given.sigma, name, i, times.length);
      found.push({ time: times[i], column, value, weight: 1 / sigma });
    });
  });
  if (found.length === 0) throw new RangeError(`${option} holds no measurement`);
  const unique = [...new Set(found.map(({ time }) => time))].sort((a, b) => a - b);
  const rowOf = new Map(unique.map((time, row) => [time, row]));
  return {
    times: Float64Array.from(unique),
    row: Int32Array.from(found, ({ time }) => rowOf.get(time) as number),
    column: Int32Array.from(found, ({ column }) => column),
    value: Float64Array.from(found, ({ value }) => value),
    weight: Float64Array.from(found, ({ weight }) => weight),
    columns,
  };
}

function numbersOf(option: string, given: ArrayLike<number>): number[] {
  if (typeof given !== 'object' || given === null || typeof given.length !== 'number') {
    throw new TypeError(`${option} must be an array of numbers`);
  }
  return Array.from(given, (value, i) => {
    if (typeof value === 'number') return value;
    throw new TypeError(
      `${option}[${i}] must be a number (NaN where nothing was measured), not ${typeof value}`,
    );
  });
}

function sigmaAt(
  option: string,
  sigma: Observations['sigma'],
  name: string,
  i: number,
  count: number,
): number {
  if (sigma === undefined) return 1;
  if (typeof sigma === 'number') return checkPositive(`${option}.sigma`, sigma);
  if (typeof sigma !== 'object' || sigma === null) {
    throw new TypeError(`${option}.sigma must be a number or an object by species`);
  }
  const own = sigma[name];
  if (own === undefined) return 1;
  if (typeof own === 'number') return checkPositive(`${option}.sigma.${name}`, own);
  if (typeof own !== 'object' || own === null || own.length !== count) {
    throw new RangeError(`${option}.sigma.${name} must be a number, or ${count} numbers as there are times`);
  }
  return checkPositive(`${option}.sigma.${name}[${i}]`, own[i]);
}

/** (model − measurement)/σ of every measurement. @param rows concentrations at the times, row by row */
export function residualsOf(points: Points, rows: Float64Array, species: number): Float64Array {
  return points.value.map((value, m) => {
    const at = points.row[m] * species;
    const { species: members, weights } = points.columns[points.column[m]];
    let sum = 0;
    for (let t = 0; t < members.length; t++) sum += weights[t] * rows[at + members[t]];
    return (sum - value) * points.weight[m];
  });
}

/** What half the sum of squares of the residuals says of the concentrations at the times, row by row. */
export function cotangentsOf(points: Points, residuals: Float64Array, species: number): Float64Array {
  const rows = new Float64Array(points.times.length * species);
  residuals.forEach((residual, m) => {
    const at = points.row[m] * species;
    const { species: members, weights } = points.columns[points.column[m]];
    for (let t = 0; t < members.length; t++) {
      rows[at + members[t]] += residual * points.weight[m] * weights[t];
    }
  });
  return rows;
}
