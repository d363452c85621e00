import { evaluateExpression, orderParameters, parameterValues } from '../../network/expression.js';
import type { Expression, Network, SourceSpan } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { validateNetwork } from '../../network/validate.js';
import { constantOf, expressionOf, type Polynomial } from './polynomials.js';
import { Reactions } from './reaction-terms.js';
import type { SbmlModel, SbmlSpecies } from './records.js';
import { Refusal, type Source } from './source.js';
import { isHeld, type Quantity, Symbols } from './symbols.js';

/** What an id of an SBML file has become in the network. */
export type Meaning =
  /** `size` is its compartment's, null when that is not known or the compartment has no extent. */
  | { kind: 'species'; index: number; quantity: Quantity; size: number | null; substanceOnly: boolean }
  | { kind: 'constant'; value: number }
  | { kind: 'observable'; index: number };

/** A network, and where in it the parts of the file have gone. */
export interface Translation {
  network: Network;
  meanings: Map<string, Meaning>;
}

/** Makes a network of a model; null when issues say what it cannot represent. */
export function translate(source: Source, model: SbmlModel): Translation | null {
  const symbols = new Symbols(source, model);
  checkReferences(source, symbols);
  if (source.issues.hasErrors) return null;
  symbols.quantity = quantityOf(symbols);
  const network: Network = {
    species: [],
    parameters: [],
    reactions: [],
    phases: [],
    doses: [],
    simulation: {},
  };
  const translation: Translation = { network, meanings: new Map() };
  addParameters(source, symbols, translation);
  if (source.issues.hasErrors || !checkCycles(source, symbols, network)) return null;
  symbols.known = parameterValues(network);
  addCompartments(source, symbols, network);
  addSpecies(source, symbols, translation);
  addObservables(source, symbols, translation);
  addStoichiometries(source, symbols, translation);
  if (source.issues.hasErrors) return null;
  const reactions = new Reactions(source, symbols);
  for (const reaction of model.reactions) {
    const terms = source.attempt(() => reactions.translate(reaction));
    if (terms !== undefined) for (const term of terms) network.reactions.push(term);
  }
  addMeanings(symbols, translation);
  if (source.issues.hasErrors) return null;
  for (const { severity, line, column, ...finding } of validateNetwork(network)) {
    // Every species of a file is declared, so that one which nothing uses is not misspelt.
    if (finding.code === 'unusedSpecies') continue;
    const at: SourceSpan = line > 0 ? { line, column } : source.place(model);
    if (severity === 'error') source.issues.error({ ...finding, at });
    else source.issues.warning({ ...finding, at });
  }
  return source.issues.hasErrors ? null : translation;
}

/** What names other parts must name parts that there are, and that may be so named. */
function checkReferences(source: Source, symbols: Symbols): void {
  const { model, compartments, species, parameters, references } = symbols;
  for (const { id, compartment, conversionFactor, at, dimensionsAt } of speciesWithCompartments(symbols)) {
    if (!compartments.has(compartment)) {
      const message = `the species ${showName(id)} is in the compartment ${showName(compartment)}, which does not exist`;
      source.error('unknownName', message, { at });
    }
    if (dimensionsAt !== undefined) {
      const message = `the species ${showName(id)} is in a compartment without dimensions that has a size: whether formulas mean its amount or a concentration is not defined`;
      source.error('sizeWithoutDimensions', message, { at: dimensionsAt });
    }
    checkFactor(source, symbols, conversionFactor, at);
  }
  checkFactor(source, symbols, model.conversionFactor, model.at);
  for (const { reactants, products } of model.reactions) {
    for (const { species: id, at } of [...reactants, ...products]) {
      const one = species.get(id);
      if (one === undefined) {
        source.error('unknownName', `a reaction changes the species ${showName(id)}, which does not exist`, {
          at,
        });
      } else if (one.constant && !one.boundary) {
        const message = `a reaction changes the species ${showName(id)}, which is constant and no boundary condition`;
        source.error('constantReactant', message, { at });
      }
    }
  }
  for (const [id, { at }] of model.initialAssignments) {
    if (!(species.has(id) || parameters.has(id) || compartments.has(id) || references.has(id))) {
      source.error('unknownName', `${showName(id)} has an initial assignment, but does not exist`, { at });
    }
    if (model.assignmentRules.has(id)) {
      source.error('duplicateId', `${showName(id)} has an initial assignment and a rule`, { at });
    }
  }
  for (const [id, { at }] of model.assignmentRules) {
    const parameter = parameters.get(id);
    if (references.has(id) || parameter?.constant === false) continue;
    const message = parameter
      ? `a rule assigns the parameter ${showName(id)}, which is constant`
      : species.has(id) || compartments.has(id)
        ? `a rule for ${showName(id)} is not supported: it is no parameter`
        : `a rule assigns ${showName(id)}, which does not exist`;
    source.error('unsupportedRule', message, { at }, 'only reactions may change a species');
  }
}

