import { orderParameters, surveyExpression } from '../network/expression.js';
import type { Expression, LevelCrossing, Network } from '../network/model.js';
import { showName } from '../network/names.js';
import { printReaction } from '../network/print.js';
import type { Plan, PlannedDose, PlannedEvent } from '../simulate/plan.js';
import type { Prepared } from '../simulate/prepare.js';
import { differentiateExpression } from './expressions.js';
import type { Quantity } from './quantities.js';

/** Numbers that are mostly 0: those at some places. */
export interface Sparse {
  at: number[];
  value: number[];
}

/** One number for each quantity; undefined: all 0. */
export type Dots = Float64Array | undefined;

/** What a run's quantities do to all that it is made of: the first links of every chain of derivatives. */
export interface Derivatives {
  /** What each quantity is counted in: its own size, or of one that is 0 that of its like. */
  scales: Float64Array;
  /** By quantity: derivatives of the rate constants, by reaction. */
  constants: Sparse[];
  /** By quantity: derivatives of the starting concentrations, by species. */
  initial: Sparse[];
  /** Of a dose's amount. */
  amountOf(dose: PlannedDose): Dots;
  /** Of a phase's duration. */
  durationOf(phase: number): Dots;
  /** Of the level that a crossing seen in a phase has. */
  levelOf(crossed: PlannedEvent, phase: number): Dots;
}

/** What of a run stands as a number in its options, so that no quantity but itself moves it. */
export interface Given {
  parameters?: Readonly<Record<string, number>> | undefined;
  initial?: Readonly<Record<string, number>> | undefined;
  /** Rate constants by reaction. */
  constants?: ReadonlyMap<number, number> | undefined;
  schedule: boolean;
}

/** The derivatives of the runs of one network by some quantities. */
export class Differentiator {
  /** Where each parameter stands in an expression, by name. */
  private readonly rates: ReadonlyMap<string, readonly number[]>;
  private readonly starts: ReadonlyMap<string, readonly number[]>;
  private readonly order: readonly number[];

  constructor(
    private readonly network: Network,
    private readonly quantities: readonly Quantity[],
  ) {
    this.rates = usersOf(network.reactions.map(({ rate }) => rate));
    this.starts = usersOf(network.species.map(({ initial }) => initial));
    this.order = orderParameters(network.parameters).order;
  }

  /**
   * @param given what the options of the run say in place of the network
   * @throws RangeError naming what has no finite derivative
   */
  of(prepared: Prepared, given: Given): Derivatives {
    const directions = this.quantities.map((quantity) => this.direction(quantity, prepared, given));
    const { settings } = prepared;
    const values = settings.parameters;
    const { network } = this;
    const constants = this.quantities.map((quantity, q) => {
      if (quantity.kind === 'rate') return { at: [quantity.index], value: [1] };
      return this.collect(
        quantity,
        this.rates,
        directions[q],
        (r) => (given.constants?.has(r) ? undefined : network.reactions[r].rate),
        values,
        (r) => `the rate constant of \`${printReaction(network, r)}\``,
      );
    });
    const initial = this.quantities.map((quantity, q) => {
      if (quantity.kind === 'initial') return { at: [quantity.index], value: [1] };
      const overridden = given.initial ?? {};
      return this.collect(
        quantity,
        this.starts,
        directions[q],
        (s) => (Object.hasOwn(overridden, network.species[s].name) ? undefined : network.species[s].initial),
        values,
        (s) => `the initial concentration of ${showName(network.species[s].name)}`,
      );
    });
    const scales = this.scales(prepared);
    return { scales, constants, initial, ...this.schedule(prepared, given.schedule, directions) };
  }

  /** @param replaced whether the options' own schedule stands for the network's phases; its events stay */
  private schedule(
    { settings, plan }: Prepared,
    replaced: boolean,
    directions: readonly ReadonlyMap<string, number>[],
  ): Pick<Derivatives, 'amountOf' | 'durationOf' | 'levelOf'> {
    const { phases, doses, species } = this.network;
    const dotsOf = (expression: Expression, what: () => string) =>
      this.dotsOf(expression, settings.parameters, directions, what);
    const amounts = doses.map(({ amount, species: s }, d) => {
      const dots = dotsOf(amount, () => `the dose of ${showName(species[s].name)}`);
      const unit = this.quantities.findIndex(({ kind, index }) => kind === 'dose' && index === d);
      if (unit < 0) return dots;
      const own = dots ?? new Float64Array(this.quantities.length);
      own[unit] = 1;
      return own;
    });
    const own = replaced ? [] : phases;
    const durations = own.map(({ duration, name }) =>
      dotsOf(duration, () => `the duration of the phase ${showName(name)}`),
    );
    const levelDots = (crossing: LevelCrossing | undefined) =>
      crossing === undefined
        ? undefined
        : dotsOf(crossing.level, () => `the level of ${showName(species[crossing.species].name)}`);
    const ofStarts = own.map(({ when }) => levelDots(when));
    const ofDoses = doses.map(({ at }) => (at.kind === 'level' ? levelDots(at) : undefined));
    return {
      amountOf: ({ source }) => (source === undefined ? undefined : amounts[source]),
      durationOf: (phase) => durations[phase],
      levelOf: (crossed, phase) => {
        const starts = crossed.after === 'nextPhase' ? [ofStarts[(phase + 1) % plan.phases.length]] : [];
        const [first, ...others] = [...starts, ...crossed.doses.map(({ source = -1 }) => ofDoses[source])];
        if (others.every((other) => sameDots(first, other))) return first;
        throw new RangeError(
          `the crossing of ${species[crossed.species].name} at ${crossed.level} is written in two ways whose levels move ` +
            'differently: write both by one expression',
        );
      },
    };
  }

