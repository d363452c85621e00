import { showName } from '../../network/names.js';
import { suggest } from '../../network/nearest.js';
import { checkAttributes, idAttribute, optionalId } from './attributes.js';
import { mathSpace, readLambda } from './mathml.js';
import { expectName, formulaOf, isOwn, readList } from './parts.js';
import { readReaction } from './reactions.js';
import type { Assignment, SbmlModel } from './records.js';
import { Refusal, type Source, show } from './source.js';
import { readCompartment, readParameter, readSpecies } from './things.js';
import type { XmlElement } from './xml.js';

const unitAttributes = [
  'substanceUnits',
  'timeUnits',
  'volumeUnits',
  'areaUnits',
  'lengthUnits',
  'extentUnits',
];

/** Lists that say nothing about numbers. */
const idleLists = ['listOfUnitDefinitions', 'listOfCompartmentTypes', 'listOfSpeciesTypes'];

/** Reads what a model says; what is not supported becomes issues. */
export function readModel(source: Source, element: XmlElement): SbmlModel {
  checkAttributes(source, element, source.level > 2 ? [...unitAttributes, 'conversionFactor'] : []);
  const model: SbmlModel = {
    compartments: [],
    species: [],
    parameters: [],
    functions: new Map(),
    initialAssignments: new Map(),
    assignmentRules: new Map(),
    reactions: [],
    conversionFactor: source.attempt(() => optionalId(element, 'conversionFactor')),
    at: element.at,
  };
  const readers: Readonly<Record<string, (item: XmlElement) => void>> = {
    listOfFunctionDefinitions: (item) => readFunction(source, item, model),
    listOfCompartments: (item) => void model.compartments.push(readCompartment(source, item)),
    listOfSpecies: (item) => void model.species.push(readSpecies(source, item)),
    listOfParameters: (item) => void model.parameters.push(readParameter(source, item, 'parameter')),
    listOfInitialAssignments: (item) => readAssignment(source, item, 'symbol', model.initialAssignments),
    listOfRules: (item) => readRule(source, item, model),
    listOfConstraints: (item) =>
      source.warning('constraintIgnored', 'constraints are not watched while the model runs', item),
    listOfReactions: (item) => void model.reactions.push(readReaction(source, item)),
    listOfEvents: (item) => refuseEvent(item),
  };
  const seen = new Set<string>();
  for (const list of element.children) {
    const { name } = list;
    if (!isOwn(source, element, list) || idleLists.includes(name)) continue;
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader === undefined || seen.has(name)) {
      const what = reader === undefined ? 'does not belong into' : 'stands twice in';
      source.error('unknownElement', `<${name}> ${what} <model>`, list, suggest(name, Object.keys(readers)));
      continue;
    }
    seen.add(name);
    readList(source, list, reader);
  }
  checkIds(source, model);
  return model;
}

function readFunction(source: Source, item: XmlElement, { functions }: SbmlModel): void {
  expectName(item, 'functionDefinition');
  checkAttributes(source, item, []);
  const id = idAttribute(source, item);
  const math = item.children.find(({ name, space }) => name === 'math' && space === mathSpace);
  if (math === undefined) throw new Refusal('missingMath', `${show(item)} has no formula`, item);
  if (functions.has(id))
    throw new Refusal('duplicateId', `the function ${showName(id)} is defined twice`, item);
  functions.set(id, readLambda(math));
}

function readAssignment(
  source: Source,
  item: XmlElement,
  target: string,
  assignments: Map<string, Assignment>,
): void {
  expectName(item, target === 'symbol' ? 'initialAssignment' : 'assignmentRule');
  checkAttributes(source, item, [target]);
  const id = idAttribute(source, item, target);
  if (assignments.has(id)) throw new Refusal('duplicateId', `${showName(id)} is assigned twice`, item);
  assignments.set(id, { formula: formulaOf(source, item), at: item.at });
}

const ruleWords: Readonly<Record<string, string>> = {
  rateRule: 'a rate rule',
  algebraicRule: 'an algebraic rule',
};

function readRule(source: Source, item: XmlElement, model: SbmlModel): void {
  const words = Object.hasOwn(ruleWords, item.name) ? ruleWords[item.name] : undefined;
  if (words === undefined) {
    readAssignment(source, item, 'variable', model.assignmentRules);
    return;
  }
  const message = `${words} (${show(item)}) is not supported`;
  throw new Refusal('unsupportedRule', message, item, 'only reactions may change a species');
}

function refuseEvent(item: XmlElement): never {
  throw new Refusal('unsupportedEvent', `an event (${show(item)}) is not supported`, item);
}

/** Ids of a model share one namespace, functions and reactions included. */
function checkIds(source: Source, model: SbmlModel): void {
  const references = model.reactions.flatMap(({ reactants, products }) => [...reactants, ...products]);
  const seen = new Set<string>(model.functions.keys());
  for (const { id, at } of [
    ...model.compartments,
    ...model.species,
    ...model.parameters,
    ...model.reactions,
    ...references,
  ]) {
    if (id === undefined) continue;
    if (seen.has(id)) source.error('duplicateId', `the id ${showName(id)} is given twice`, { at });
    seen.add(id);
  }
}
