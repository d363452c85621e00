import { firstOn, IssueList, isAfter } from './issues.js';
import type { Issue, Network, SourceSpan } from './model.js';
import { isWritableName, showName } from './names.js';
import { suggest } from './nearest.js';
import { Places } from './places.js';
import { checkChannels } from './validate-channels.js';
import { checkDoses, checkPhases, checkSimulation } from './validate-experiment.js';
import { checkCompartments, checkObservables } from './validate-parts.js';
import { checkLabels, checkReactions } from './validate-reactions.js';
import { faultOf, isAmount, Values } from './values.js';

/**
 * Checks every rule a network must keep. A network from `parseNetwork` or `networkBuilder` has passed it already;
 * importers and hand-made networks are what it is exported for.
 *
 * @returns errors and warnings; without an error the network can be compiled and printed
 */
export function validateNetwork(network: Network): Issue[] {
  const issues = new IssueList();
  checkNetwork(network, new Places(), issues);
  return issues.list();
}

/** The same, adding to `issues`, with places for the parts that have no span of their own. */
export function checkNetwork(network: Network, places: Places, issues: IssueList): void {
  checkNames(network, issues);
  const values = new Values(network, places, issues);
  checkInitials(network, values, issues);
  checkCompartments(network, values, issues);
  checkReactions(network, values, issues);
  checkChannels(network, issues);
  checkLabels(network, places, issues);
  checkPhases(network, values, issues);
  checkDoses(network, values, issues);
  checkObservables(network, values, issues);
  checkSimulation(network, values, issues);
  checkUse(network, issues);
}

function checkInitials(network: Network, values: Values, issues: IssueList): void {
  for (const { name, initial, constant, span } of network.species) {
    const what = () => `\`${constant ? 'const' : 'init'}\` of ${showName(name)}`;
    const value = values.evaluate(initial, what, span);
    if (value === null || isAmount(value)) continue;
    issues.error({
      code: `${faultOf(value)}Initial`,
      message: `${what()} is ${value}, but a concentration must be finite and not negative`,
      at: values.placeOf(initial, span),
    });
  }
}

function checkNames(network: Network, issues: IssueList): void {
  const parameters = checkUnique('parameter', 'duplicateParameter', network.parameters, issues);
  const species = checkUnique('species', 'duplicateSpecies', network.species, issues);
  checkUnique('phase', 'duplicatePhase', network.phases, issues);
  checkUnique('compartment', 'duplicateCompartment', network.compartments ?? [], issues);
  const observables = checkUnique('observable', 'duplicateObservable', network.observables ?? [], issues);
  for (const [name, at] of observables) {
    if (!species.has(name)) continue;
    const message = `${showName(name)} is both a species and an observable`;
    issues.error({ code: 'nameClash', message, hint: 'rename one of them: both are reported', at });
  }
  for (const [name, at] of species) {
    if (!parameters.has(name)) continue;
    const other = parameters.get(name);
    issues.error({
      code: 'nameClash',
      message: `${showName(name)} is both a parameter and a species`,
      hint: 'rename one of them: a rate law could mean either',
      at: isAfter(at, other) ? at : other,
    });
  }
}

function checkUnique(
  kind: string,
  code: string,
  items: readonly { name: string; span?: SourceSpan }[],
  issues: IssueList,
): Map<string, SourceSpan | undefined> {
  const first = new Map<string, SourceSpan | undefined>();
  for (const { name, span } of items) {
    checkName(kind, name, span, issues);
    if (!first.has(name)) first.set(name, span);
    else
      issues.error({
        code,
        message: `the ${kind} ${showName(name)} is defined twice${firstOn(first.get(name))}`,
        at: span,
      });
  }
  return first;
}

function checkName(kind: string, name: string, at: SourceSpan | undefined, issues: IssueList): void {
  if (isWritableName(name)) return;
  const message = `the name ${JSON.stringify(name.slice(0, 40))} of a ${kind} is empty or has a backtick or a line end`;
  issues.error({ code: 'invalidName', message, at });
}

/** A species that nothing but its `init` or `const` names is legal, but most often misspelt. */
function checkUse(network: Network, issues: IssueList): void {
  const used = new Uint8Array(network.species.length);
  for (const { reactants, products, orders } of network.reactions) {
    for (const { species } of reactants) used[species] = 1;
    for (const { species } of products) used[species] = 1;
    for (const { species } of orders) used[species] = 1;
  }
  for (const { species, at } of network.doses) {
    used[species] = 1;
    if (at.kind === 'level') used[at.species] = 1;
  }
  for (const { when } of network.phases) if (when) used[when.species] = 1;
  for (const { terms } of network.observables ?? []) for (const { species } of terms) used[species] = 1;
  const tolerances = new Set(Object.keys(network.simulation.atolBySpecies ?? {}));
  const idle = network.species.filter(({ name }, index) => used[index] === 0 && !tolerances.has(name));
  const usedNames = network.species.flatMap(({ name }, index) => (used[index] === 1 ? [name] : []));
  for (const { name, span } of idle) {
    const message = `the species ${showName(name)} takes part in no reaction, dose, event or observable`;
    issues.warning({ code: 'unusedSpecies', message, hint: suggest(name, usedNames), at: span, about: name });
  }
}
