import { showName } from '../../network/names.js';
import type { Formula } from '../sbml/mathml.js';
import type { SbmlModel, SbmlReference } from '../sbml/records.js';
import type { Source } from '../sbml/source.js';
import type { ParsedModel, Participant, Thing } from './parsed.js';

const defaultCompartment = 'default_compartment';

/** The SBML that an Antimony text stands for. */
export function toSbml(source: Source, parsed: ParsedModel): SbmlModel {
  const { things, reactions, functions, events } = parsed;
  const changed = new Set(events.flatMap(({ assignments }) => assignments.map(({ variable }) => variable)));
  const model: SbmlModel = {
    compartments: [],
    species: [],
    parameters: [],
    functions,
    initialAssignments: new Map(),
    assignmentRules: new Map(),
    reactions: [],
    conversionFactor: undefined,
    at: 0,
  };
  /** The number that a name is given, unless it is a formula, which is an assignment then. */
  const numberOf = ({ name, value }: Thing): number | undefined => {
    if (value === undefined || value.formula.kind === 'number') {
      return value === undefined ? undefined : (value.formula as Formula & { kind: 'number' }).value;
    }
    model.initialAssignments.set(name, value);
    return undefined;
  };
  const missing = (thing: Thing, what: string, taken: number): number => {
    if (thing.value === undefined && thing.rule === undefined) {
      source.warning(
        'missingValue',
        `the ${what} ${showName(thing.name)} is given no value; ${taken} is taken`,
        thing,
      );
    }
    return taken;
  };
  const places = new Set<string>();
  for (const thing of things.values()) {
    if (thing.kind === 'species') places.add(thing.compartment ?? defaultCompartment);
    if (thing.rule) model.assignmentRules.set(thing.name, thing.rule);
  }
  if (places.has(defaultCompartment) && !things.has(defaultCompartment)) {
    model.compartments.push({ id: defaultCompartment, name: undefined, at: 0, dimensions: 3, size: 1 });
  }
  for (const thing of things.values()) {
    const { name: id, display: name, at, kind } = thing;
    const value = numberOf(thing);
    if (kind === 'compartment') {
      const size = value ?? (thing.value ? undefined : missing(thing, 'compartment', 1));
      model.compartments.push({ id, name, at, dimensions: 3, size });
    } else if (kind === 'species') {
      const start = value ?? (thing.value ? undefined : missing(thing, 'species', 0));
      const substanceOnly = thing.substanceOnly === true;
      model.species.push({
        id,
        name,
        at,
        compartment: thing.compartment ?? defaultCompartment,
        amount: substanceOnly ? start : undefined,
        concentration: substanceOnly ? undefined : start,
        substanceOnly,
        boundary: thing.held === true,
        constant: false,
        conversionFactor: undefined,
        substanceUnits: undefined,
      });
    } else {
      const constant = thing.rule === undefined && !changed.has(id);
      model.parameters.push({ id, name, at, value, constant });
    }
  }
  const side = (list: readonly Participant[]): SbmlReference[] =>
    list.map(({ species, stoichiometry, at }) => ({ id: undefined, species, stoichiometry, at }));
  const ids = new Set(things.keys());
  for (const [i, { name, reversible, reactants, products, law, at }] of reactions.entries()) {
    const id = name ?? unused(ids, `_J${i}`);
    if (name !== null && ids.has(name)) {
      source.error('duplicateId', `${showName(name)} names a reaction and something else`, { at });
    }
    ids.add(id);
    if (law === null) {
      const hint = 'the rate stands behind a semicolon: `J0: A -> B; k*A`';
      source.error('missingKineticLaw', 'the reaction has no rate', { at }, hint);
      continue;
    }
    model.reactions.push({
      id,
      name: undefined,
      at,
      reversible,
      reactants: side(reactants),
      products: side(products),
      law: { formula: law, term: undefined, locals: [] },
    });
  }
  return model;
}

function unused(taken: ReadonlySet<string>, wanted: string): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
