import type { Expression, Network, Reaction } from './model.js';

/**
 * Takes a network whose constants are meant in the convention that divides a rate by the factorials of repeated
 * reactants (Catalyst.jl's default: `2 Z -> Z` at 1 is dz/dt = −z²/2) into this package's, where a rate is k·∏xᵒ
 * and nothing is divided: k becomes k/∏ν!, so `2 Z -> Z` at ½ and `3 Z -> 2 Z` at 1/6.
 *
 * Reactions with an explicit rate law are left as they are: their constant is already the law's.
 *
 * @throws RangeError for a reactant whose stoichiometry is no whole number, which has no factorial
 */
export function fromFactorialRates(network: Network): Network {
  return { ...structuredClone(network), reactions: network.reactions.map(divided) };
}

function divided(reaction: Reaction, index: number): Reaction {
  const copy = structuredClone(reaction);
  if (reaction.law === 'explicit') return copy;
  let divisor = 1;
  for (const { value } of reaction.reactants) {
    if (!Number.isInteger(value)) {
      throw new RangeError(
        `reaction ${reaction.label ?? index + 1} has ${value} of a reactant: only whole numbers have factorials`,
      );
    }
    for (let factor = 2; factor <= value; factor++) divisor *= factor;
  }
  return divisor === 1 ? copy : { ...copy, rate: over(reaction.rate, divisor) };
}

function over(rate: Expression, divisor: number): Expression {
  if (rate.kind === 'number') return { kind: 'number', value: rate.value / divisor };
  return {
    kind: 'binary',
    operator: '/',
    left: structuredClone(rate),
    right: { kind: 'number', value: divisor },
  };
}
