import type { Expression, Network } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { power } from '../../network/power.js';
import type { Formula } from '../sbml/mathml.js';
import type { Meaning } from '../sbml/network.js';
import { Refusal, type Source } from '../sbml/source.js';
import { giveTimedDoses, type TimedDose } from '../timed.js';
import type { ParsedEvent } from './parsed.js';

/** Antimony does not say when a run ends: the last phase is longer than any. */
export const endless = 1e15;

/** Events at times as doses. What is no dose is refused. */
export function addEvents(
  source: Source,
  events: readonly ParsedEvent[],
  network: Network,
  meanings: ReadonlyMap<string, Meaning>,
): void {
  const doses: TimedDose[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    source.attempt(() => {
      const time = numberOf(event.time, meanings);
      if (!(time > 0 && time < endless)) {
        throw new Refusal(
          'unsupportedEvent',
          `an event at time ${time} is not supported`,
          event,
          'values at the start are written `A = 10`',
        );
      }
      for (const assignment of event.assignments) {
        const dose = doseOf(assignment, time, network, meanings);
        if (seen.has(`${time} ${dose.species}`)) {
          const message = `${showName(assignment.variable)} is changed twice at time ${time}: which comes first is not known`;
          throw new Refusal('unsupportedEvent', message, assignment);
        }
        seen.add(`${time} ${dose.species}`);
        doses.push({ ...dose, at: source.place(assignment) });
      }
    });
  }
  if (doses.length === 0) return;
  giveTimedDoses(network, doses, endless);
  const message = `the schedule goes on after its last event without an end (${endless}): say how long to run`;
  source.warning('noEnd', message, events[0]!, 'add --to T, or `to` where the library is called');
}

function doseOf(
  { variable, value, at }: ParsedEvent['assignments'][number],
  time: number,
  network: Network,
  meanings: ReadonlyMap<string, Meaning>,
): TimedDose {
  const meaning = meanings.get(variable);
  if (meaning?.kind !== 'species') {
    const message = meaning
      ? `an event that changes ${showName(variable)}, which is no species, is not supported`
      : `there is no species ${showName(variable)}`;
    throw new Refusal('unsupportedEvent', message, { at });
  }
  const added = addition(variable, value);
  const given = numberOf(added ?? value, meanings);
  // Formulas mean concentrations where the network may count amounts.
  const scale =
    meaning.quantity === 'amount' && !meaning.substanceOnly && meaning.size !== null ? meaning.size : 1;
  const amount: Expression = { kind: 'number', value: given * scale };
  if (added && given < 0) {
    throw new Refusal('unsupportedEvent', `an event that takes ${showName(variable)} away is not supported`, {
      at,
    });
  }
  return { species: network.species[meaning.index]!.name, amount, mode: added ? 'add' : 'set', time };
}

/** `c` of `A + c` or `c + A`; null for anything else. */
function addition(species: string, value: Formula): Formula | null {
  if (value.kind !== 'apply' || value.operator !== 'plus' || value.parts.length !== 2) return null;
  const [left, right] = value.parts as [Formula, Formula];
  const isIt = (part: Formula) => part.kind === 'name' && part.name === species;
  if (isIt(left)) return right;
  return isIt(right) ? left : null;
}

/** The number of a formula of constants. */
function numberOf(formula: Formula, meanings: ReadonlyMap<string, Meaning>): number {
  const value = evaluate(formula, meanings);
  if (Number.isFinite(value)) return value;
  throw new Refusal('unsupportedEvent', `a number of the event is ${value}`, formula);
}

function evaluate(formula: Formula, meanings: ReadonlyMap<string, Meaning>): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name': {
      const meaning = meanings.get(formula.name);
      if (meaning?.kind === 'constant') return meaning.value;
      const what = meaning ? 'changes as the model runs' : 'has no value';
      throw new Refusal('unsupportedEvent', `${showName(formula.name)} in an event ${what}`, formula);
    }
    case 'apply': {
      const parts = formula.parts.map((part) => evaluate(part, meanings));
      const [first, second] = parts as [number, number];
      switch (formula.operator) {
        case 'plus':
          return parts.reduce((sum, part) => sum + part, 0);
        case 'times':
          return parts.reduce((product, part) => product * part, 1);
        case 'minus':
          return parts.length === 1 ? -first : first - second;
        case 'divide':
          return first / second;
        case 'power':
          return power(first, second);
        case 'root':
          return Math.sqrt(first);
        case 'exp':
          return Math.exp(first);
        case 'ln':
          return Math.log(first);
        case 'log':
          return Math.log10(first);
      }
      break;
    }
    case 'avogadro':
    case 'call':
      break;
  }
  throw new Refusal('unsupportedEvent', 'this formula is not supported in an event', formula);
}
