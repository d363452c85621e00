import { type Figure, spikingFigure } from '../plot/index.js';
import type { ShownNeuron } from '../validation/index.js';

/** What a seed has for figures. */
interface Seed<Shown> {
  seed: number;
  shown: Shown;
}

type Draw = (recipe: string, seeds: readonly Seed<never>[]) => [name: string, figure: Figure][];

/** Spikes, membrane and signal of the first seed, weights of all. */
function neuron(recipe: string, seeds: readonly Seed<ShownNeuron>[]): [string, Figure][] {
  const [{ seed, shown }] = seeds;
  return [
    [
      recipe,
      spikingFigure({
        ...shown,
        weights: seeds.map((one) => one.shown.weights),
        title: `${shown.title}, seed ${seed}`,
      }),
    ],
  ];
}

const drawings: Readonly<Record<string, Draw>> = {
  'hebbian-neuron': neuron,
};

/** The figures of a recipe of a validation, by the ends of their names. */
export const validationFigures = (
  experiment: string,
  recipe: string,
  seeds: readonly { seed: number; shown: unknown }[],
): [name: string, figure: Figure][] => drawings[experiment]?.(recipe, seeds as readonly Seed<never>[]) ?? [];
