import type { Network } from '../../network/model.js';
import type { Solution } from '../../simulate/solution.js';
import type { StochasticSolution } from '../../stochastic/solution.js';
import type { TrainJobResult } from '../train-job.js';
import {
  COUNTERS,
  type Counter,
  type Quantity,
  type SimulationQuantity,
  STOCHASTIC_COUNTERS,
  type StochasticCounter,
} from './quantities.js';

/** What is kept of a case, by column; `null` where there is no finite number. */
export type Values = Record<string, number | null>;

const finite = (value: number | undefined): number | null =>
  // −0 becomes 0, as in JSON.
  value !== undefined && Number.isFinite(value) ? value + 0 : null;

/** @throws RangeError for a time or a span outside of the run */
export function measureSolution(
  network: Network,
  solution: Solution | StochasticSolution,
  quantities: readonly Quantity[],
): Values {
  return Object.fromEntries(
    quantities.map((quantity) => [
      quantity.column,
      finite(
        quantity.what === 'stats'
          ? counted(solution, quantity.counter)
          : measured(network, solution, quantity as Exclude<SimulationQuantity, { what: 'stats' }>),
      ),
    ]),
  );
}

const counted = (solution: Solution | StochasticSolution, counter: Counter | StochasticCounter): number =>
  'run' in solution
    ? STOCHASTIC_COUNTERS[counter as StochasticCounter](solution.stats)
    : COUNTERS[counter as Counter](solution.stats);

function measured(
  network: Network,
  solution: Solution | StochasticSolution,
  quantity: Exclude<SimulationQuantity, { what: 'stats' }>,
): number {
  const terms = termsOf(network, quantity.species);
  const sum = (of: (species: string) => number) =>
    terms.length === 1 && terms[0].value === 1
      ? of(terms[0].name)
      : terms.reduce((total, { name, value }) => total + value * of(name), 0);
  switch (quantity.what) {
    case 'final': {
      const { final } = solution;
      return sum((name) => final[name]);
    }
    case 'at': {
      const row = solution.at(quantity.time);
      return sum((name) => row[name]);
    }
    default: {
      const { times } = solution;
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = quantity.span;
      const rows = [...times.keys()].filter((i) => times[i] >= from && times[i] <= to);
      if (rows.length === 0) {
        throw new RangeError(
          `take: "${quantity.what} ${quantity.species}" has no saved row from ${from} to ${to}; the run saved ` +
            `${times.length} from ${times[0]} to ${times[times.length - 1]}`,
        );
      }
      const values = rows.map((i) => sum((name) => solution.column(name)[i]));
      return summary(
        quantity.what,
        rows.map((i) => times[i]),
        values,
      );
    }
  }
}

/** A species by itself, or the species of an observable with their weights. */
function termsOf({ species, observables = [] }: Network, name: string): { name: string; value: number }[] {
  if (species.some((one) => one.name === name)) return [{ name, value: 1 }];
  const observable = observables.find((one) => one.name === name);
  return (observable?.terms ?? []).map((term) => ({ name: species[term.species].name, value: term.value }));
}

function summary(what: 'max' | 'min' | 'mean' | 'range', times: number[], values: number[]): number {
  let least = values[0];
  let most = values[0];
  let area = 0;
  for (let i = 1; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
    area += ((times[i] - times[i - 1]) * (values[i] + values[i - 1])) / 2;
  }
  if (what === 'max') return most;
  if (what === 'min') return least;
  if (what === 'range') return most - least;
  // Over time, by the trapezoidal rule on the saved rows.
  return values.length === 1 ? values[0] : area / (times[times.length - 1] - times[0]);
}

export function measureTraining({ report }: TrainJobResult, quantities: readonly Quantity[]): Values {
  const { circuit, metrics, epoch, history, stats } = report;
  // The epoch that the metrics are of.
  const described = history.find((record) => record.epoch === epoch);
  const values: Partial<Record<string, number>> = {
    epoch,
    species: circuit.species,
    reactions: circuit.reactions,
    maxMolecularity: circuit.maxMolecularity,
    ...(described && { trainLoss: described.trainLoss, validationLoss: described.validationLoss }),
    ...(metrics as Omit<typeof metrics, 'confusion' | 'gridConfusion'>),
  };
  return Object.fromEntries(
    quantities.map((quantity) => [
      quantity.column,
      quantity.what === 'stats'
        ? COUNTERS[quantity.counter as Counter](stats)
        : finite(quantity.what === 'training' ? values[quantity.name] : undefined),
    ]),
  );
}
