import { evaluateExpression, initialConcentrations, speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkKeys, checkNonNegative, checkNumber, checkSpecies } from './check.js';
import { defaultIntervals, givenTimes, gridTimes } from './grid.js';
import { makePlan, type Plan } from './plan.js';
import { resolveSettings, type Settings, solverOptionNames } from './settings.js';
import type { SimulateOptions } from './types.js';

const simulateOptionNames = [
  ...solverOptionNames,
  'to',
  'from',
  'saveAt',
  'save',
  'initial',
  'schedule',
  'signal',
  'onProgress',
];

/** Everything one run needs, checked. */
export interface Prepared {
  settings: Settings;
  plan: Plan;
  from: number;
  to: number;
  saveAt: Float64Array;
  initial: Float64Array;
}

function endTime(
  network: Network,
  options: SimulateOptions,
  settings: Settings,
  plan: Plan,
  from: number,
): number {
  let to: number;
  if (options.to !== undefined) to = checkNumber('to', options.to);
  else if (network.simulation.to !== undefined) {
    to = checkNumber('simulate to', evaluateExpression(network.simulation.to, settings.parameters));
  } else if (Number.isFinite(plan.length)) to = from + plan.length;
  else {
    throw new RangeError(
      "to is missing: give the end time as an option, or in the text as 'simulate to …', or give the network phases",
    );
  }
  if (!(to > from)) throw new RangeError(`to must be greater than ${from} (where the run starts), not ${to}`);
  return to;
}

function saveTimes(network: Network, options: SimulateOptions, from: number, to: number): Float64Array {
  if (options.saveAt !== undefined) return givenTimes(options.saveAt, from, to);
  const given = options.save ?? network.simulation.save ?? defaultIntervals;
  if (typeof given === 'number') return gridTimes({ kind: 'uniform', intervals: given }, from, to);
  if (typeof given !== 'object' || given === null || (given.kind !== 'uniform' && given.kind !== 'log')) {
    throw new TypeError("save must be a number of intervals or { kind: 'uniform' | 'log', … }");
  }
  return gridTimes(given, from, to);
}

function startState(network: Network, options: SimulateOptions, settings: Settings): Float64Array {
  const state = initialConcentrations(network, settings.parameters);
  state.forEach((value, s) => {
    checkNonNegative(`the initial concentration of ${network.species[s].name}`, value);
  });
  if (options.initial === undefined) return state;
  if (typeof options.initial !== 'object' || options.initial === null) {
    throw new TypeError('initial must be an object of concentrations by species');
  }
  const index = speciesIndex(network);
  for (const [name, value] of Object.entries(options.initial)) {
    state[checkSpecies('initial', name, index)] = checkNonNegative(`initial.${name}`, value);
  }
  return state;
}

/**
 * Resolves the options of a run against its network.
 * @throws RangeError or TypeError naming the option, its value and what is allowed
 */
export function prepare(network: Network, options: SimulateOptions): Prepared {
  checkKeys('simulate', options, simulateOptionNames);
  const settings = resolveSettings(network, options);
  const plan = makePlan(network, settings.parameters, options.schedule);
  const from = options.from === undefined ? 0 : checkNumber('from', options.from);
  const to = endTime(network, options, settings, plan, from);
  return {
    settings,
    plan,
    from,
    to,
    saveAt: saveTimes(network, options, from, to),
    initial: startState(network, options, settings),
  };
}
