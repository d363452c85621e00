import { parameterValues } from '../../network/expression.js';
import type { Expression, Network, SpeciesTerm } from '../../network/model.js';
import { printNetwork } from '../../network/print.js';
import { spell } from '../identifiers.js';
import { identify } from '../sbml/identify.js';
import { type Law, lawsOf } from '../sbml/laws.js';
import { numberMath } from '../sbml/math-writer.js';
import { rateMath, scaleOf } from '../sbml/reaction-writer.js';
import { makeSchedule } from '../sbml/schedule-writer.js';
import { compartmentOf, constantMath, type FormulaContext, weightedSum } from '../sbml/things-writer.js';
import { writer } from '../writer.js';
import { numberText, writeFormulaText } from './formulas.js';
import { ownTextMark, reservedWords } from './words.js';

/**
 * A network as Antimony, which means what its SBML would: laws in amounts, phases and doses as events. The network's own
 * text stands in comments besides, which `readAntimony` goes by for as long as the model is still as written.
 */
export const writeAntimony = writer('Antimony', ({ network, name, report }) => {
  const { simulation, doses, phases } = network;
  if (Object.keys(simulation).length > 0) {
    report.note(
      'directives',
      'Antimony has no place for times, rows and tolerances of a run: they stand in the comments alone',
    );
  }
  if (doses.some(({ at }) => at.kind === 'level') || phases.some(({ when }) => when)) {
    const message =
      'a dose that takes a species over a level is a crossing to Antimony, and none to the network: events may come more often';
    report.note('crossings', message);
  }
  return antimonyText(network, name, report.finish());
});

function antimonyText(network: Network, name: string, comments: readonly string[]): string {
  const ids = identify(network, reservedWords);
  const schedule = makeSchedule(network, ids);
  const context: FormulaContext = { network, ids, values: parameterValues(network), schedule };
  const formula = (expression: Expression) => writeFormulaText(constantMath(context, expression));
  const title = name.replace(/\s+/g, ' ');
  const model = ids.fresh(spell(title));
  const body = [
    ...compartments(context, formula),
    ...species(context),
    ...network.parameters.map((one) => `const ${ids.parameters.get(one.name)} = ${formula(one.value)};`),
    ...schedule.parameters.map(({ id, value }) => `var ${id} = ${numberText(value)};`),
    ...network.species.map((one, i) => `${ids.species[i]} = ${formula(one.initial)};`),
    ...lawsOf(network).map((law) => reaction(context, law)),
    ...(network.observables ?? []).map(
      ({ terms }, i) => `${ids.observables[i]} := ${writeFormulaText(weightedSum(context, terms))};`,
    ),
    ...schedule.events.map(({ id, trigger, before, priority, assignments }) => {
      const options = [`t0=${before}`, 'persistent=false', 'fromTrigger=false', `priority=${priority}`];
      const set = [...assignments].map(([variable, value]) => `${variable} = ${writeFormulaText(value)}`);
      return `${id}: at (${writeFormulaText(trigger)}), ${options.join(', ')}: ${set.join(', ')};`;
    }),
    ...displayNames(network, ids),
  ];
  const own = printNetwork(network).split('\n');
  return `${[
    `// ${title}, written by neural-crn`,
    ...comments.map((line) => `// ${line}`),
    '// A law is in amounts for each unit of time: its compartment is a factor of it.',
    `model *${model}()`,
    ...body.map((line) => `  ${line}`),
    'end',
    '',
    '// The network as neural-crn writes it; it is read from here as long as the model is not changed.',
    ...own.map((line) => `${ownTextMark} ${line}`.trimEnd()),
  ].join('\n')}\n`;
}

function compartments({ network, ids }: FormulaContext, formula: (one: Expression) => string): string[] {
  return ids.compartments.map((id, i) => {
    const size = network.compartments?.[i]?.size;
    return `compartment ${id} = ${size ? formula(size) : '1'};`;
  });
}

function species(context: FormulaContext): string[] {
  const { network, ids } = context;
  return network.species.map((one, i) => {
    const amount = one.quantity === 'amount' ? 'substanceOnly ' : '';
    const place = ids.compartments[compartmentOf(context, one)];
    return `${amount}species ${one.constant ? '$' : ''}${ids.species[i]} in ${place};`;
  });
}

function reaction(context: FormulaContext, law: Law): string {
  const { network, ids } = context;
  const { factor, stoichiometry } = scaleOf(context, law);
  const { name, reactants, products, terms } = law;
  const id = ids.fresh(spell(name ?? `reaction_${terms[0]!.reaction + 1}`));
  const side = (list: readonly SpeciesTerm[]) =>
    list
      .map(({ species: index, value }) => {
        const count = value * stoichiometry(index);
        const held = network.species[index]!.constant ? '$' : '';
        return `${count === 1 ? '' : `${numberText(count)} `}${held}${ids.species[index]}`;
      })
      .join(' + ');
  const words = [`${id}:`, side(reactants), '=>', side(products)].filter((word) => word !== '');
  return `${words.join(' ')}; ${writeFormulaText(rateMath(context, law, factor ?? numberMath(1)))};`;
}

/** `id is "name"` where they differ. */
function displayNames(network: Network, ids: ReturnType<typeof identify>): string[] {
  const lines: string[] = [];
  const add = (items: readonly { name: string }[], written: readonly string[]) => {
    for (const [i, { name }] of items.entries()) {
      if (written[i] !== name && !name.includes('"')) lines.push(`${written[i]} is "${name}";`);
    }
  };
  add(network.species, ids.species);
  add(
    network.parameters,
    network.parameters.map(({ name }) => ids.parameters.get(name)!),
  );
  add(network.observables ?? [], ids.observables);
  add(network.compartments ?? [], ids.compartments);
  return lines;
}
