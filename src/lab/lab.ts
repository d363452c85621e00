import {
  evaluateExpression,
  initialConcentrations,
  parameterValues,
  rateConstants,
} from '../network/index.js';
import type { Network } from '../network/model.js';
import { printReaction } from '../network/print.js';
import {
  dynamicRange,
  FEASIBLE,
  FUELS,
  inLabUnits,
  type LabScale,
  labScale,
  type PlainConstant,
  SIGNALS,
} from './scale.js';
import {
  concentrationText,
  durationText,
  parseConcentration,
  parseRate,
  rateText,
  rateUnit,
} from './units.js';

/** What is assumed where nothing else is said: signals of up to 100 nM, and the fastest toeholds. */
export const LAB_DEFAULTS = { concentration: '100 nM', rate: '1e6 /M/s' } as const;

export interface LabOptions {
  /** What one model unit of concentration stands for. Default `'100 nM'`. */
  concentration?: string;
  /** What the largest rate constant of the second order stands for. Default `'1e6 /M/s'`. */
  rate?: string;
  /** Values for named parameters, in place of the network's. */
  parameters?: Record<string, number>;
  /** Length of a run in the model's unit of time. Default: the network's `simulate to`, else its schedule's length. */
  to?: number;
}

/** A rate constant of a network in the units of a laboratory. */
export interface LabConstant {
  /** Place in `network.reactions`. */
  reaction: number;
  /** Its label; `null` where it has none. */
  label: string | null;
  /** Sum of the exponents in its rate law. */
  order: number;
  /** In the model's units. */
  model: number;
  /** In M and s. */
  value: number;
  unit: string;
  /** Where it lies outside of what DNA strand displacement can be given. */
  outside?: 'below' | 'above';
}

/** All constants of one order. */
export interface LabOrder {
  order: number;
  count: number;
  /** Least and largest that are not 0, in M and s. */
  least: number;
  most: number;
  unit: string;
  /** Least and largest that are feasible, for the first and the second order. */
  feasible?: readonly [number, number];
  /** How many lie outside. */
  outside: number;
}

/** A network in the units of a laboratory. */
export interface Lab {
  /** M in one model unit of concentration. */
  concentration: number;
  /** /M/s that the largest constant of the second order stands for. */
  rate: number;
  /** /M/s that k = 1 of the second order stands for. */
  one: number;
  /** Seconds in one model unit of time. */
  timeUnit: number;
  /** The constant that sets the time, in the model's units; `null` where none is of the second order. */
  limit: { label: string; rate: number } | null;
  /** The other convention: k = 1 of the second order stands for `rate`. What the largest constant then is, in /M/s. */
  ifOne: { timeUnit: number; largest: number | null };
  /** Largest over smallest constant that is not 0, whatever their order, in the model's units. */
  range: number;
  orders: LabOrder[];
  constants: LabConstant[];
  /** The largest concentration that the network starts with or is dosed with, in M; `null` where it has none. */
  largest: { species: string; value: number; outside: boolean } | null;
  /** Length of a run: in the model's unit, and in seconds. `null` where the network does not say how long it runs. */
  run: { model: number; seconds: number } | null;
  /** Reactions that a laboratory has to make of others. */
  remarks: string[];
}

/** Constants are equal to a limit if they differ by no more than rounding. */
const SLACK = 1 + 1e-9;

/**
 * A network in the units of a laboratory: how long it takes, what its constants are, and which of them DNA strand
 * displacement cannot be given.
 *
 * The largest constant of the second order is mapped to `rate`, so nothing is faster than that allows. The other
 * convention, k = 1 mapped to it, is told beside (`ifOne`).
 *
 * ```ts
 * const { timeUnit, run } = lab(network, { concentration: '10 nM', rate: '5e5 /M/s' });
 * ```
 * @throws RangeError naming an option that cannot be read
 */
export function lab(network: Network, options: LabOptions = {}): Lab {
  const { concentration = LAB_DEFAULTS.concentration, rate = LAB_DEFAULTS.rate } = options;
  const units = { concentration: parseConcentration(concentration), rate: parseRate(rate) };
  const values = parameterValues(network, options.parameters);
  const plain = plainConstants(network, rateConstants(network, values));
  const scale = labScale(plain, units);
  const constants = plain.flatMap((constant, reaction) =>
    constant.rate === 0 ? [] : [labConstant(network, reaction, constant, scale)],
  );
  const to = options.to ?? runLength(network, values);
  return {
    ...units,
    one: scale.one,
    timeUnit: scale.second,
    limit: scale.limit && { label: labelOf(network, plain.indexOf(scale.limit)), rate: scale.limit.rate },
    ifOne: {
      timeUnit: 1 / (units.rate * units.concentration),
      largest: scale.limit && scale.limit.rate * units.rate,
    },
    range: dynamicRange(plain),
    orders: ordersOf(constants),
    constants,
    largest: largestConcentration(network, values, units.concentration),
    run: to === undefined ? null : { model: to, seconds: to * scale.second },
    remarks: remarksOn(plain, network),
  };
}

/** A reaction's label; where it has none, its text. */
export const labelOf = (network: Network, reaction: number): string =>
  network.reactions[reaction].label ?? printReaction(network, reaction);

/** Constants by reaction. */
function plainConstants(network: Network, rates: Float64Array): PlainConstant[] {
  return network.reactions.map(({ label, orders }, r) => ({
    label: label ?? '',
    rate: rates[r],
    order: orders.reduce((sum, { value }) => sum + value, 0),
  }));
}

