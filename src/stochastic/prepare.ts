import type { EngineKind } from '../engine/types.js';
import type { Network } from '../network/model.js';
import { checkKeys, checkNumber, checkOneOf, checkPositive, checkWhole } from '../simulate/check.js';
import { firingOf, presenceOf } from '../simulate/phase-problems.js';
import type { Plan, PlannedDose } from '../simulate/plan.js';
import { prepare } from '../simulate/prepare.js';
import type { Circumstances } from './channels.js';
import type { EnsembleOptions, StochasticMethod, StochasticOptions, StochasticUnit } from './types.js';
import { volumesOf } from './volumes.js';

export const stochasticMethods: readonly StochasticMethod[] = [
  'auto',
  'direct',
  'sorted',
  'rejection',
  'next',
  'tau',
];
export const defaultEpsilon = 0.03;
export const defaultMaxEvents = 1_000_000_000;

/** Options that mean what they mean for `simulate`. */
const shared = [
  'to',
  'from',
  'saveAt',
  'save',
  'initial',
  'parameters',
  'schedule',
  'maxSeconds',
  'engine',
  'signal',
] as const;

export const ensembleOptionNames: readonly string[] = [
  ...shared,
  'volume',
  'seed',
  'method',
  'epsilon',
  'unit',
  'rounding',
  'maxEvents',
];

/** Everything the runs of a network need, checked. */
export interface PreparedStochastic {
  network: Network;
  /** Names in the network's order. */
  species: readonly string[];
  plan: Plan;
  /** By phase: the reactions that run and can fire. */
  phases: readonly (readonly number[])[];
  from: number;
  to: number;
  saveAt: Float64Array;
  given: Circumstances;
  /** Values of the network's parameters. */
  parameters: ReadonlyMap<string, number>;
  /** Concentrations, or amounts, at the start. */
  initial: Float64Array;
  /** 1 for species that are held: their concentration is a state of its own, not a number of molecules. */
  held: Uint8Array;
  method: StochasticMethod;
  epsilon: number;
  seed: number;
  unit: StochasticUnit;
  engine: EngineKind;
  maxEvents: number;
  maxSeconds: number;
  signal: AbortSignal | undefined;
}

/** A number of molecules this near to a whole one is meant to be it: what is between is the rounding of decimals. */
const SAME = 1e-12;

/** Molecules of an amount of a species, not rounded to a whole number. */
export function moleculesOf(
  { given }: Pick<PreparedStochastic, 'given'>,
  species: number,
  amount: number,
): number {
  const exact = amount * given.volumes[species];
  const whole = Math.round(exact);
  return Math.abs(exact - whole) <= SAME * Math.abs(exact) ? whole : exact;
}

/** Checks a number that begins a stream of random numbers: a seed, or a run's own number. */
export function checkStream(option: string, value: unknown): number {
  const number = checkNumber(option, value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new RangeError(`${option} must be a whole number from 0 to 2^53 - 1, not ${number}`);
}

/**
 * Resolves the options of runs against their network.
 * @throws RangeError or TypeError naming the option, its value and what is allowed
 */
export function prepareStochastic(
  network: Network,
  options: EnsembleOptions,
  names: readonly string[] = ensembleOptionNames,
  what = 'simulateStochastic',
): PreparedStochastic {
  checkKeys(what, options, names);
  const own = Object.fromEntries(
    shared.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  const base = prepare(network, own);
  const { plan, settings, initial } = base;
  const volumes = volumesOf(network, settings.parameters, options.volume);
  const { firing } = firingOf(network, plan, presenceOf(base));
  const prepared: PreparedStochastic = {
    network,
    species: base.names,
    plan,
    phases: plan.phases.map(({ active }) => active.filter((r) => firing[r] === 1)),
    from: base.from,
    to: base.to,
    saveAt: base.saveAt,
    given: { constants: settings.constants, volumes, state: initial },
    parameters: settings.parameters,
    initial,
    held: Uint8Array.from(network.species, ({ constant }) => (constant ? 1 : 0)),
    method: checkOneOf('method', options.method ?? 'auto', stochasticMethods),
    epsilon: checkEpsilon(options.epsilon),
    seed: checkStream('seed', options.seed ?? 0),
    unit: checkOneOf('unit', options.unit ?? 'concentration', ['concentration', 'molecules']),
    engine: settings.engine,
    maxEvents:
      options.maxEvents === undefined ? defaultMaxEvents : checkWhole('maxEvents', options.maxEvents),
    maxSeconds: settings.maxSeconds,
    signal: options.signal,
  };
  if (checkOneOf('rounding', options.rounding ?? 'random', ['random', 'refuse']) === 'refuse') {
    refuseFractions(prepared);
  }
  return prepared;
}

function checkEpsilon(epsilon: StochasticOptions['epsilon']): number {
  if (epsilon === undefined) return defaultEpsilon;
  if (checkPositive('epsilon', epsilon) < 1) return epsilon;
  throw new RangeError(`epsilon must be below 1, not ${epsilon}`);
}

/** @throws RangeError naming a start or a dose that is no whole number of molecules */
function refuseFractions(prepared: PreparedStochastic): void {
  const { species, plan, initial, held } = prepared;
  const check = (what: string, s: number, amount: number) => {
    const molecules = moleculesOf(prepared, s, amount);
    if (held[s] === 1 || Number.isInteger(molecules)) return;
    throw new RangeError(
      `${what} of ${species[s]} is ${molecules} molecules, which is no whole number; take another volume, or ` +
        "rounding 'random'",
    );
  };
  initial.forEach((amount, s) => {
    check('the start', s, amount);
  });
  const doses: PlannedDose[] = [...plan.phases, ...plan.events].flatMap((one) => one.doses);
  for (const { species: s, amount } of doses) check('a dose', s, amount);
}