  /** Derivatives of all parameters by a quantity. */
  private direction(
    { kind, index, name }: Quantity,
    { settings }: Prepared,
    { parameters: overridden = {} }: Given,
  ): Map<string, number> {
    const dots = new Map<string, number>();
    if (kind !== 'parameter') return dots;
    const { parameters } = this.network;
    dots.set(parameters[index].name, 1);
    for (const p of this.order) {
      const { name: other, value } = parameters[p];
      if (p === index || Object.hasOwn(overridden, other)) continue;
      const { dot } = differentiateExpression(value, settings.parameters, dots);
      if (dot !== 0) dots.set(other, finite(dot, `the parameter ${showName(other)}`, name));
    }
    return dots;
  }

  private collect(
    { name }: Quantity,
    users: ReadonlyMap<string, readonly number[]>,
    dots: ReadonlyMap<string, number>,
    expressionAt: (place: number) => Expression | undefined,
    values: ReadonlyMap<string, number>,
    what: (place: number) => string,
  ): Sparse {
    const places = new Set<number>();
    for (const parameter of dots.keys()) for (const place of users.get(parameter) ?? []) places.add(place);
    const found: Sparse = { at: [], value: [] };
    for (const place of [...places].sort((one, other) => one - other)) {
      const expression = expressionAt(place);
      if (expression === undefined) continue;
      const { dot } = differentiateExpression(expression, values, dots);
      if (dot === 0) continue;
      found.at.push(place);
      found.value.push(finite(dot, what(place), name));
    }
    return found;
  }

  private dotsOf(
    expression: Expression,
    values: ReadonlyMap<string, number>,
    directions: readonly ReadonlyMap<string, number>[],
    what: () => string,
  ): Dots {
    const named = surveyExpression(expression).parameters;
    if (named.length === 0) return undefined;
    let dots: Dots;
    directions.forEach((direction, q) => {
      if (!named.some((node) => direction.has(node.name))) return;
      const { dot } = differentiateExpression(expression, values, direction);
      if (dot === 0) return;
      dots ??= new Float64Array(directions.length);
      dots[q] = finite(dot, what(), this.quantities[q].name);
    });
    return dots;
  }

  private scales({ settings, initial, plan }: Prepared): Float64Array {
    const largest = initial.reduce((most, value) => Math.max(most, value), 0);
    const { network } = this;
    return Float64Array.from(this.quantities, ({ kind, index }) => {
      if (kind === 'parameter') {
        return Math.abs(settings.parameters.get(network.parameters[index].name) as number) || 1;
      }
      if (kind === 'rate') return settings.constants[index] || 1;
      const own = kind === 'initial' ? initial[index] : (plannedDose(plan, index)?.amount ?? 0);
      return own || largest || 1;
    });
  }
}

function finite(dot: number, what: string, quantity: string): number {
  if (Number.isFinite(dot)) return dot;
  throw new RangeError(`the derivative of ${what} by ${quantity} is ${dot}; it must be finite`);
}

function usersOf(expressions: readonly Expression[]): Map<string, number[]> {
  const users = new Map<string, number[]>();
  expressions.forEach((expression, place) => {
    if (expression.kind === 'number') return;
    for (const { name } of surveyExpression(expression).parameters) {
      const list = users.get(name);
      if (list === undefined) users.set(name, [place]);
      else if (list[list.length - 1] !== place) list.push(place);
    }
  });
  return users;
}

/** The dose of a plan that stands for the d-th of its network, if its schedule has it. */
function plannedDose({ phases, events }: Plan, d: number): PlannedDose | undefined {
  for (const { doses } of [...phases, ...events]) {
    const found = doses.find(({ source }) => source === d);
    if (found !== undefined) return found;
  }
  return undefined;
}

const sameDots = (one: Dots, other: Dots): boolean =>
  one === other ||
  (one ?? other ?? new Float64Array(0)).every((_, q) => (one?.[q] ?? 0) === (other?.[q] ?? 0));
