import { evaluateExpression } from '../../network/expression.js';
import type { SpeciesTerm } from '../../network/model.js';
import type { Law } from './laws.js';
import {
  applyMath,
  type MathTree,
  nameMath,
  numberMath,
  powerMath,
  productMath,
  writeMath,
} from './math-writer.js';
import { massActionTerm } from './reaction-terms.js';
import { compartmentOf, constantMath, type FormulaContext, type WriterContext } from './things-writer.js';

/** One law with its sides, as an irreversible reaction. */
export function writeReaction(context: WriterContext, law: Law): void {
  const { xml, network, ids } = context;
  const { name, reactants, products, terms } = law;
  const scale = scaleOf(context, law);
  const id = ids.fresh(name ?? `reaction_${terms[0]!.reaction + 1}`);
  const side = (list: string, species: readonly SpeciesTerm[]) =>
    xml.list(list, species, (term) =>
      xml.empty('speciesReference', {
        species: ids.species[term.species],
        stoichiometry: term.value * scale.stoichiometry(term.species),
        constant: true,
      }),
    );
  xml.inside('reaction', { id, name: name ?? undefined, reversible: false }, () => {
    side('listOfReactants', reactants);
    side('listOfProducts', products);
    const named = new Set([...reactants, ...products].map(({ species }) => species));
    const orders = terms.flatMap(({ reaction }) => network.reactions[reaction]!.orders);
    const modifiers = [...new Set(orders.map(({ species }) => species))].filter((one) => !named.has(one));
    xml.list('listOfModifiers', modifiers, (species) =>
      xml.empty('modifierSpeciesReference', { species: ids.species[species] }),
    );
    const sboTerm = law.massAction && scale.alike ? massActionTerm : undefined;
    xml.inside('kineticLaw', { sboTerm }, () => writeMath(xml, rateMath(context, law, scale.factor)));
  });
}

/** The law's formula, in amounts for each unit of time. */
export function rateMath(context: FormulaContext, { terms }: Law, size: MathTree): MathTree {
  const { network, ids, schedule } = context;
  const parts = terms.map(({ reaction, sign }) => {
    const { rate, orders } = network.reactions[reaction]!;
    const powers = orders.map(({ species, value }) => powerMath(nameMath(ids.species[species]!), value));
    const gate = schedule.gate(reaction) ?? numberMath(1);
    const product = productMath([size, gate, constantMath(context, rate), ...powers]);
    return sign > 0 ? product : applyMath('minus', product);
  });
  const [first, ...others] = parts;
  return others.length === 0 ? first! : applyMath('plus', first!, ...others);
}

/**
 * A law of SBML moves amounts. Where all species that it changes are concentrations in one compartment, its size is a
 * factor of the law; where they are unlike, each has a stoichiometry of its own.
 */
export function scaleOf(
  context: FormulaContext,
  { reactants, products }: Law,
): { factor: MathTree; stoichiometry: (species: number) => number; alike: boolean } {
  const { network, ids, values } = context;
  const changed = [...new Set([...reactants, ...products].map(({ species }) => species))].filter(
    (species) => !network.species[species]!.constant,
  );
  const places = changed.map((species) => {
    const one = network.species[species]!;
    return one.quantity === 'amount' ? null : compartmentOf(context, one);
  });
  const [first] = places;
  if (first === undefined || new Set(places).size === 1) {
    const factor = first === undefined || first === null ? numberMath(1) : nameMath(ids.compartments[first]!);
    return { factor, stoichiometry: () => 1, alike: true };
  }
  const sizes = new Map(
    changed.map((species, i) => {
      const size = places[i] === null ? undefined : network.compartments?.[places[i]!]?.size;
      return [species, size === undefined ? 1 : evaluateExpression(size, values)];
    }),
  );
  return { factor: numberMath(1), stoichiometry: (species) => sizes.get(species) ?? 1, alike: false };
}
