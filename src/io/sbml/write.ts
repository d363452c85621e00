import { parameterValues } from '../../network/expression.js';
import type { Issue, Network } from '../../network/model.js';
import { printNetwork } from '../../network/print.js';
import { ExportError, type WriteOptions } from '../format.js';
import { rateConvention } from '../report.js';
import { requireValid } from '../writer.js';
import { ownSpace } from './document.js';
import { identify } from './identify.js';
import { lawsOf } from './laws.js';
import { writeReaction } from './reaction-writer.js';
import { makeSchedule, writeEvents } from './schedule-writer.js';
import { writeQuantities } from './things-writer.js';
import { isXmlText, XmlWriter } from './xml-writer.js';

/**
 * A network as SBML Level 3 Version 2.
 *
 * Every law is written out as `size·k·∏ speciesᵒʳᵈᵉʳ`, since SBML counts amounts. Phases and doses become events that
 * switch the laws on and off. Names that are no identifiers of SBML stand in the attribute `name`. The file keeps the
 * network's own text besides, in an annotation, which `readSbml` goes by for as long as the model is still as written.
 *
 * @throws ExportError for a name that XML cannot hold; RangeError for a network that breaks a rule of `validateNetwork`
 */
export function writeSbml(network: Network, { name = 'network', warn }: WriteOptions = {}): string {
  requireValid(network);
  checkNames(network);
  const ids = identify(network);
  const context = {
    xml: new XmlWriter(),
    network,
    ids,
    values: parameterValues(network),
    schedule: makeSchedule(network, ids),
  };
  const { xml } = context;
  const remarks = remarksOn(network);
  for (const issue of remarks) warn?.(issue);

  xml.open('sbml', { xmlns: 'http://www.sbml.org/sbml/level3/version2/core', level: 3, version: 2 });
  xml.open('model', {
    id: ids.fresh('model'),
    name,
    substanceUnits: 'own',
    timeUnits: 'own',
    volumeUnits: 'own',
    extentUnits: 'own',
  });
  writeNotes(xml, [rateConvention, ...remarks.map(({ message }) => `${message}.`)]);
  xml.inside('annotation', {}, () => xml.text('network', printNetwork(network), { xmlns: ownSpace }));
  writeUnits(xml);
  writeQuantities(context);
  xml.list('listOfReactions', lawsOf(network), (law) => writeReaction(context, law));
  writeEvents(xml, context.schedule);
  xml.close('model');
  xml.close('sbml');
  return xml.finish();
}

function issue(severity: Issue['severity'], code: string, message: string): Issue {
  return { severity, code, message, line: 0, column: 0 };
}

function checkNames({ species, parameters, reactions, observables, compartments, phases }: Network): void {
  const named = [...species, ...parameters, ...phases, ...(observables ?? []), ...(compartments ?? [])];
  const names = [...named.map(({ name }) => name), ...reactions.map(({ label }) => label ?? '')];
  const bad = [...new Set(names)].filter((name) => !isXmlText(name));
  if (bad.length === 0) return;
  const shown = (name: string) => JSON.stringify(name.slice(0, 40));
  const message = (name: string) => `the name ${shown(name)} has a character that XML does not allow`;
  throw new ExportError(
    'SBML',
    bad.map((name) => issue('error', 'invalidName', message(name))),
  );
}

/** What other programs do not see of the network. */
function remarksOn({ simulation, phases, doses }: Network): Issue[] {
  const remarks: Issue[] = [];
  if (Object.keys(simulation).length > 0) {
    const message =
      'SBML has no place for times, rows and tolerances of a run: they stand in the annotation alone';
    remarks.push(issue('warning', 'directives', message));
  }
  const crossings = doses.some(({ at }) => at.kind === 'level') || phases.some(({ when }) => when);
  if (crossings) {
    const message =
      'a dose that takes a species over a level is a crossing to SBML, and none to the network: events may come more often';
    remarks.push(issue('warning', 'crossings', message));
  }
  return remarks;
}

function writeNotes(xml: XmlWriter, lines: readonly string[]): void {
  xml.inside('notes', {}, () =>
    xml.inside('body', { xmlns: 'http://www.w3.org/1999/xhtml' }, () => {
      for (const line of lines) xml.text('p', line);
    }),
  );
}

/** Networks have no units but their own. */
function writeUnits(xml: XmlWriter): void {
  const unit = { kind: 'dimensionless', exponent: 1, scale: 0, multiplier: 1 };
  xml.inside('listOfUnitDefinitions', {}, () =>
    xml.inside('unitDefinition', { id: 'own', name: "the network's own unit" }, () =>
      xml.inside('listOfUnits', {}, () => xml.empty('unit', unit)),
    ),
  );
}
