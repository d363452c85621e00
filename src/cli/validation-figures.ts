import { checkFigure, type Figure, type Layer, PALETTE, spikingFigure } from '../plot/index.js';
import type { ShownNeuron, ShownProgram } from '../validation/index.js';

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

/** What a program computes, of the first seed, and what it ought to come to. */
function program(recipe: string, [{ seed, shown }]: readonly Seed<ShownProgram>[]): [string, Figure][] {
  const { times, columns, answer, asked } = shown;
  const layers = columns.map(
    ({ name, values }, k): Layer => ({
      kind: 'line',
      name,
      x: times,
      y: values,
      color: PALETTE[k % PALETTE.length],
    }),
  );
  const figure: Figure = {
    title: `${recipe}, ${asked} (seed ${seed})`,
    width: 640,
    height: 400,
    x: { label: 'time', unit: 'model units', scale: 'linear' },
    y: { label: 'concentration', unit: 'model units', scale: 'linear' },
    layers: [
      ...layers,
      ...(answer === null
        ? []
        : [{ kind: 'rule' as const, at: { y: answer }, name: 'the answer', color: '#555555' }]),
    ],
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return [[recipe, figure]];
}

const drawings: Readonly<Record<string, Draw>> = {
  'hebbian-neuron': neuron,
  'crnpp-programs': program,
};

/** The figures of a recipe of a validation, by the ends of their names. */
export const validationFigures = (
  experiment: string,
  recipe: string,
  seeds: readonly { seed: number; shown: unknown }[],
): [name: string, figure: Figure][] => drawings[experiment]?.(recipe, seeds as readonly Seed<never>[]) ?? [];
