import { showName } from '../../network/names.js';
import { suggest } from '../../network/nearest.js';
import { Refusal, type Source, show } from './source.js';
import type { XmlElement } from './xml.js';

/** Attributes that any element may have and that say nothing about numbers. */
const everywhere = ['metaid', 'sboTerm', 'id', 'name'];

/**
 * Refuses attributes that the element does not have in this level: one that is not known could mean anything.
 */
export function checkAttributes(source: Source, element: XmlElement, known: readonly string[]): void {
  for (const name of element.attributes.keys()) {
    if (known.includes(name) || everywhere.includes(name)) continue;
    source.error(
      'unknownAttribute',
      `${show(element)} has the attribute ${showName(name)}, which ${source.edition} does not know`,
      element,
      suggest(name, known),
    );
  }
}

export function requiredAttribute(source: Source, element: XmlElement, name: string): string {
  const value = element.attributes.get(name);
  if (value !== undefined) return value.trim();
  throw new Refusal(
    'missingAttribute',
    `${show(element)} lacks the attribute ${showName(name)}, which ${source.edition} asks for`,
    element,
  );
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

function checkId(element: XmlElement, name: string, id: string): string {
  if (identifier.test(id)) return id;
  const message = `${show(element)}: ${showName(name)} is ${JSON.stringify(id.slice(0, 40))}, but an identifier has letters, digits and \`_\`, and no digit first`;
  throw new Refusal('invalidId', message, element);
}

/** An attribute that names something. */
export const idAttribute = (source: Source, element: XmlElement, name = 'id'): string =>
  checkId(element, name, requiredAttribute(source, element, name));

export function optionalId(element: XmlElement, name = 'id'): string | undefined {
  const value = element.attributes.get(name)?.trim();
  return value === undefined ? undefined : checkId(element, name, value);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A decimal number as XML Schema writes doubles, or null. Infinities are null too: no number of ours may be one. */
export function readDecimal(text: string): number | null {
  const trimmed = text.trim();
  if (!decimal.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

export function optionalNumber(element: XmlElement, name: string): number | undefined {
  const text = element.attributes.get(name);
  if (text === undefined) return undefined;
  const value = readDecimal(text);
  if (value !== null) return value;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new Refusal(
    'invalidNumber',
    `${show(element)}: ${showName(name)} must be a finite number, not ${shown}`,
    element,
  );
}

const booleans: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

/**
 * @param otherwise what Level 2 takes when the attribute is absent; Level 3 knows no defaults
 */
export function booleanAttribute(
  source: Source,
  element: XmlElement,
  name: string,
  otherwise: boolean,
): boolean {
  if (source.level === 2 && !element.attributes.has(name)) return otherwise;
  const text = requiredAttribute(source, element, name);
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  if (value !== undefined) return value;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new Refusal(
    'invalidBoolean',
    `${show(element)}: ${showName(name)} must be true or false, not ${shown}`,
    element,
  );
}
