import { booleanAttribute, checkAttributes, idAttribute, optionalId, optionalNumber } from './attributes.js';
import { checkNoParts, expectName, nameOf } from './parts.js';
import type { SbmlCompartment, SbmlParameter, SbmlSpecies } from './records.js';
import { Refusal, type Source, show } from './source.js';
import type { XmlElement } from './xml.js';

export function readCompartment(source: Source, item: XmlElement): SbmlCompartment {
  expectName(item, 'compartment');
  const known = ['spatialDimensions', 'size', 'units', 'constant'];
  checkAttributes(source, item, source.level > 2 ? known : [...known, 'outside', 'compartmentType']);
  checkNoParts(source, item);
  booleanAttribute(source, item, 'constant', true);
  const given = optionalNumber(item, 'spatialDimensions');
  const dimensions = given ?? (source.level > 2 ? undefined : 3);
  if (dimensions !== undefined && !(dimensions >= 0 && dimensions <= 3)) {
    throw new Refusal('invalidNumber', `${show(item)} has ${dimensions} dimensions`, item);
  }
  const size = optionalNumber(item, 'size');
  return { id: idAttribute(source, item), name: nameOf(item), dimensions, size, at: item.at };
}

export function readSpecies(source: Source, item: XmlElement): SbmlSpecies {
  expectName(item, 'species');
  const known = [
    'compartment',
    'initialAmount',
    'initialConcentration',
    'substanceUnits',
    'hasOnlySubstanceUnits',
    'boundaryCondition',
    'constant',
  ];
  const further = source.level > 2 ? ['conversionFactor'] : ['speciesType', 'charge', 'spatialSizeUnits'];
  checkAttributes(source, item, [...known, ...further]);
  checkNoParts(source, item);
  if (item.attributes.has('spatialSizeUnits')) {
    const message = `${show(item)} counts its concentration in a unit of size of its own, which may not be its compartment's`;
    throw new Refusal('unsupportedUnits', message, item);
  }
  const species: SbmlSpecies = {
    id: idAttribute(source, item),
    name: nameOf(item),
    compartment: idAttribute(source, item, 'compartment'),
    amount: optionalNumber(item, 'initialAmount'),
    concentration: optionalNumber(item, 'initialConcentration'),
    substanceOnly: booleanAttribute(source, item, 'hasOnlySubstanceUnits', false),
    boundary: booleanAttribute(source, item, 'boundaryCondition', false),
    constant: booleanAttribute(source, item, 'constant', false),
    conversionFactor: optionalId(item, 'conversionFactor'),
    substanceUnits: item.attributes.get('substanceUnits')?.trim(),
    at: item.at,
  };
  if (species.amount !== undefined && species.concentration !== undefined) {
    throw new Refusal(
      'twoInitials',
      `${show(item)} has an initial amount and an initial concentration`,
      item,
    );
  }
  return species;
}

export function readParameter(source: Source, item: XmlElement, element: string): SbmlParameter {
  expectName(item, element);
  const local = element === 'localParameter';
  checkAttributes(source, item, ['value', 'units', ...(local ? [] : ['constant'])]);
  checkNoParts(source, item);
  return {
    id: idAttribute(source, item),
    name: nameOf(item),
    value: optionalNumber(item, 'value'),
    constant: local || booleanAttribute(source, item, 'constant', true),
    at: item.at,
  };
}
