import { evaluateExpression } from './expression.js';
import type { Network } from './model.js';
import { showName } from './names.js';
import { printReaction } from './print.js';
import { isAmount } from './values.js';

/** The place of every species in `network.species`, by name. */
export function speciesIndex(network: Pick<Network, 'species'>): Map<string, number> {
  return new Map(network.species.map(({ name }, index) => [name, index]));
}

/**
 * Starting concentrations in the network's order and unit, held species included.
 *
 * @param values numbers of the parameters, from `parameterValues`
 * @throws RangeError naming a species whose value is negative or not finite with these parameters
 */
export function initialConcentrations(
  network: Pick<Network, 'species'>,
  values: ReadonlyMap<string, number>,
): Float64Array {
  return Float64Array.from(network.species, ({ name, initial }) => {
    const value = evaluateExpression(initial, values);
    if (isAmount(value)) return value;
    throw new RangeError(
      `the initial value of ${showName(name)} is ${value}, but it must be finite and not negative`,
    );
  });
}

/**
 * Rate constants `k` of all reactions in order, for rates k·∏xᵒ without factorials. The unit is the model's
 * concentration to the power 1 − (sum of orders), per time.
 *
 * @param values numbers of the parameters, from `parameterValues`
 * @throws RangeError naming a reaction whose constant is negative or not finite with these parameters
 */
export function rateConstants(network: Network, values: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(network.reactions, ({ rate }, index) => {
    const value = evaluateExpression(rate, values);
    if (isAmount(value)) return value;
    const reaction = printReaction(network, index);
    throw new RangeError(
      `the rate constant of \`${reaction}\` is ${value}, but it must be finite and not negative`,
    );
  });
}
