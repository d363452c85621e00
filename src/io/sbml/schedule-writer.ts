import { activeReactions } from '../../network/active.js';
import { printExpression } from '../../network/expression.js';
import type { Dose, LevelCrossing, Network } from '../../network/model.js';
import type { SbmlIds } from './identify.js';
import {
  applyMath,
  expressionMath,
  type MathTree,
  nameMath,
  numberMath,
  timeMath,
  writeMath,
} from './math-writer.js';
import type { XmlWriter } from './xml-writer.js';

/** What of a network's phases and doses SBML says by parameters that events change. */
export interface Schedule {
  /** Parameters with their values at the start. */
  parameters: { id: string; name: string; value: number }[];
  /** What a reaction's rate is multiplied by; null where it runs all the time. */
  gate(reaction: number): MathTree | null;
  events: SbmlEvent[];
}

interface SbmlEvent {
  id: string;
  name: string;
  trigger: MathTree;
  /** What the trigger was before the start: at `false` the event happens at the start if it is true then. */
  before: boolean;
  /** Of events at one time that with the higher one comes first. */
  priority: number;
  assignments: ReadonlyMap<string, MathTree>;
}

/**
 * A phase is a parameter that is 1 while it lasts and 0 otherwise; the next one begins when the time since its own start
 * is up, or at a crossing. Phases follow each other again and again.
 */
export function makeSchedule(network: Network, ids: SbmlIds): Schedule {
  const events = crossingDoses(network, ids);
  const { phases } = network;
  if (phases.length === 0) return { parameters: [], gate: () => null, events };
  const constant = (expression: Parameters<typeof expressionMath>[0]) =>
    expressionMath(expression, (name) => ids.parameters.get(name)!);
  const flags = phases.length > 1 ? phases.map(({ name }) => ids.fresh(`in_${name}`)) : [];
  const start = ids.fresh('phase_start');
  const runs = phases.map(({ active }) => new Set(activeReactions(network, active)));
  const dosed = phases.map(({ name }) =>
    assigned(
      ids,
      network.doses.filter(({ at }) => at.kind === 'phase' && at.phase === name),
      constant,
    ),
  );

  /** All that changes when a phase begins after another. */
  const turn = (from: number, to: number, at: MathTree): Map<string, MathTree> => {
    const changes = new Map<string, MathTree>([[start, at]]);
    if (flags.length > 0) changes.set(flags[from]!, numberMath(0)).set(flags[to]!, numberMath(1));
    for (const [id, value] of dosed[to]!) changes.set(id, value);
    return changes;
  };
  if (dosed[0]!.size > 0) {
    const trigger = applyMath('geq', timeMath, numberMath(0));
    const name = `doses of the first ${phases[0]!.name}`;
    events.push({
      id: ids.fresh('first_doses'),
      name,
      trigger,
      before: false,
      priority: 0,
      assignments: dosed[0]!,
    });
  }
  for (const [from, { name, duration }] of phases.entries()) {
    const to = (from + 1) % phases.length;
    const next = phases[to]!;
    const over = applyMath('plus', nameMath(start), constant(duration));
    const up = applyMath('geq', timeMath, over);
    const flag = flags[from];
    const here = flag === undefined ? null : applyMath('gt', nameMath(flag), numberMath(0.5));
    events.push({
      id: ids.fresh(`after_${name}`),
      name: `${next.name} after ${name}`,
      trigger: here === null ? up : applyMath('and', here, up),
      before: false,
      priority: 0,
      assignments: turn(from, to, over),
    });
    if (next.when === undefined) continue;
    const changes = turn(from, to, timeMath);
    events.push({
      id: ids.fresh(`from_${name}`),
      name: `${next.name} at a crossing in ${name}`,
      trigger: crossed(next.when, ids, constant),
      before: true,
      priority: 0,
      // A crossing in another phase changes nothing.
      assignments: here === null ? changes : onlyIf(here, changes),
    });
  }
  const parameters = flags.map((id, p) => ({ id, name: `in ${phases[p]!.name}`, value: p === 0 ? 1 : 0 }));
  parameters.push({ id: start, name: 'start of the phase', value: 0 });
  const gate = (reaction: number): MathTree | null => {
    const running = runs.flatMap((active, p) => (active.has(reaction) ? [p] : []));
    if (running.length === phases.length) return null;
    const [first, ...others] = running.map((p) => nameMath(flags[p]!));
    if (first === undefined) return numberMath(0);
    return others.length === 0 ? first : applyMath('plus', first, ...others);
  };
  return { parameters, gate, events };
}

type Constant = (expression: LevelCrossing['level']) => MathTree;

/** Doses at crossings; those at one crossing are one event. */
function crossingDoses(network: Network, ids: SbmlIds): SbmlEvent[] {
  const constant: Constant = (expression) => expressionMath(expression, (name) => ids.parameters.get(name)!);
  const groups = new Map<string, { crossing: LevelCrossing; doses: Dose[] }>();
  for (const dose of network.doses) {
    if (dose.at.kind !== 'level') continue;
    const { species, direction, level } = dose.at;
    const key = `${species} ${direction} ${printExpression(level)}`;
    const group = groups.get(key) ?? { crossing: dose.at, doses: [] };
    group.doses.push(dose);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ crossing, doses }) => {
    const { name } = network.species[crossing.species]!;
    return {
      id: ids.fresh(`doses_${name}`),
      name: `doses when ${name} ${crossing.direction}`,
      trigger: crossed(crossing, ids, constant),
      before: true,
      priority: 1,
      assignments: assigned(ids, doses, constant),
    };
  });
}

const crossed = ({ species, direction, level }: LevelCrossing, ids: SbmlIds, constant: Constant): MathTree =>
  applyMath(direction === 'rises' ? 'gt' : 'lt', nameMath(ids.species[species]!), constant(level));

/** What doses, one after the other, make of the species. */
function assigned(ids: SbmlIds, doses: readonly Dose[], constant: Constant): Map<string, MathTree> {
  const values = new Map<string, MathTree>();
  for (const { species, amount, mode } of doses) {
    const id = ids.species[species]!;
    const before = values.get(id) ?? nameMath(id);
    values.set(id, mode === 'set' ? constant(amount) : applyMath('plus', before, constant(amount)));
  }
  return values;
}

const onlyIf = (condition: MathTree, changes: ReadonlyMap<string, MathTree>): Map<string, MathTree> =>
  new Map(
    [...changes].map(([id, value]) => [
      id,
      { kind: 'choice' as const, chosen: value, condition, otherwise: nameMath(id) },
    ]),
  );

export function writeEvents(xml: XmlWriter, { events }: Schedule): void {
  xml.list('listOfEvents', events, ({ id, name, trigger, before, priority, assignments }) =>
    // The values are those of the moment: what another event at the same time has changed is changed further.
    xml.inside('event', { id, name, useValuesFromTriggerTime: false }, () => {
      xml.inside('trigger', { initialValue: before, persistent: false }, () => writeMath(xml, trigger));
      xml.inside('priority', {}, () => writeMath(xml, numberMath(priority)));
      xml.list('listOfEventAssignments', [...assignments], ([variable, value]) =>
        xml.inside('eventAssignment', { variable }, () => writeMath(xml, value)),
      );
    }),
  );
}
