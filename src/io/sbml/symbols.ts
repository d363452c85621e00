import { evaluateExpression } from '../../network/expression.js';
import type { Expression } from '../../network/model.js';
import { showName } from '../../network/names.js';
import { suggest } from '../../network/nearest.js';
import { Expander, type Scope } from './expand.js';
import type { Formula } from './mathml.js';
import { Names } from './names.js';
import {
  constantOf,
  constantPolynomial,
  expressionOf,
  type Polynomial,
  speciesPolynomial,
} from './polynomials.js';
import {
  divide,
  expressionProduct,
  multiply,
  numberProduct,
  type Product,
  reciprocal,
  sizeProduct,
} from './products.js';
import type {
  Assignment,
  SbmlCompartment,
  SbmlModel,
  SbmlParameter,
  SbmlReaction,
  SbmlReference,
  SbmlSpecies,
} from './records.js';
import { Refusal, type Source } from './source.js';

type Place = { at: number };

/** Values of which each needs the next, as deep as the call stack allows. */
const mostOpen = 100;

/** What the network's numbers of species are. */
export type Quantity = 'concentration' | 'amount';

const byId = <T extends { id: string | undefined }>(items: readonly T[]): Map<string, T> =>
  new Map(items.flatMap((item) => (item.id === undefined ? [] : [[item.id, item]])));

/**
 * What the ids of a model mean: in formulas that hold all the time, where species are variables, and in those that hold
 * at the start, where they are numbers.
 */
export class Symbols {
  readonly compartments: ReadonlyMap<string, SbmlCompartment>;
  readonly species: ReadonlyMap<string, SbmlSpecies>;
  readonly parameters: ReadonlyMap<string, SbmlParameter>;
  readonly references: ReadonlyMap<string, SbmlReference>;
  private readonly reactions: ReadonlyMap<string, SbmlReaction>;
  private readonly places = new Map<string, number>();
  /** Names that the network has for species, parameters and observables, by id. */
  readonly names = new Map<string, string>();
  readonly uniqueNames: Names;
  private readonly expander: Expander;
  /** Ids whose value is being worked out. */
  private readonly open = new Set<string>();
  private readonly kept = new Map<string, Product | Polynomial>();
  private readonly dynamic: Scope;
  private readonly initial: Scope;
  /** What the network's numbers of species are to be. */
  quantity: Quantity = 'amount';
  readonly unit = numberProduct(1);
  /** Numbers of the network's parameters, once they are known. */
  known: ReadonlyMap<string, number> | undefined;

  constructor(
    private readonly source: Source,
    readonly model: SbmlModel,
  ) {
    this.expander = new Expander(source.length);
    this.compartments = byId(model.compartments);
    this.species = byId(model.species);
    this.parameters = byId(model.parameters);
    this.reactions = byId(model.reactions);
    const references = model.reactions.flatMap(({ reactants, products }) => [...reactants, ...products]);
    // Only Level 3 lets formulas ask for a stoichiometry.
    this.references = source.level > 2 ? byId(references) : new Map();
    for (const [place, { id }] of model.species.entries()) this.places.set(id, place);
    const named = [...model.species, ...model.parameters];
    this.uniqueNames = new Names(new Set(named.map(({ id }) => id)));
    for (const item of named) this.names.set(item.id, this.uniqueNames.of(item, source.isOurs));
    this.dynamic = this.scope((name, place) => this.lookup(name, place, this.dynamic));
    this.initial = this.scope((name, place) => this.lookup(name, place, this.initial));
  }

  private scope(lookup: Scope['lookup']): Scope {
    return {
      lookup,
      functionOf: (name, place) => {
        const found = this.model.functions.get(name);
        if (found !== undefined) return found;
        throw new Refusal(
          'unknownName',
          `there is no function ${showName(name)}`,
          place,
          suggest(name, this.model.functions.keys()),
        );
      },
      heldValue: (species) => {
        const one = this.model.species[species]!;
        return isHeld(one) ? this.initialState(one) : null;
      },
      hasAvogadro: this.source.level > 2,
      values: () => {
        if (this.known !== undefined) return this.known;
        throw new Refusal('unsupportedMath', 'an exponent of a species must be a number here', this.model);
      },
      folded: (what, place) => {
        const words = what === 'exponent' ? 'an exponent of a species' : 'the value of a constant species';
        const message = `${words} is taken into the network as the number that it is in the file`;
        this.source.warning(
          'foldedConstant',
          message,
          place,
          'it does not follow when its constants are changed',
        );
      },
    };
  }

