import type { ClockMeasure } from '../circuits/index.js';
import type { TrainReport } from '../learning/index.js';
import type { Network } from '../network/model.js';
import { suggest } from '../network/nearest.js';
import type { Solution } from '../simulate/solution.js';

/** Numbers of a clock, by name. */
export const clockMeasures: Readonly<Record<string, (measure: ClockMeasure) => number>> = {
  period: ({ period }) => period.mean,
  deviation: ({ period }) => period.deviation / period.mean,
  leak: ({ leak }) => leak,
  overlap: ({ overlap }) => overlap,
  idle: ({ idle }) => idle,
  peak: ({ phases }) => phases[0].peak,
  exposure1: ({ phases }) => phases[0].exposure,
  exposure2: ({ phases }) => phases[1].exposure,
};

const last = ({ history, epoch }: TrainReport) => history.find((record) => record.epoch === epoch);

/** Numbers of a training run, by name; NaN where the task has none of the kind. */
export const reportMeasures: Readonly<Record<string, (report: TrainReport) => number>> = {
  loss: (report) => last(report)?.validationLoss ?? Number.NaN,
  trainLoss: (report) => last(report)?.trainLoss ?? Number.NaN,
  hinge: (report) => last(report)?.validationHinge ?? Number.NaN,
  accuracy: ({ metrics }) => metrics.validationAccuracy ?? Number.NaN,
  trainAccuracy: ({ metrics }) => metrics.trainAccuracy ?? Number.NaN,
  gridAccuracy: ({ metrics }) => metrics.gridAccuracy ?? Number.NaN,
  r2: ({ metrics }) => metrics.validationR2 ?? Number.NaN,
  trainR2: ({ metrics }) => metrics.trainR2 ?? Number.NaN,
};

/** @throws RangeError for a name that is not among them */
export function namedMeasure<T>(
  measures: Readonly<Record<string, (outcome: T) => number>>,
  what: string,
): (name: string) => (outcome: T) => number {
  return (name) => {
    if (Object.hasOwn(measures, name)) return measures[name];
    const all = Object.keys(measures);
    throw new RangeError(
      `measure: ${what} has no ${JSON.stringify(name)}; ${suggest(name, all, `there are ${all.join(', ')}`)}`,
    );
  };
}

/** What may be asked about a species over time. */
const courses: Readonly<Record<string, (times: Float64Array, values: Float64Array) => number>> = {
  final: (_, values) => values[values.length - 1],
  min: (_, values) => values.reduce((least, value) => Math.min(least, value)),
  max: (_, values) => values.reduce((most, value) => Math.max(most, value)),
  mean: (times, values) => {
    const span = times[times.length - 1] - times[0];
    let area = 0;
    for (let i = 1; i < times.length; i++)
      area += ((values[i] + values[i - 1]) / 2) * (times[i] - times[i - 1]);
    return span > 0 ? area / span : values[0];
  },
  period: periodOf,
};

/**
 * Numbers of a simulation: `final(A)`, `min(A)`, `max(A)`, `mean(A)` over time and `period(A)`, from the rows that were
 * saved; `A` alone is `final(A)`. A dual-rail value `Z[1]` is `Z[1]+` minus `Z[1]-`; observables go by their names.
 * @throws (when called with a name) RangeError for what the network does not have
 */
export function solutionMeasure(network: Network): (name: string) => (solution: Solution) => number {
  const observables = new Map((network.observables ?? []).map((one) => [one.name, one.terms]));
  const index = new Map(network.species.map(({ name }, s) => [name, s]));
  const terms = (name: string): { species: number; value: number }[] | undefined => {
    const species = index.get(name);
    if (species !== undefined) return [{ species, value: 1 }];
    const [plus, minus] = [index.get(`${name}+`), index.get(`${name}-`)];
    if (plus !== undefined && minus !== undefined) {
      return [
        { species: plus, value: 1 },
        { species: minus, value: -1 },
      ];
    }
    return observables.get(name);
  };
  return (name) => {
    const [, course = 'final', argument = name] = /^(\w+)\((.+)\)$/.exec(name) ?? [];
    const of = terms(argument.trim().replace(/^`(.*)`$/, '$1'));
    if (!Object.hasOwn(courses, course) || of === undefined) {
      const names = network.species.map((one) => one.name);
      const hint = Object.hasOwn(courses, course)
        ? suggest(argument, names, 'it is about a species, a dual-rail value or an observable')
        : `there are ${Object.keys(courses)
            .map((one) => `${one}(…)`)
            .join(', ')}`;
      throw new RangeError(`measure: ${JSON.stringify(name)} cannot be taken from the network; ${hint}`);
    }
    return (solution) => {
      const values = new Float64Array(solution.times.length);
      for (const { species, value } of of) {
        const column = solution.column(network.species[species].name);
        for (let i = 0; i < values.length; i++) values[i] += value * column[i];
      }
      return courses[course](solution.times, values);
    };
  };
}

/** Part of the run that is left out of a period: what is there before it oscillates. */
const SETTLING = 0.5;

/** Mean time between rises through the middle of its range, in the second half of the run; NaN without two of them. */
function periodOf(times: Float64Array, values: Float64Array): number {
  const end = times[times.length - 1];
  const from = times.findIndex((time) => time >= times[0] + SETTLING * (end - times[0]));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = from; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const middle = (low + high) / 2;
  let [first, latest, count] = [Number.NaN, Number.NaN, 0];
  for (let i = from + 1; i < values.length; i++) {
    if (!(values[i - 1] < middle && values[i] >= middle)) continue;
    const part = (middle - values[i - 1]) / (values[i] - values[i - 1]);
    latest = times[i - 1] + part * (times[i] - times[i - 1]);
    if (count++ === 0) first = latest;
  }
  return count < 2 ? Number.NaN : (latest - first) / (count - 1);
}
