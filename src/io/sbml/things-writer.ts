import { evaluateExpression } from '../../network/expression.js';
import type { Expression, Network, Species, SpeciesTerm } from '../../network/model.js';
import type { SbmlIds } from './identify.js';
import {
  applyMath,
  expressionMath,
  type MathTree,
  nameMath,
  numberMath,
  productMath,
  writeMath,
} from './math-writer.js';
import type { Schedule } from './schedule-writer.js';
import type { XmlWriter } from './xml-writer.js';

/** What formulas of a network are made from. */
export interface FormulaContext {
  network: Network;
  ids: SbmlIds;
  /** Numbers of the parameters. */
  values: ReadonlyMap<string, number>;
  schedule: Schedule;
}

/** What the writers of a file's parts share. */
export interface WriterContext extends FormulaContext {
  xml: XmlWriter;
}

/** A constant of the network as a formula. */
export const constantMath = ({ ids }: Pick<FormulaContext, 'ids'>, expression: Expression): MathTree =>
  expressionMath(expression, (name) => ids.parameters.get(name)!);

/** The compartment of a species: its own, or the one for all that have none. */
export const compartmentOf = ({ ids }: Pick<FormulaContext, 'ids'>, { compartment }: Species): number =>
  compartment ?? ids.compartments.length - 1;

/** Compartments, species, parameters, and what assigns them values. */
export function writeQuantities(context: WriterContext): void {
  const { xml, network, ids } = context;
  const assignments: [id: string, value: Expression][] = [];
  const numberFor = (id: string, expression: Expression): number => {
    if (expression.kind !== 'number') assignments.push([id, expression]);
    return evaluateExpression(expression, context.values);
  };
  const places = <T>(items: readonly T[]) => [...items.keys()];
  xml.list('listOfCompartments', places(ids.compartments), (place) => {
    const own = network.compartments?.[place];
    const id = ids.compartments[place]!;
    const size = numberFor(id, own?.size ?? { kind: 'number', value: 1 });
    xml.empty('compartment', {
      id,
      name: own?.name,
      spatialDimensions: 3,
      size,
      units: 'own',
      constant: true,
    });
  });
  xml.list('listOfSpecies', places(network.species), (place) => writeSpecies(context, place, numberFor));
  writeParameters(context, numberFor);
  xml.list('listOfInitialAssignments', assignments, ([symbol, value]) =>
    xml.inside('initialAssignment', { symbol }, () => writeMath(xml, constantMath(context, value))),
  );
  xml.list('listOfRules', places(network.observables ?? []), (place) =>
    xml.inside('assignmentRule', { variable: ids.observables[place] }, () =>
      writeMath(xml, weightedSum(context, network.observables![place]!.terms)),
    ),
  );
}

function writeSpecies(
  context: WriterContext,
  place: number,
  numberFor: (id: string, expression: Expression) => number,
): void {
  const { xml, network, ids } = context;
  const species = network.species[place]!;
  const id = ids.species[place]!;
  const isAmount = species.quantity === 'amount';
  // What only doses change is still no constant.
  const dosed = network.doses.some((dose) => dose.species === place);
  xml.empty('species', {
    id,
    name: species.name,
    compartment: ids.compartments[compartmentOf(context, species)],
    [isAmount ? 'initialAmount' : 'initialConcentration']: numberFor(id, species.initial),
    substanceUnits: 'own',
    hasOnlySubstanceUnits: isAmount,
    boundaryCondition: species.constant,
    constant: species.constant && !dosed,
  });
}

function writeParameters(
  { xml, network, ids, schedule }: WriterContext,
  numberFor: (id: string, expression: Expression) => number,
): void {
  const parameters = network.parameters.map(({ name, value: expression }) => {
    const id = ids.parameters.get(name)!;
    return { id, name, value: numberFor(id, expression), units: 'own', constant: true };
  });
  const observables = (network.observables ?? []).map(({ name }, place) => ({
    id: ids.observables[place]!,
    name,
    units: 'own',
    constant: false,
  }));
  const switches = schedule.parameters.map((one) => ({ ...one, units: 'own', constant: false }));
  xml.list('listOfParameters', [...parameters, ...observables, ...switches], (one) =>
    xml.empty('parameter', one),
  );
}

export function weightedSum({ ids }: Pick<FormulaContext, 'ids'>, terms: readonly SpeciesTerm[]): MathTree {
  const parts = terms.map(({ species, value }) =>
    productMath([numberMath(value), nameMath(ids.species[species]!)]),
  );
  const [first, ...others] = parts;
  if (first === undefined) return numberMath(0);
  return others.length === 0 ? first : applyMath('plus', first, ...others);
}