  /** A formula that holds all the time. */
  always(formula: Formula): Polynomial {
    return this.expander.expand(formula, this.dynamic);
  }

  /** The constant that a formula is at the start. */
  atStart(formula: Formula): Product {
    return this.expander.constant(formula, this.initial);
  }

  /** A reaction's rate in amounts, or extents, for each unit of time. */
  rateOf(reaction: SbmlReaction): Polynomial {
    return this.rate(reaction, this.dynamic);
  }

  private rate({ id, law, at }: SbmlReaction, scope: Scope): Polynomial {
    if (law === null)
      throw new Refusal('missingKineticLaw', `the reaction ${showName(id)} has no rate`, { at });
    const locals = byId(law.locals);
    const inside: Scope = {
      ...scope,
      lookup: (name, place) => {
        const local = locals.get(name);
        if (local === undefined) return scope.lookup(name, place);
        if (local.value === undefined) refuseMissing('local parameter', name, place);
        return parameterPolynomial(this.localName(id, name));
      },
    };
    return this.once(`rate of ${id}`, { at }, () => this.expander.expand(law.formula, inside));
  }

  /** The name that a network gives the local parameter of a reaction. */
  localName(reaction: string, parameter: string): string {
    const key = `${reaction} ${parameter}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = this.uniqueNames.like(`${parameter}[${reaction}]`);
    this.names.set(key, name);
    return name;
  }

  private lookup(name: string, place: Place, scope: Scope): Polynomial {
    const species = this.species.get(name);
    if (species !== undefined) {
      if (scope === this.initial) return constantPolynomial(this.symbolAtStart(species));
      return speciesPolynomial(this.places.get(name)!, this.scale(species));
    }
    const parameter = this.parameters.get(name);
    if (parameter !== undefined) return this.parameter(parameter, place, scope);
    if (this.compartments.has(name)) return constantPolynomial(this.size(name));
    const reference = this.references.get(name);
    if (reference !== undefined) return constantPolynomial(this.stoichiometry(reference));
    const reaction = this.reactions.get(name);
    if (reaction !== undefined) return this.rate(reaction, scope);
    const known = [...this.species.keys(), ...this.parameters.keys(), ...this.compartments.keys()];
    throw new Refusal(
      'unknownName',
      `${showName(name)} is not known in a formula`,
      place,
      suggest(name, known),
    );
  }

  private parameter(parameter: SbmlParameter, place: Place, scope: Scope): Polynomial {
    const { id, value } = parameter;
    const rule = this.model.assignmentRules.get(id);
    if (rule !== undefined) {
      const polynomial = this.assigned(id, rule);
      if (constantOf(polynomial) === null) {
        return scope === this.initial ? constantPolynomial(this.atStart(rule.formula)) : polynomial;
      }
    } else if (value === undefined && !this.model.initialAssignments.has(id)) {
      refuseMissing('parameter', id, place);
    }
    return parameterPolynomial(this.names.get(id)!);
  }

  /** What a rule assigns to an id all the time. */
  assigned(id: string, { formula, at }: Assignment): Polynomial {
    return this.memo(`rule for ${id}`, { at }, () => this.always(formula));
  }

  /** A compartment's size; where it is not given, one that must cancel. */
  size(id: string): Product {
    return this.memo(`size of ${id}`, this.compartments.get(id)!, () =>
      sizeProduct(id, this.sizeExpression(this.compartments.get(id)!)),
    );
  }

  /** The size as a constant of the network; null when it is not given. */
  sizeExpression({ id, size }: SbmlCompartment): Expression | null {
    const assignment = this.model.initialAssignments.get(id);
    if (assignment !== undefined) {
      return this.once(`value of ${id}`, assignment, () =>
        expressionOf(this.atStart(assignment.formula), assignment),
      );
    }
    return size === undefined ? null : { kind: 'number', value: size };
  }

  /** A stoichiometry as written, without conversion factors. */
  stoichiometry(reference: SbmlReference): Product {
    const { id, species, stoichiometry, at } = reference;
    const assignment = id === undefined ? undefined : this.model.initialAssignments.get(id);
    const rule = id === undefined ? undefined : this.model.assignmentRules.get(id);
    const formula = rule?.formula ?? assignment?.formula ?? stoichiometry;
    if (typeof formula === 'number') return numberProduct(formula);
    if (formula === undefined) {
      throw new Refusal('missingValue', `the stoichiometry of ${showName(species)} is not given`, { at });
    }
    return this.once(`stoichiometry of ${id}`, { at }, () => {
      if (formula === assignment?.formula) return this.atStart(formula);
      const constant = constantOf(this.always(formula));
      if (constant !== null) return constant;
      throw new Refusal(
        'unsupportedStoichiometry',
        `the stoichiometry of ${showName(species)} changes in time`,
        formula,
      );
    });
  }

  /** A species at the start, as formulas see it. */
  private symbolAtStart(species: SbmlSpecies): Product {
    const { id, amount, concentration, compartment, at } = species;
    return this.memo(`start of ${id}`, { at }, () => {
      const assignment = this.model.initialAssignments.get(id);
      if (assignment !== undefined) return this.atStart(assignment.formula);
      const inAmounts = this.countsAmounts(species);
      if (amount !== undefined) {
        const value = numberProduct(amount);
        return inAmounts ? value : divide(value, this.size(compartment));
      }
      if (concentration !== undefined) {
        const value = numberProduct(concentration);
        return inAmounts ? multiply(value, this.size(compartment)) : value;
      }
      throw new Refusal(
        'missingValue',
        `the species ${showName(id)} has no initial amount or concentration`,
        { at },
      );
    });
  }

  /** A conversion factor. */
  factor(id: string, place: Place): Product {
    return constantOf(this.parameter(this.parameters.get(id)!, place, this.dynamic))!;
  }

  /** The number that a constant of the network is. */
  numberOf(expression: Expression, place: Place, what: string): number {
    const value = evaluateExpression(expression, this.known!);
    if (Number.isFinite(value)) return value;
    throw new Refusal('invalidNumber', `${what} is ${value}, but it must be finite`, place);
  }

  /** A species' place in the network. */
  placeOf(species: string): number {
    return this.places.get(species)!;
  }

  /** A species at the start, as the network counts it. */
  initialState(species: SbmlSpecies): Product {
    return divide(this.symbolAtStart(species), this.scale(species));
  }

  /** What the network's number is multiplied by to give what formulas see. */
  scale(species: SbmlSpecies): Product {
    if (this.quantity === 'concentration' || this.countsAmounts(species)) return numberProduct(1);
    return reciprocal(this.size(species.compartment));
  }

  /** True when formulas see the amount of a species, not its concentration. */
  countsAmounts({ substanceOnly, compartment }: SbmlSpecies): boolean {
    return substanceOnly || this.compartments.get(compartment)?.dimensions === 0;
  }

  private memo<T extends Product | Polynomial>(key: string, place: Place, make: () => T): T {
    const known = this.kept.get(key);
    if (known !== undefined) return known as T;
    const value = this.once(key, place, make);
    this.kept.set(key, value);
    return value;
  }

  /** Works something out; what refers back to itself on the way is refused. */
  private once<T>(key: string, place: Place, make: () => T): T {
    if (this.open.has(key)) {
      throw new Refusal('cyclicAssignment', `the ${key} refers back to itself`, place);
    }
    if (this.open.size >= mostOpen) {
      throw new Refusal(
        'tooLarge',
        `the ${key} stands at the end of more than ${mostOpen} assignments`,
        place,
      );
    }
    this.open.add(key);
    try {
      return make();
    } finally {
      this.open.delete(key);
    }
  }
}

/** True for a species that no reaction changes. */
export const isHeld = ({ boundary, constant }: SbmlSpecies): boolean => boundary || constant;

const parameterPolynomial = (name: string): Polynomial =>
  constantPolynomial(expressionProduct({ kind: 'parameter', name }));

function refuseMissing(what: string, name: string, place: Place): never {
  throw new Refusal('missingValue', `the ${what} ${showName(name)} has no value`, place);
}
