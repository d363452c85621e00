import { evaluateExpression, parameterValues, printExpression } from '../../network/expression.js';
import type { SpeciesTerm } from '../../network/model.js';
import { printReaction } from '../../network/print.js';
import { elementary, isWhole } from '../elementary.js';
import { digits } from '../formula.js';
import { Identifiers } from '../identifiers.js';
import { reportAbilities } from '../report.js';
import { writer } from '../writer.js';

/** Reactions with numbers for constants, and values of species. */
export const writeNuskell = writer('Nuskell .crn', ({ network, name, report }) => {
  reportAbilities(network, {}, report);
  const values = parameterValues(network);
  const identifiers = new Identifiers({ legal: /^[A-Za-z][A-Za-z0-9_]*$/ }, ['formals', 'signals', 'fuels']);
  const species = identifiers.take(
    network.species.map((one) => one.name),
    (text) => `X${text.replace(/\W+/g, '_')}`,
  );
  if (network.parameters.length > 0) {
    report.note(
      'parameters',
      'constants are numbers here; they were made of these parameters',
      network.parameters.map((one) => `${one.name} = ${printExpression(one.value)}`),
    );
  }
  const side = (terms: readonly SpeciesTerm[]) =>
    terms
      .map((term) => (term.value === 1 ? species[term.species]! : `${term.value}${species[term.species]}`))
      .join(' + ');
  const initials = network.species.map(
    ({ initial, constant }, i) =>
      `${species[i]} @${constant ? 'constant' : 'initial'} ${digits(evaluateExpression(initial, values))}`,
  );
  const reactions = network.reactions.flatMap((reaction, index) => {
    const plain = elementary(network, reaction);
    if (plain === null || !isWhole(plain)) {
      const why =
        plain === null ? 'its rate is not that of its reactants' : 'a stoichiometry is no whole number';
      report.lose('rateLaw', `the reaction \`${printReaction(network, index)}\` cannot be said: ${why}`);
      return [];
    }
    const constant = digits(evaluateExpression(reaction.rate, values));
    const label = reaction.label === null ? '' : `  # ${reaction.label}`;
    const words = [side(plain.reactants), '->', side(plain.products), `[k = ${constant}]${label}`];
    return [words.filter((word) => word !== '').join(' ')];
  });
  const comments = report.finish();
  if (identifiers.table.length > 0) {
    comments.push('Names that are spelt otherwise here:', ...identifiers.table.map((line) => `  ${line}`));
  }
  return [
    `# ${name.replace(/\s+/g, ' ')}, written by neural-crn`,
    ...comments.map((line) => `# ${line}`),
    '',
    ...initials,
    '',
    ...reactions,
    '',
  ].join('\n');
});
