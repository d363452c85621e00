import type { ReadResult } from '../format.js';
import { readDocument } from './document.js';
import { readModel } from './model.js';
import { type Meaning, type Translation, translate } from './network.js';
import { readOwnText } from './own-text.js';
import { Source } from './source.js';

/** A network read from SBML, with what the file's identifiers have become. */
export interface SbmlResult extends ReadResult {
  /** By id of the file: species, parameters, compartments, stoichiometries with an id. Empty without a network. */
  meanings: ReadonlyMap<string, Meaning>;
}

/**
 * Reads a model in SBML Level 2 (Versions 1 to 5) or Level 3 (Versions 1 and 2): species, compartments, parameters and
 * reactions whose kinetic laws are sums of monomials in species.
 *
 * Whatever a network cannot say exactly is an issue of severity `error`, with the element's id, line and column, and
 * then there is no network: rules that assign more than a weighted sum, events, delays, piecewise and rational laws,
 * `fast`, packages that change a model's meaning. Never throws on text.
 *
 * Where all species are concentrations in compartments of one size, the network counts concentrations; otherwise amounts.
 * Numbers are used as they stand: no unit is converted.
 */
export function readSbml(text: string): SbmlResult {
  const source = new Source(text);
  const translation = read(source, text);
  const issues = source.issues.list();
  return { network: translation?.network ?? null, issues, meanings: translation?.meanings ?? new Map() };
}

function read(source: Source, text: string): Translation | null {
  const element = readDocument(source, text);
  if (element === null || source.issues.hasErrors) return null;
  if (source.isOurs) {
    const own = readOwnText(element);
    if (own !== null) return own;
    const message =
      'the model has been changed since it was written: the text of the network that it keeps is not used';
    source.warning('changedModel', message, element);
  }
  const model = readModel(source, element);
  return source.issues.hasErrors ? null : translate(source, model);
}
