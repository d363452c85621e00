import { labelTable } from './active.js';
import type { IssueList } from './issues.js';
import { methodNames } from './methods.js';
import type { Expression, LevelCrossing, Network, SaveGrid, SourceSpan } from './model.js';
import { everyIndex, showName } from './names.js';
import { suggest } from './nearest.js';
import { type DirectiveName, placeKeys } from './places.js';
import { isAmount, type Values } from './values.js';

/** Durations and lists of labels. */
export function checkPhases(network: Network, values: Values, issues: IssueList): void {
  if (network.phases.length === 0) return;
  const table = labelTable(network);
  for (const [index, { name, duration, active, when, span }] of network.phases.entries()) {
    const what = () => `the duration of the phase ${showName(name)}`;
    const value = values.evaluate(duration, what, span);
    if (value !== null && !(value > 0 && value < Infinity)) {
      const message = `${what()} is ${value}, but it must be finite and greater than 0`;
      issues.error({ code: 'invalidDuration', message, at: values.placeOf(duration, span) });
    }
    if (when && !network.species[when.species]) refuseNumber('a phase', issues, span);
    else if (when) checkLevel(network, when, values, issues, span);
    if (active === '*') continue;
    for (const label of new Set(active)) {
      if (table.find(label)) continue;
      issues.error({
        code: 'unknownLabel',
        message: label.endsWith(everyIndex)
          ? `no reaction has a label ${showName(label.slice(0, -everyIndex.length))} with an index`
          : `no reaction has the label ${showName(label)}`,
        hint: suggest(label, table.labels, 'a label stands before its reaction: `grow: X -> 2 X`'),
        at: values.placeOf(placeKeys.activeLabel(index, label), span),
        about: label,
      });
    }
  }
}

/** Amounts, phases and levels of doses. */
export function checkDoses(network: Network, values: Values, issues: IssueList): void {
  const { doses, species } = network;
  const phases = new Set(network.phases.map(({ name }) => name));
  for (const { species: index, amount, at, span } of doses) {
    const name = species[index]?.name;
    if (name === undefined || (at.kind === 'level' && !species[at.species])) {
      refuseNumber('a dose', issues, span);
      continue;
    }
    const what = () => `the dose of ${showName(name)}`;
    const value = values.evaluate(amount, what, span);
    if (value !== null && !isAmount(value)) {
      issues.error({
        code: 'invalidDose',
        message: `${what()} is ${value}, but it must be finite and not negative`,
        hint: 'a lower concentration is set with `=`',
        at: values.placeOf(amount, span),
      });
    }
    if (at.kind === 'level') {
      checkLevel(network, at, values, issues, span);
    } else if (!phases.has(at.phase)) {
      issues.error({
        code: 'unknownPhase',
        message: `there is no phase ${showName(at.phase)}`,
        hint: suggest(at.phase, phases, `declare it: \`phase ${at.phase} 1: *\``),
        at: values.placeOf(at, span),
        about: at.phase,
      });
    }
  }
}

function refuseNumber(what: string, issues: IssueList, span: SourceSpan | undefined): void {
  const message = `${what} refers to a species number that the network does not have`;
  issues.error({ code: 'unknownSpecies', message, at: span });
}

function checkLevel(
  { species }: Network,
  { species: index, level: expression }: LevelCrossing,
  values: Values,
  issues: IssueList,
  span: SourceSpan | undefined,
): void {
  const level = values.evaluate(expression, () => `the level of ${showName(species[index]!.name)}`, span);
  if (level === null || isAmount(level)) return;
  const message = `the level is ${level}, but a concentration is finite and not negative`;
  issues.error({ code: 'invalidLevel', message, at: values.placeOf(expression, span) });
}

/** What a `simulate` line asks for. */
export function checkSimulation(network: Network, values: Values, issues: IssueList): void {
  const { to, save, rtol, atol, atolBySpecies, method } = network.simulation;
  const placeOf = (key: Expression | string) => values.placeOf(key, undefined);
  const valuePlace = (name: DirectiveName) => placeOf(placeKeys.valueOf(placeKeys.directive(name)));
  if (to) {
    const value = values.evaluate(to, () => '`simulate to`', undefined);
    if (value !== null && !isAmount(value)) {
      const message = `\`simulate to\` is ${value}, but it must be finite and not negative`;
      issues.error({ code: 'invalidEnd', message, at: placeOf(to) });
    }
  }
  const fault = save && faultOfGrid(save);
  if (fault) issues.error({ code: 'invalidSave', message: fault, at: valuePlace('save') });
  const checkTolerance = (shown: string, value: number, key: string) => {
    if (value > 0 && value < Infinity) return;
    const message = `${shown} is ${value}, but it must be finite and greater than 0`;
    issues.error({ code: 'invalidTolerance', message, at: placeOf(placeKeys.valueOf(key)) });
  };
  if (rtol !== undefined) checkTolerance('`rtol`', rtol, placeKeys.directive('rtol'));
  if (atol !== undefined) checkTolerance('`atol`', atol, placeKeys.directive('atol'));
  if (atolBySpecies) {
    const names = new Set(network.species.map(({ name }) => name));
    for (const [name, value] of Object.entries(atolBySpecies)) {
      const key = placeKeys.tolerance(name);
      checkTolerance(`\`atol\` of ${showName(name)}`, value, key);
      if (names.has(name)) continue;
      issues.error({
        code: 'unknownSpecies',
        message: `\`atol\` names the species ${showName(name)}, which does not occur`,
        hint: suggest(name, names),
        at: placeOf(key),
        about: name,
      });
    }
  }
  if (method !== undefined && !methodNames.some((known) => known === method)) {
    issues.error({
      code: 'unknownMethod',
      message: `there is no method ${showName(method)}; there are ${methodNames.join(', ')}`,
      hint: suggest(method, methodNames),
      at: valuePlace('method'),
    });
  }
}

function faultOfGrid(save: SaveGrid): string | null {
  if (save.kind === 'uniform') {
    if (Number.isSafeInteger(save.intervals) && save.intervals > 0) return null;
    return `\`save\` takes a positive whole number of intervals, not ${save.intervals}`;
  }
  const { from, to, points } = save;
  if (!(from > 0 && from < to && to < Infinity)) {
    return `\`save log\` takes two times 0 < a < b, not ${from} and ${to}`;
  }
  if (Number.isSafeInteger(points) && points >= 2) return null;
  return `\`save log\` takes at least 2 points, a whole number, not ${points}`;
}
