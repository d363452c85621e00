import { activeReactions, evaluateExpression, speciesIndex } from '../network/index.js';
import type { LevelCrossing, Network } from '../network/model.js';
import { checkKeys, checkNumber, checkOneOf, checkPositive, checkSpecies } from './check.js';
import type { SchedulePhase } from './types.js';

export interface PlannedDose {
  species: number;
  amount: number;
  mode: 'add' | 'set';
  /** Its place among the network's doses, if it is one of them. */
  source?: number;
}

export interface PlannedPhase {
  name: string;
  /** Infinite for a network without phases: it runs as one. */
  duration: number;
  /** Indices of the reactions that run. */
  active: number[];
  doses: PlannedDose[];
  /** Where it starts, if that comes before the phase before is over. */
  when?: PlannedCrossing;
}

export interface PlannedCrossing {
  species: number;
  direction: 'rises' | 'falls';
  level: number;
}

/**
 * What happens when a species crosses a level: doses at once, and after them the run goes on, or goes on to
 * the next phase, or ends.
 */
export interface PlannedEvent extends PlannedCrossing {
  doses: PlannedDose[];
  after: 'goOn' | 'nextPhase' | 'stop';
}

/** A schedule with numbers in place of names. Phases follow each other in order and begin again after the last. */
export interface Plan {
  phases: PlannedPhase[];
  /** Length of one cycle; infinite without phases. */
  length: number;
  /** Watched in every phase. */
  events: PlannedEvent[];
}

/** A stretch of one phase. `begins` when the phase starts here, so that its doses are due. */
export interface Segment {
  phase: number;
  from: number;
  to: number;
  begins: boolean;
}

function planPhase(network: Network, given: SchedulePhase, at: string): PlannedPhase {
  checkKeys(at, given, ['name', 'duration', 'active', 'doses', 'when']);
  if (typeof given.name !== 'string') throw new TypeError(`${at}.name must be a string`);
  if (given.active !== '*' && !Array.isArray(given.active)) {
    throw new TypeError(`${at}.active must be '*' or an array of labels`);
  }
  const index = speciesIndex(network);
  return {
    name: given.name,
    duration: checkPositive(`${at}.duration`, given.duration),
    active: activeReactions(network, given.active),
    doses: (given.doses ?? []).map((dose, d) => ({
      species: checkSpecies(`${at}.doses[${d}]`, dose.species, index),
      amount: checkNumber(`${at}.doses[${d}].amount`, dose.amount),
      mode: checkOneOf(`${at}.doses[${d}].mode`, dose.mode ?? 'add', ['add', 'set']),
    })),
    ...(given.when && {
      when: {
        species: checkSpecies(`${at}.when`, given.when.species, index),
        direction: checkOneOf(`${at}.when.direction`, given.when.direction, ['rises', 'falls']),
        level: checkNumber(`${at}.when.level`, given.when.level),
      },
    }),
  };
}

function ownPhases(network: Network, parameters: ReadonlyMap<string, number>): PlannedPhase[] {
  return network.phases.map((phase) => ({
    name: phase.name,
    duration: checkPositive(
      `the duration of phase ${phase.name}`,
      evaluateExpression(phase.duration, parameters),
    ),
    active: activeReactions(network, phase.active),
    doses: network.doses.flatMap(({ species, amount, mode, at }, source) =>
      at.kind === 'phase' && at.phase === phase.name
        ? [{ species, amount: evaluateExpression(amount, parameters), mode, source }]
        : [],
    ),
    ...(phase.when && { when: crossingOf(network, phase.when, parameters) }),
  }));
}

function crossingOf(
  network: Network,
  { species, direction, level }: LevelCrossing,
  parameters: ReadonlyMap<string, number>,
): PlannedCrossing {
  const what = `the level of ${network.species[species].name}`;
  return { species, direction, level: checkNumber(what, evaluateExpression(level, parameters)) };
}

