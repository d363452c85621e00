import { checkFigure, type Figure, type Layer, PALETTE, spikingFigure } from '../plot/index.js';
import type {
  ShownDesign,
  ShownDiscovery,
  ShownField,
  ShownNeuron,
  ShownProgram,
  ShownResponse,
} from '../validation/index.js';

/** What a seed has for figures. */
interface Seed<Shown> {
  seed: number;
  shown: Shown;
}

const MODEL_UNITS = 'model units';

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
    x: { label: 'time', unit: MODEL_UNITS, scale: 'linear' },
    y: { label: 'concentration', unit: MODEL_UNITS, scale: 'linear' },
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

/** A neuron's answers beside its law. */
function response(recipe: string, [{ shown }]: readonly Seed<ShownResponse>[]): [string, Figure][] {
  const { z, curves } = shown;
  const figure: Figure = {
    title: `${recipe}: what one neuron answers`,
    subtitle: 'Points: the rest of the chemistry; lines: the law.',
    width: 640,
    height: 400,
    x: { label: 'z', scale: 'linear' },
    y: { label: 'y at rest', scale: 'linear' },
    layers: curves.flatMap(({ name, chemistry, law }, k): Layer[] => [
      { kind: 'line', name, x: z, y: law, color: PALETTE[k] },
      { kind: 'points', name: `${name}, chemistry`, x: z, y: chemistry, color: PALETTE[k] },
    ]),
    legend: {
      position: 'top',
      entries: curves.map(({ name }, k) => ({
        label: name,
        swatches: [
          { kind: 'line', color: PALETTE[k] },
          { kind: 'point', color: PALETTE[k] },
        ],
      })),
    },
  };
  checkFigure(figure);
  return [[recipe, figure]];
}

/** Of the first seed: one species over time, two against each other, a line for each start. */
function field(recipe: string, [{ seed, shown }]: readonly Seed<ShownField>[]): [string, Figure][] {
  const { title, times, courses } = shown;
  const isPlane = courses[0].species.length === 2;
  const all = courses.flatMap(({ species }) => species.flat());
  // Both axes of a plane alike.
  const domain: [number, number] = [Math.min(...all), Math.max(...all)];
  const figure: Figure = {
    title: `${title} (seed ${seed})`,
    width: 640,
    height: isPlane ? 560 : 400,
    x: isPlane
      ? { label: 'X_1', unit: MODEL_UNITS, scale: 'linear', domain }
      : { label: 'time', unit: MODEL_UNITS, scale: 'linear' },
    y: { label: isPlane ? 'X_2' : 'X_1', unit: MODEL_UNITS, scale: 'linear', ...(isPlane && { domain }) },
    layers: courses.map(
      ({ from, species: [first, second] }, k): Layer => ({
        kind: 'line',
        name: `from ${from.join(', ')}`,
        x: isPlane ? first : times,
        y: isPlane ? second : first,
        color: PALETTE[k % PALETTE.length],
      }),
    ),
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return [[recipe, figure]];
}

/** What a network does and what was asked for, a panel for each of some experiments, of the first seed. */
function designed(recipe: string, [{ seed, shown }]: readonly Seed<ShownDesign>[]): [string, Figure][] {
  const { title, reactions, experiments } = shown;
  return [
    [
      recipe,
      coursesFigure(
        `${title} (seed ${seed})`,
        `Points: asked for. ${reactions.join('; ')}`,
        experiments.map(({ name, times, species }) => ({
          title: experiments.length > 1 ? name : '',
          times,
          species: species.map(({ name: own, values, wanted }) => ({ name: own, values, points: wanted })),
        })),
      ),
    ],
  ];
}

/** One run that was measured with the course of what was found, of the first seed. */
function discovered(recipe: string, [{ seed, shown }]: readonly Seed<ShownDiscovery>[]): [string, Figure][] {
  const { reactions, times, species } = shown;
  const panel = {
    title: '',
    times,
    species: species.map(({ name, values, measured }) => ({
      name,
      values,
      points: { times, values: measured },
    })),
  };
  const title = `${recipe}: the first run, and what was found (seed ${seed})`;
  return [[recipe, coursesFigure(title, `Points: measured. ${reactions.join('; ')}`, [panel])]];
}

interface Courses {
  title: string;
  times: number[];
  species: { name: string; values: number[]; points: { times: number[]; values: number[] } }[];
}

/** Lines of a network, and points beside them. */
function coursesFigure(title: string, subtitle: string, panels: readonly Courses[]): Figure {
  const made = panels.map(({ title: own, times, species }) => ({
    title: own,
    x: { label: 'time', unit: MODEL_UNITS, scale: 'linear' as const },
    y: { label: 'concentration', unit: MODEL_UNITS, scale: 'linear' as const },
    layers: species.flatMap(({ name, values, points }, k): Layer[] => [
      { kind: 'line', name, x: times, y: values, color: PALETTE[k % PALETTE.length] },
      {
        kind: 'points',
        name: `${name}, points`,
        x: points.times,
        y: points.values,
        color: PALETTE[k % PALETTE.length],
      },
    ]),
  }));
  const legend = {
    position: 'top' as const,
    entries: panels[0].species.map(({ name }, k) => ({
      label: name,
      swatches: [
        { kind: 'line' as const, color: PALETTE[k % PALETTE.length] },
        { kind: 'point' as const, color: PALETTE[k % PALETTE.length] },
      ],
    })),
  };
  const figure: Figure =
    made.length === 1
      ? { ...made[0], title, subtitle, width: 760, height: 420, legend }
      : {
          title,
          subtitle,
          width: 860,
          height: 340 * Math.ceil(made.length / 2) + 60,
          panels: made.map((panel) => ({ ...panel, legend: 'none' as const })),
          columns: 2,
          legend,
        };
  checkFigure(figure);
  return figure;
}

const drawings: Readonly<Record<string, Draw>> = {
  'hebbian-neuron': neuron,
  'crnpp-programs': program,
  'steady-neurons': response,
  'rncrn-fields': field,
  'design-targets': designed,
  'crnn-reactions': discovered,
};

/** The figures of a recipe of a validation, by the ends of their names. */
export const validationFigures = (
  experiment: string,
  recipe: string,
  seeds: readonly { seed: number; shown: unknown }[],
): [name: string, figure: Figure][] => drawings[experiment]?.(recipe, seeds as readonly Seed<never>[]) ?? [];
