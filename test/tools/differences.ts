import { type Expression, type Network, type SimulateOptions, simulate } from '../../src/index.js';

const plus = (left: Expression, by: number): Expression => ({
  kind: 'binary',
  operator: '+',
  left,
  right: { kind: 'number', value: by },
});

/** A copy of a network in which one quantity, by its name among sensitivities, is another by so much. */
export function moved(network: Network, quantity: string, by: number): Network {
  const copy = structuredClone(network);
  const colon = quantity.indexOf(':');
  const [kind, rest] = [quantity.slice(0, Math.max(0, colon)), quantity.slice(colon + 1)];
  if (kind === 'init') {
    const species = copy.species.find(({ name }) => name === rest)!;
    species.initial = plus(species.initial, by);
  } else if (kind === 'rate') {
    const reaction = copy.reactions[Number(rest) - 1];
    reaction.rate = plus(reaction.rate, by);
  } else if (kind === 'dose') {
    const dose = copy.doses[Number(rest) - 1];
    dose.amount = plus(dose.amount, by);
  } else {
    const parameter = copy.parameters.find(({ name }) => name === quantity)!;
    parameter.value = plus(parameter.value, by);
  }
  return copy;
}

/** All concentrations of a run at its saved times, row by row. */
export async function rowsOf(network: Network, options: SimulateOptions): Promise<number[]> {
  const solution = await simulate(network, options);
  return Array.from(solution.times, (_, i) => [...solution.row(i)]).flat();
}

/**
 * ∂x/∂p at the saved times, row by row, by central differences with one step of Richardson's extrapolation: the error is
 * of order h⁴, and rounding's 10⁻¹⁶/h.
 */
export async function differences(
  network: Network,
  quantity: string,
  options: SimulateOptions,
  h: number,
): Promise<number[]> {
  const central = async (by: number) => {
    const up = await rowsOf(moved(network, quantity, by), options);
    const down = await rowsOf(moved(network, quantity, -by), options);
    return up.map((value, i) => (value - down[i]) / (2 * by));
  };
  const [coarse, fine] = [await central(h), await central(h / 2)];
  return fine.map((value, i) => value + (value - coarse[i]) / 3);
}

/** Every quantity that a network has, by name. */
export const allQuantities = (network: Network): string[] => [
  ...network.parameters.map(({ name }) => name),
  ...network.reactions.map((_, r) => `rate:${r + 1}`),
  ...network.species.map(({ name }) => `init:${name}`),
  ...network.doses.map((_, d) => `dose:${d + 1}`),
];