function labConstant(
  network: Network,
  reaction: number,
  { rate, order }: PlainConstant,
  scale: LabScale,
): LabConstant {
  const value = inLabUnits(scale, rate, order);
  const feasible = FEASIBLE[order as 1 | 2];
  const outside =
    feasible === undefined || (value * SLACK >= feasible[0] && value <= feasible[1] * SLACK)
      ? undefined
      : value > feasible[1]
        ? 'above'
        : 'below';
  return {
    reaction,
    label: network.reactions[reaction].label,
    order,
    model: rate,
    value,
    unit: rateUnit(order),
    ...(outside && { outside }),
  };
}

function ordersOf(constants: readonly LabConstant[]): LabOrder[] {
  const orders = new Map<number, LabConstant[]>();
  for (const constant of constants) {
    const same = orders.get(constant.order);
    if (same) same.push(constant);
    else orders.set(constant.order, [constant]);
  }
  return [...orders]
    .sort(([a], [b]) => a - b)
    .map(([order, same]) => {
      const feasible = FEASIBLE[order as 1 | 2];
      return {
        order,
        count: same.length,
        least: same.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY),
        most: same.reduce((most, { value }) => Math.max(most, value), 0),
        unit: rateUnit(order),
        ...(feasible && { feasible }),
        outside: same.filter(({ outside }) => outside !== undefined).length,
      };
    });
}

function largestConcentration(
  network: Network,
  values: ReadonlyMap<string, number>,
  unit: number,
): Lab['largest'] {
  const all = [
    ...[...initialConcentrations(network, values)].map((value, species) => ({ species, value })),
    ...network.doses.map(({ species, amount }) => ({ species, value: evaluateExpression(amount, values) })),
  ];
  const top = all.reduce((best, one) => (one.value > best.value ? one : best), { species: -1, value: 0 });
  if (top.species < 0) return null;
  const { name, constant } = network.species[top.species];
  const value = top.value * unit;
  // What is held is a fuel.
  const [, most] = constant ? FUELS : SIGNALS;
  return { species: name, value, outside: value > most * SLACK };
}

function runLength(network: Network, values: ReadonlyMap<string, number>): number | undefined {
  const { to } = network.simulation;
  if (to !== undefined) return evaluateExpression(to, values);
  return network.phases.length === 0 ? undefined : scheduleLength(network, values);
}

/** Length of one round of a network's schedule, in the model's unit of time. */
export function scheduleLength(
  network: Pick<Network, 'phases' | 'parameters'>,
  values: ReadonlyMap<string, number> = parameterValues(network),
): number {
  return network.phases.reduce((sum, { duration }) => sum + evaluateExpression(duration, values), 0);
}

function remarksOn(constants: readonly PlainConstant[], { compartments }: Network): string[] {
  const count = (fits: (order: number) => boolean) =>
    constants.filter(({ rate, order }) => rate > 0 && fits(order)).length;
  const reactions = (n: number) => (n === 1 ? '1 reaction' : `${n} reactions`);
  const sources = count((order) => order === 0);
  const higher = count((order) => order > 2);
  const broken = count((order) => order < 2 && !Number.isInteger(order));
  return [
    ...(compartments === undefined
      ? []
      : [
          'the network has units of its own: its compartments are taken for one, and amounts for concentrations',
        ]),
    ...(sources === 0
      ? []
      : [`${reactions(sources)} without reactants: a fuel held in excess has to make them`]),
    ...(higher === 0 ? [] : [`${reactions(higher)} of more than two molecules: two steps each`]),
    ...(broken === 0 ? [] : [`${reactions(broken)} of broken order: no elementary step has one`]),
  ];
}

/** The numbers of a {@link Lab} that reports have. */
export interface LabSummary {
  /** M in one model unit. */
  concentration: number;
  /** /M/s that the largest constant of the second order stands for, and that k = 1 then is. */
  rate: number;
  one: number;
  /** Seconds in one model unit of time. */
  timeUnit: number;
  /** Largest over smallest constant, in model units. */
  range: number;
  /** Constants of the first and second order that DNA strand displacement cannot be given. */
  notFeasible: number;
}

export function labSummary({ concentration, rate, one, timeUnit, range, orders }: Lab): LabSummary {
  const notFeasible = orders.reduce((sum, { outside }) => sum + outside, 0);
  return { concentration, rate, one, timeUnit, range, notFeasible };
}

/** What {@link lab} found about the time, in a line or two, with the convention that it is by. */
export function labLines({ concentration, rate, one, timeUnit, limit, ifOne, orders, range }: Lab): string[] {
  const outside = orders.filter((order) => order.outside > 0);
  const k = (value: number) => String(Number(value.toPrecision(3)));
  return [
    `1 time unit is ${durationText(timeUnit)} where 1 is ${concentrationText(concentration)} and ` +
      (limit === null
        ? `k = 1 of the second order is ${rateText(rate, 2)} (there is none)`
        : `the largest constant of the second order, ${k(limit.rate)} (${limit.label}), is ${rateText(rate, 2)}; ` +
          `k = 1 is then ${rateText(one, 2)}`),
    ...(limit === null || limit.rate === 1
      ? []
      : [
          `with k = 1 at ${rateText(rate, 2)} it would be ${durationText(ifOne.timeUnit)}, and the largest ` +
            `${rateText(ifOne.largest as number, 2)}`,
        ]),
    `constants span ${k(range)}-fold` +
      (outside.length === 0
        ? '; all of the first and second order are feasible'
        : outside
            .map(
              ({ order, outside: many, count, least, most, feasible = [0, 0] }) =>
                `; ${many} of ${count} of order ${order} are not feasible (${rateText(least, order)} to ` +
                `${rateText(most, order)}, feasible ${rateText(feasible[0], order)} to ${rateText(feasible[1], order)})`,
            )
            .join('')),
  ];
}