/** Resolves a network's schedule, or the one given in its place. */
export function makePlan(
  network: Network,
  parameters: ReadonlyMap<string, number>,
  schedule: SchedulePhase[] | undefined,
): Plan {
  if (schedule !== undefined && (!Array.isArray(schedule) || schedule.length === 0)) {
    throw new TypeError('schedule must be an array of at least one phase');
  }
  const phases =
    schedule === undefined
      ? ownPhases(network, parameters)
      : schedule.map((phase, p) => planPhase(network, phase, `schedule[${p}]`));
  const names = new Set(phases.map(({ name }) => name));
  if (names.size < phases.length) throw new RangeError('schedule has two phases of one name');
  if (phases.length === 0) {
    phases.push({
      name: '',
      duration: Number.POSITIVE_INFINITY,
      active: network.reactions.map((_, r) => r),
      doses: [],
    });
  }
  const length = phases.reduce((sum, { duration }) => sum + duration, 0);
  return { phases, length, events: levelEvents(network, parameters) };
}

/** The network's doses on levels. Those on the same crossing are one event, and applied in the order of the text. */
function levelEvents(network: Network, parameters: ReadonlyMap<string, number>): PlannedEvent[] {
  const events = new Map<string, PlannedEvent>();
  for (const [source, { species, amount, mode, at }] of network.doses.entries()) {
    if (at.kind !== 'level') continue;
    const crossing = crossingOf(network, at, parameters);
    const key = keyOf(crossing);
    let event = events.get(key);
    if (event === undefined) {
      event = { ...crossing, doses: [], after: 'goOn' };
      events.set(key, event);
    }
    event.doses.push({ species, amount: evaluateExpression(amount, parameters), mode, source });
  }
  return [...events.values()];
}

const keyOf = ({ species, direction, level }: PlannedCrossing): string => `${species} ${direction} ${level}`;

/** What is watched in a phase: the plan's events, and where the next phase starts. */
export function eventsOf(
  phases: readonly PlannedPhase[],
  phase: number,
  events: readonly PlannedEvent[],
): readonly PlannedEvent[] {
  const { when } = phases[(phase + 1) % phases.length];
  if (when === undefined) return events;
  // Doses on the same crossing come first, as they stand in the text.
  const doses = events.filter((event) => keyOf(event) === keyOf(when)).flatMap((event) => event.doses);
  const others = events.filter((event) => keyOf(event) !== keyOf(when));
  return [...others, { ...when, doses, after: 'nextPhase' }];
}

/** Whether phases may start before the one before is over. */
export const movesEdges = ({ phases }: Plan): boolean => phases.some(({ when }) => when !== undefined);

/**
 * The stretches of a plan whose edges move, from its start: `next` is given the time at which the present one ended, if
 * that was early.
 */
export function* movingSegments(
  { phases }: Plan,
  from: number,
  to: number,
): Generator<Segment, void, number | undefined> {
  for (let phase = 0, edge = from; edge < to; phase = (phase + 1) % phases.length) {
    const next = edge + phases[phase].duration;
    const cut = yield { phase, from: edge, to: Math.min(next, to), begins: true };
    edge = cut ?? next;
  }
}

/** The stretches between `from` and `to` of a plan that began at `origin`, in order. */
export function segments(plan: Plan, origin: number, from: number, to: number): Iterable<Segment> {
  if (Number.isFinite(plan.length)) return cycles(plan, origin, from, to);
  return [{ phase: 0, from, to, begins: from === origin }];
}

function* cycles(plan: Plan, origin: number, from: number, to: number): Generator<Segment> {
  // Edges are computed from the cycle's number, not by adding up, so that a long run does not drift.
  for (let cycle = Math.max(0, Math.floor((from - origin) / plan.length) - 1); ; cycle++) {
    let edge = origin + cycle * plan.length;
    for (let phase = 0; phase < plan.phases.length; phase++) {
      const isLast = phase === plan.phases.length - 1;
      const next = isLast ? origin + (cycle + 1) * plan.length : edge + plan.phases[phase].duration;
      if (next > from) {
        if (edge >= to) return;
        yield { phase, from: Math.max(edge, from), to: Math.min(next, to), begins: edge >= from };
      }
      edge = next;
    }
  }
}

/** Applies doses to a state. @param when what they are due at, for messages */
export function applyDoses(
  state: Float64Array,
  doses: readonly PlannedDose[],
  names: readonly string[],
  when: string,
): void {
  for (const { species, amount, mode } of doses) {
    const level = mode === 'set' ? amount : state[species] + amount;
    if (!(level >= 0) || !Number.isFinite(level)) {
      throw new RangeError(
        `the dose of ${names[species]} at ${when} would make its concentration ${level}; it must stay ` +
          'finite and not negative',
      );
    }
    state[species] = level;
  }
}