function* speciesWithCompartments(
  symbols: Symbols,
): Generator<SbmlSpecies & { dimensionsAt: number | undefined }> {
  const { initialAssignments } = symbols.model;
  for (const species of symbols.model.species) {
    const compartment = symbols.compartments.get(species.compartment);
    const sized =
      compartment !== undefined && (compartment.size !== undefined || initialAssignments.has(compartment.id));
    const doubtful = sized && compartment.dimensions === 0 && !species.substanceOnly;
    yield { ...species, dimensionsAt: doubtful ? compartment.at : undefined };
  }
}

function checkFactor(source: Source, { parameters }: Symbols, id: string | undefined, at: number): void {
  if (id === undefined || parameters.get(id)?.constant) return;
  const message = `the conversion factor ${showName(id)} is no constant parameter of the model`;
  source.error('unknownName', message, { at });
}

/**
 * Concentrations, where all species are such and their compartments are of one size, so that a reaction moves as much
 * in each; otherwise amounts, whose stoichiometries stay as they are.
 */
function quantityOf(symbols: Symbols): Quantity {
  const { model, compartments } = symbols;
  if (model.species.length === 0 || model.species.some((one) => symbols.countsAmounts(one))) return 'amount';
  const used = [...new Set(model.species.map(({ compartment }) => compartments.get(compartment)!))];
  const assigned = (id: string) => model.initialAssignments.has(id);
  if (used.length === 1)
    return used[0]!.size !== undefined || assigned(used[0]!.id) ? 'concentration' : 'amount';
  const alike = used.every(({ id, size }) => size !== undefined && size === used[0]!.size && !assigned(id));
  return alike ? 'concentration' : 'amount';
}

/** Parameters of the network: global ones that are constant, then those of reactions. */
function addParameters(source: Source, symbols: Symbols, { network }: Translation): void {
  const { model } = symbols;
  const add = (name: string, value: Expression, at: number) =>
    network.parameters.push({ name, value, span: source.place({ at }) });
  for (const { id, value, at } of model.parameters) {
    const name = symbols.names.get(id)!;
    const assignment = model.initialAssignments.get(id);
    const rule = model.assignmentRules.get(id);
    source.attempt(() => {
      if (rule !== undefined) {
        const constant = constantOf(symbols.assigned(id, rule));
        if (constant !== null) add(name, expressionOf(constant, rule), at);
      } else if (assignment !== undefined) {
        add(name, expressionOf(symbols.atStart(assignment.formula), assignment), at);
      } else if (value !== undefined) add(name, { kind: 'number', value }, at);
      else
        source.warning('missingValue', `the parameter ${showName(id)} has no value; it is left out`, { at });
    });
  }
  for (const { id: reaction, law } of model.reactions) {
    const seen = new Set<string>();
    for (const { id, value, at } of law?.locals ?? []) {
      if (seen.has(id)) source.error('duplicateId', `the parameter ${showName(id)} is given twice`, { at });
      seen.add(id);
      if (value !== undefined) add(symbols.localName(reaction, id), { kind: 'number', value }, at);
    }
  }
}

function checkCycles(source: Source, { model }: Symbols, { parameters }: Network): boolean {
  const [cycle] = orderParameters(parameters).cycles;
  if (cycle === undefined) return true;
  const names = cycle.slice(0, 8).map((index) => showName(parameters[index]!.name));
  source.issues.error({
    code: 'cyclicParameter',
    message: `the parameters ${names.join(', ')} refer to each other`,
    at: parameters[cycle[0]!]!.span ?? source.place(model),
  });
  return false;
}

/** The network's compartments: those whose size is known. */
function addCompartments(source: Source, symbols: Symbols, network: Network): void {
  for (const compartment of symbols.model.compartments) {
    const { id, at } = compartment;
    const size = source.attempt(() => symbols.sizeExpression(compartment));
    if (size === undefined) continue;
    if (size === null) {
      const message = `the compartment ${showName(id)} has no size: its species are counted in amounts`;
      const meant = symbols.model.species.some(
        (one) => one.compartment === id && !symbols.countsAmounts(one),
      );
      if (meant) source.warning('missingSize', message, { at });
      continue;
    }
    const value = evaluateExpression(size, symbols.known!);
    if (!(value > 0 && value < Infinity)) {
      source.error('invalidSize', `the size of ${showName(id)} is ${value}, but it must be positive`, { at });
    }
    network.compartments ??= [];
    network.compartments.push({ name: id, size, span: source.place({ at }) });
  }
}

