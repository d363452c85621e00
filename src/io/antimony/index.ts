import type { Network } from '../../network/model.js';
import { parseNetwork } from '../../network/parse.js';
import { ExportError, type Format, type ReadResult } from '../format.js';
import { head } from '../head.js';
import { translate } from '../sbml/network.js';
import { Source } from '../sbml/source.js';
import { addEvents } from './events.js';
import { toSbml } from './model.js';
import { parseAntimony } from './parse.js';
import { ownTextMark } from './words.js';
import { writeAntimony } from './write.js';

/**
 * Reads the reaction models of Antimony: compartments, species, constants, reactions whose rates are sums of monomials,
 * weighted sums by `:=`, and events that dose at a time. All else is an issue.
 */
export function readAntimony(text: string): ReadResult {
  const own = ownNetwork(text);
  if (own) return { network: own, issues: [] };
  const source = new Source(text);
  const parsed = parseAntimony(source, text);
  if (source.issues.hasErrors) return { network: null, issues: source.issues.list() };
  if (text.includes(`\n${ownTextMark}`)) {
    // The names that the writer had to spell otherwise are those of a network.
    source.isOurs = true;
    const message =
      'the model has been changed since it was written: the text of the network that it keeps is not used';
    source.warning('changedModel', message, { at: 0 });
  }
  const model = toSbml(source, parsed);
  const translation = source.issues.hasErrors ? null : translate(source, model);
  if (translation) addEvents(source, parsed.events, translation.network, translation.meanings);
  const { hasErrors } = source.issues;
  return { network: hasErrors ? null : (translation?.network ?? null), issues: source.issues.list() };
}

/** The network whose text stands in comments, if the file is what is written for it. */
function ownNetwork(text: string): Network | null {
  const lines = text.split(/\r\n|\n|\r/);
  const own = lines.filter((line) => line.startsWith(ownTextMark));
  if (own.length === 0) return null;
  const { network } = parseNetwork(
    own.map((line) => line.slice(ownTextMark.length).replace(/^ /, '')).join('\n'),
  );
  const [, name] = /^\/\/ (.*), written by neural-crn$/.exec(lines[0] ?? '') ?? [];
  if (!network || name === undefined) return null;
  for (const part of [
    ...network.species,
    ...network.parameters,
    ...network.reactions,
    ...network.phases,
    ...network.doses,
    ...(network.compartments ?? []),
    ...(network.observables ?? []),
  ]) {
    delete part.span;
  }
  try {
    return writeAntimony(network, { name }) === lines.join('\n') ? network : null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof ExportError) return null;
    throw error;
  }
}

/** Antimony, a text for models of SBML. */
export const antimony: Format = {
  name: 'antimony',
  title: 'Antimony',
  extensions: ['.ant', '.antimony', '.txt'],
  read: readAntimony,
  write: writeAntimony,
  recognises: (text) => signs.test(head(text)),
};

/** The beginning of a model, or a rate behind a semicolon. */
const signs =
  /^[ \t]*(?:model|module)[ \t]+\*?\w|^[ \t]*(?:\w+:)?[^;\n#:]*[-=]>[^;\n{}[\]]*;[ \t]*[\w(-][^\n]*\*|^[ \t]*compartment[ \t]+\w+[ \t]*=/m;
