import { evaluateExpression, initialConcentrations, speciesIndex } from '../network/index.js';
import type { Network, SaveGrid } from '../network/model.js';
import { checkKeys, checkNonNegative, checkNumber, checkSpecies } from './check.js';
import { requireNetwork } from './check-network.js';
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
  /** The network's own initial concentrations. */
  own: Float64Array;
  /** Species in the network's order. */
  names: readonly string[];
  /** The place of every species, by name. */
  places: ReadonlyMap<string, number>;
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

/** Numbers that the rows of one run may hold (2 GB). */
export const MAX_SAVED = 2.5e8;

function saveTimes(network: Network, options: SimulateOptions, from: number, to: number): Float64Array {
  if (options.saveAt !== undefined) return givenTimes(options.saveAt, from, to);
  const grid = saveGrid(network, options, to);
  const rows = grid.kind === 'uniform' ? grid.intervals + 1 : grid.points;
  if (rows * network.species.length > MAX_SAVED) {
    throw new RangeError(
      `save asks for ${rows} rows of ${network.species.length} species, more than ${MAX_SAVED} numbers in all; save fewer`,
    );
  }
  return gridTimes(grid, from, to);
}

function saveGrid(network: Network, options: SimulateOptions, to: number): SaveGrid {
  const own = network.simulation.save;
  if (options.save === undefined && own?.kind === 'log' && options.to !== undefined && own.from < to) {
    // An end given as an option shortens the network's own grid; it would otherwise reach past the end.
    return { ...own, to: Math.min(own.to, to) };
  }
  const given = options.save ?? own ?? defaultIntervals;
  if (typeof given === 'number') return { kind: 'uniform', intervals: given };
  if (typeof given !== 'object' || given === null || (given.kind !== 'uniform' && given.kind !== 'log')) {
    throw new TypeError("save must be a number of intervals or { kind: 'uniform' | 'log', … }");
  }
  return given;
}

/** The network's own concentrations at the start of a run. */
export function ownState(network: Network, settings: Settings): Float64Array {
  const state = initialConcentrations(network, settings.parameters);
  state.forEach((value, s) => {
    checkNonNegative(`the initial concentration of ${network.species[s].name}`, value);
  });
  return state;
}

/** Concentrations at the start of a run. */
export function startState(
  { own, places, names }: Pick<Prepared, 'own' | 'places' | 'names'>,
  initial: SimulateOptions['initial'],
): Float64Array {
  if (initial === undefined) return own;
  if (typeof initial !== 'object' || initial === null) {
    throw new TypeError('initial must be an object of concentrations by species');
  }
  const state = own.slice();
  const given = Object.keys(initial);
  for (let i = 0; i < given.length; i++) {
    const name = given[i];
    const value = initial[name];
    // Starts for every species mostly come in the network's order.
    const place = names[i] === name ? i : places.get(name);
    const isGood = place !== undefined && typeof value === 'number' && value >= 0 && value < Infinity;
    // The names that a message needs are put together only for a message.
    if (isGood) state[place] = value;
    else state[checkSpecies('initial', name, places)] = checkNonNegative(`initial.${name}`, value);
  }
  return state;
}

/**
 * Resolves the options of a run against its network.
 * @param known what came of options with the same parameters and schedule; what follows from these is taken from it
 * @throws RangeError or TypeError naming the option, its value and what is allowed
 */
export function prepare(network: Network, options: SimulateOptions, known?: Prepared): Prepared {
  requireNetwork(network);
  checkKeys('simulate', options, simulateOptionNames);
  const { signal, onProgress } = options;
  if (signal !== undefined && typeof signal?.aborted !== 'boolean') {
    throw new TypeError('signal must be an AbortSignal');
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError('onProgress must be a function');
  }
  const settings = resolveSettings(network, options, known?.settings);
  const plan = known?.plan ?? makePlan(network, settings.parameters, options.schedule);
  const from = options.from === undefined ? 0 : checkNumber('from', options.from);
  const to = endTime(network, options, settings, plan, from);
  const own = known?.own ?? ownState(network, settings);
  const places = known?.places ?? speciesIndex(network);
  const names = known?.names ?? [...places.keys()];
  return {
    settings,
    plan,
    from,
    to,
    saveAt: saveTimes(network, options, from, to),
    initial: startState({ own, places, names }, options.initial),
    own,
    names,
    places,
  };
}