function addSpecies(source: Source, symbols: Symbols, { network }: Translation): void {
  const places = new Map(network.compartments?.map(({ name }, place) => [name, place]));
  for (const species of symbols.model.species) {
    const { id, at } = species;
    const initial = source.attempt(() => expressionOf(symbols.initialState(species), { at }));
    const compartment = places.get(species.compartment);
    network.species.push({
      name: symbols.names.get(id)!,
      initial: initial ?? { kind: 'number', value: 0 },
      constant: isHeld(species),
      ...(compartment === undefined ? {} : { compartment }),
      ...(symbols.quantity === 'amount' ? { quantity: 'amount' as const } : {}),
      span: source.place({ at }),
    });
  }
  warnOfUnits(source, symbols);
}

/** Numbers are used as they stand, as SBML wants it; that is worth a word where units differ. */
function warnOfUnits(source: Source, { model }: Symbols): void {
  const changing = model.species.filter((one) => !isHeld(one) && one.substanceUnits !== undefined);
  const [first] = changing;
  const other = changing.find(({ substanceUnits }) => substanceUnits !== first!.substanceUnits);
  if (first === undefined || other === undefined) return;
  const shown = ({ id, substanceUnits }: SbmlSpecies) => `${showName(id)} in ${showName(substanceUnits!)}`;
  source.warning(
    'unitsNotConverted',
    `${shown(first)}, ${shown(other)}: numbers are used as they stand, no unit is converted`,
    other,
  );
}

/** Parameters that rules assign sums of species to. */
function addObservables(source: Source, symbols: Symbols, { network, meanings }: Translation): void {
  for (const { id, at } of symbols.model.parameters) {
    const rule = symbols.model.assignmentRules.get(id);
    if (rule === undefined) continue;
    source.attempt(() => {
      const polynomial = symbols.assigned(id, rule);
      if (constantOf(polynomial) !== null) return;
      const terms = weights(symbols, polynomial, rule);
      network.observables ??= [];
      meanings.set(id, { kind: 'observable', index: network.observables.length });
      network.observables.push({ name: symbols.names.get(id)!, terms, span: source.place({ at }) });
    });
  }
}

function weights(symbols: Symbols, polynomial: Polynomial, place: { at: number }) {
  return polynomial.map(({ coefficient, orders }) => {
    const [factor, ...others] = orders;
    if (factor === undefined || others.length > 0 || factor[1] !== 1) {
      const message =
        'a rule is supported when it assigns a constant, or a sum of species with constant weights';
      throw new Refusal('unsupportedRule', message, place);
    }
    return {
      species: factor[0],
      value: symbols.numberOf(expressionOf(coefficient, place), place, 'a weight'),
    };
  });
}

/** Stoichiometries are looked at even where they have no effect: one that is not known may have been meant to. */
function addStoichiometries(source: Source, symbols: Symbols, { meanings }: Translation): void {
  for (const { reactants, products } of symbols.model.reactions) {
    for (const reference of [...reactants, ...products]) {
      source.attempt(() => {
        const expression = expressionOf(symbols.stoichiometry(reference), reference);
        const value = symbols.numberOf(expression, reference, 'a stoichiometry');
        if (reference.id !== undefined) meanings.set(reference.id, { kind: 'constant', value });
      });
    }
  }
}

function addMeanings(symbols: Symbols, { network, meanings }: Translation): void {
  const values = symbols.known!;
  const sizes = new Map(
    network.compartments?.map(({ name, size }) => [name, evaluateExpression(size, values)]),
  );
  for (const [id, value] of sizes) meanings.set(id, { kind: 'constant', value });
  for (const { id } of symbols.model.parameters) {
    const value = values.get(symbols.names.get(id)!);
    if (value !== undefined) meanings.set(id, { kind: 'constant', value });
  }
  for (const [index, { id, compartment, substanceOnly }] of symbols.model.species.entries()) {
    const pointlike = symbols.compartments.get(compartment)!.dimensions === 0;
    const size = pointlike ? null : (sizes.get(compartment) ?? null);
    meanings.set(id, { kind: 'species', index, quantity: symbols.quantity, size, substanceOnly });
  }
}
