import { firstOn, type IssueList } from './issues.js';
import type { Network, Reaction, SourceSpan, SpeciesTerm } from './model.js';
import { everyIndex, isWritableName, showName } from './names.js';
import type { Places } from './places.js';
import { isReversiblePair, printReaction, sameTerms } from './print.js';
import { faultOf, isAmount, type Values } from './values.js';

/** Stoichiometries, orders and constants of all reactions. */
export function checkReactions(network: Network, values: Values, issues: IssueList): void {
  for (const [index, reaction] of network.reactions.entries()) {
    const { reactants, products, orders, rate, law, span } = reaction;
    const shown = () => showReaction(network, index);
    checkTerms(network, [reactants, products], 'stoichiometry', shown, span, values, issues);
    if (law === 'explicit') checkTerms(network, [orders], 'order', shown, span, values, issues);
    else if (!sameTerms(orders, reactants)) {
      const message = `${shown()} follows mass action, but its orders are not its reactants`;
      issues.error({ code: 'ordersDiffer', message, hint: "set its law to 'explicit'", at: span });
    }
    const value = values.evaluate(rate, () => `the rate constant of ${shown()}`, span);
    if (value !== null && !isAmount(value)) {
      issues.error({
        code: `${faultOf(value)}Constant`,
        message: `the rate constant of ${shown()} is ${value}, but it must be finite and not negative`,
        at: values.placeOf(rate, span),
      });
    }
    if (reactants.length === 0 && products.length === 0) {
      const message = 'a reaction without reactants and products changes nothing';
      issues.warning({ code: 'noEffect', message, at: span });
    }
  }
}

function checkTerms(
  network: Network,
  sides: SpeciesTerm[][],
  kind: 'stoichiometry' | 'order',
  shown: () => string,
  span: SourceSpan | undefined,
  values: Values,
  issues: IssueList,
): void {
  for (const side of sides) {
    for (const term of side) {
      const { species, value } = term;
      const name = network.species[species]?.name;
      if (name === undefined) {
        const message = `${shown()} refers to species number ${species}, which the network does not have`;
        issues.error({ code: 'unknownSpecies', message, at: span });
      } else if (!isAmount(value)) {
        const ordinary = kind === 'order' ? 'invalidOrder' : 'invalidStoichiometry';
        issues.error({
          code: kind === 'order' && faultOf(value) === 'negative' ? 'negativeOrder' : ordinary,
          message: `the ${kind} of ${showName(name)} in ${shown()} is ${value}, but it must be finite and not negative`,
          at: values.placeOf(term, span),
        });
      }
    }
  }
}

/** A label names one statement: one reaction, or both directions of one reversible arrow. */
export function checkLabels(network: Network, places: Places, issues: IssueList): void {
  const { reactions } = network;
  const first = new Map<string, { index: number; at: SourceSpan | undefined }>();
  for (const [index, reaction] of reactions.entries()) {
    const { label, span } = reaction;
    if (label === null) continue;
    if (!isWritableName(label) || label.endsWith(everyIndex)) {
      const message = `the label ${JSON.stringify(label.slice(0, 40))} is empty, has a backtick or a line end, or ends in \`[*]\``;
      issues.error({ code: 'invalidName', message, at: span });
    }
    const before = first.get(label);
    if (!before) {
      first.set(label, { index, at: span });
      continue;
    }
    const wayBack =
      before.index === index - 1 &&
      isReversiblePair(network, before.index) &&
      sameStatement(reactions[before.index]!, reaction, places);
    if (wayBack) continue;
    issues.error({
      code: 'duplicateLabel',
      message: `the label ${showName(label)} is given twice${firstOn(before.at)}`,
      hint: 'reactions that run together can share a base name: `feed[1]`, `feed[2]`, and `feed[*]` in the phase',
      at: span,
    });
  }
}

/** Both directions of an arrow stand at one place; a network without places has only its shape. */
function sameStatement(one: Reaction, other: Reaction, places: Places): boolean {
  const a = one.span ?? places.get(one);
  const b = other.span ?? places.get(other);
  return !a || !b || (a.line === b.line && a.column === b.column);
}

/** The reaction for a message, cut when it is long. */
export function showReaction(network: Network, index: number): string {
  const { label } = network.reactions[index]!;
  if (label !== null) return `reaction ${showName(label)}`;
  try {
    const text = printReaction(network, index);
    return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
  } catch {
    // It has a name that no text can hold, which is an issue of its own.
    return `reaction number ${index + 1}`;
  }
}
