import type { Expression, Network } from '../network/model.js';
import type { Quantity } from '../sensitivity/quantities.js';

/** A copy of a network with numbers in place of what some of its quantities were written as. */
export function withValues(
  network: Network,
  quantities: readonly Quantity[],
  values: ArrayLike<number>,
): Network {
  const fitted = structuredClone(network);
  quantities.forEach(({ kind, index }, q) => {
    const value: Expression = { kind: 'number', value: values[q] };
    if (kind === 'parameter') fitted.parameters[index].value = value;
    else if (kind === 'rate') fitted.reactions[index].rate = value;
    else if (kind === 'initial') fitted.species[index].initial = value;
    else fitted.doses[index].amount = value;
  });
  return fitted;
}
