import { booleanAttribute, checkAttributes, idAttribute, optionalId, optionalNumber } from './attributes.js';
import type { Formula } from './mathml.js';
import { checkNoParts, expectName, formulaOf, isOwn, nameOf, readList } from './parts.js';
import type { SbmlLaw, SbmlParameter, SbmlReaction, SbmlReference } from './records.js';
import { Refusal, type Source, show } from './source.js';
import { readParameter } from './things.js';
import type { XmlElement } from './xml.js';

export function readReaction(source: Source, item: XmlElement): SbmlReaction {
  expectName(item, 'reaction');
  checkAttributes(source, item, ['reversible', 'fast', ...(source.level > 2 ? ['compartment'] : [])]);
  const reaction: SbmlReaction = {
    id: idAttribute(source, item),
    name: nameOf(item),
    reversible: booleanAttribute(source, item, 'reversible', true),
    reactants: [],
    products: [],
    law: null,
    at: item.at,
  };
  // Level 3 Version 2 has no such attribute any more.
  if (item.attributes.has('fast') && booleanAttribute(source, item, 'fast', false)) {
    const message = `${show(item)} is \`fast\`: it would have to be at equilibrium all the time`;
    throw new Refusal('fastReaction', message, item);
  }
  for (const part of item.children) {
    if (!isOwn(source, item, part)) continue;
    if (part.name === 'listOfReactants') readSide(source, part, reaction.reactants);
    else if (part.name === 'listOfProducts') readSide(source, part, reaction.products);
    else if (part.name === 'listOfModifiers') readList(source, part, (one) => readModifier(source, one));
    else if (part.name === 'kineticLaw' && reaction.law === null) reaction.law = readLaw(source, part);
    else throw new Refusal('unknownElement', `<${part.name}> does not belong into ${show(item)}`, part);
  }
  if (reaction.law !== null) return reaction;
  throw new Refusal(
    'missingKineticLaw',
    `${show(item)} has no kinetic law, so that its rate is not known`,
    item,
  );
}

function readSide(source: Source, list: XmlElement, side: SbmlReference[]): void {
  readList(source, list, (item) => {
    expectName(item, 'speciesReference');
    checkAttributes(source, item, ['species', 'stoichiometry', ...(source.level > 2 ? ['constant'] : [])]);
    if (source.level > 2) booleanAttribute(source, item, 'constant', true);
    side.push({
      id: optionalId(item),
      species: idAttribute(source, item, 'species'),
      stoichiometry: stoichiometryOf(source, item),
      at: item.at,
    });
  });
}

/** A number or, in Level 2, a formula. Level 3 has no default. */
function stoichiometryOf(source: Source, item: XmlElement): number | Formula | undefined {
  const number = optionalNumber(item, 'stoichiometry');
  const parts = item.children.filter((part) => isOwn(source, item, part));
  const [math, ...others] = parts;
  if (math === undefined) return number ?? (source.level > 2 ? undefined : 1);
  if (math.name !== 'stoichiometryMath' || source.level > 2 || others.length > 0) {
    const stranger = others[0] ?? math;
    throw new Refusal('unknownElement', `<${stranger.name}> does not belong into ${show(item)}`, stranger);
  }
  if (number !== undefined) {
    throw new Refusal('twoStoichiometries', `${show(item)} has a stoichiometry and a formula for it`, item);
  }
  checkAttributes(source, math, []);
  return formulaOf(source, math);
}

function readModifier(source: Source, item: XmlElement): void {
  expectName(item, 'modifierSpeciesReference');
  checkAttributes(source, item, ['species']);
  checkNoParts(source, item);
  idAttribute(source, item, 'species');
}

function readLaw(source: Source, element: XmlElement): SbmlLaw {
  const first = source.level === 2 && source.version === 1;
  checkAttributes(source, element, first ? ['substanceUnits', 'timeUnits'] : []);
  for (const [attribute, usual] of [
    ['substanceUnits', 'substance'],
    ['timeUnits', 'time'],
  ] as const) {
    const unit = element.attributes.get(attribute);
    if (unit === undefined || unit.trim() === usual) continue;
    const message = `${show(element)} counts in a unit of its own (\`${attribute}\`), which may not be the model's`;
    throw new Refusal('unsupportedUnits', message, element);
  }
  const locals: SbmlParameter[] = [];
  const [listName, itemName] =
    source.level > 2 ? ['listOfLocalParameters', 'localParameter'] : ['listOfParameters', 'parameter'];
  let lists = 0;
  for (const part of element.children) {
    if (part.name === 'math' || !isOwn(source, element, part)) continue;
    if (part.name !== listName || ++lists > 1) {
      throw new Refusal('unknownElement', `<${part.name}> does not belong into ${show(element)}`, part);
    }
    readList(source, part, (one) => void locals.push(readParameter(source, one, itemName)));
  }
  return { locals, term: element.attributes.get('sboTerm')?.trim(), formula: formulaOf(source, element) };
}
