import { showName } from '../../network/names.js';
import { checkAttributes } from './attributes.js';
import { type Formula, mathSpace, readMath } from './mathml.js';
import { Refusal, type Source, show } from './source.js';
import type { XmlElement } from './xml.js';

/** Reads the items of a list; one that cannot be read becomes an issue. */
export function readList(source: Source, list: XmlElement, read: (item: XmlElement) => void): void {
  checkAttributes(source, list, []);
  for (const item of list.children) {
    if (isOwn(source, list, item)) source.attempt(() => read(item));
  }
}

/** True for a part of the model itself. Words are passed over, and packages that the file says may be. */
export function isOwn(source: Source, parent: XmlElement, { name, space, at }: XmlElement): boolean {
  if (space === parent.space) return name !== 'notes' && name !== 'annotation';
  if (space === mathSpace) return true;
  const what = `<${name}> of the namespace ${showName(space)}`;
  if (source.optionalPackages.has(space)) source.warning('packageIgnored', `${what} is left out`, { at });
  else source.error('unsupportedPackage', `${what} is not supported`, { at });
  return false;
}

/** @throws Refusal when the element is none of these */
export function expectName(item: XmlElement, ...names: string[]): void {
  if (names.includes(item.name)) return;
  throw new Refusal(
    'unknownElement',
    `<${item.name}> stands where <${names.join('> or <')}> is expected`,
    item,
  );
}

/** Refuses parts of an element that has none. */
export function checkNoParts(source: Source, element: XmlElement): void {
  for (const part of element.children) {
    if (!isOwn(source, element, part)) continue;
    throw new Refusal('unknownElement', `<${part.name}> does not belong into ${show(element)}`, part);
  }
}

/** What people call it. */
export const nameOf = ({ attributes }: XmlElement): string | undefined => attributes.get('name');

/** The formula of the one `<math>` of an element. */
export function formulaOf(source: Source, element: XmlElement): Formula {
  const parts = element.children.filter((part) => isOwn(source, element, part));
  const math = parts.filter(({ name, space }) => name === 'math' && space === mathSpace);
  const formula = math.length === 1 ? readMath(math[0]!) : null;
  if (formula !== null) return formula;
  const message = math.length > 1 ? `${show(element)} has two formulas` : `${show(element)} has no formula`;
  throw new Refusal('missingMath', message, element, 'what it does is not said, so nothing is assumed');
}
