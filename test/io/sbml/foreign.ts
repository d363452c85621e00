import { evaluateExpression, parameterValues } from '../../../src/index.js';
import type { Network } from '../../../src/network/model.js';

/** The file as another program would hand it on: without the text of the network that it keeps. */
export const stripped = (xml: string): string => xml.replace(/<annotation>[\s\S]*?<\/annotation>/, '');

/** Numbers of species as amounts, whatever the network counts. */
export function amounts(network: Network, state: ArrayLike<number>): number[] {
  const values = parameterValues(network);
  return network.species.map(({ quantity, compartment }, s) => {
    const size = compartment === undefined ? undefined : network.compartments![compartment]!.size;
    return state[s]! * (quantity === 'amount' || size === undefined ? 1 : evaluateExpression(size, values));
  });
}
