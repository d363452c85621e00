import { type NeuralCrnOptions, neuralSettings } from '../circuits/index.js';
import type { Samples } from './data.js';
import type { LabelCode } from './labels.js';
import { createRandom, type Random } from './random.js';
import { identityScaling, type Scaling } from './scaling.js';
import type { SampleOrder, Task } from './tasks.js';

/** A circuit with its settings, and how a data set's numbers become its concentrations. */
export interface Recipe {
  /** One line for people. */
  title: string;
  /** Everything of the circuit but inputs and starting weights. */
  circuit: Omit<NeuralCrnOptions, 'inputs' | 'theta' | 'readoutWeights'>;
  /** Concentration of a constant input, or `null`. */
  augment: number | null;
  epochs: number;
  /** Starting weights for one edge, given the number of inputs n. */
  theta: (random: Random, inputs: number) => number;
  /** Starting values of a trained read-out's weights, given the number of nodes m. */
  readout?: (random: Random, hidden: number) => number;
  /** Inputs and labels mapped to about [−1, 1], as the hinge circuits need; else they are used as they are. */
  centred?: boolean;
}

/** What a recipe is applied to. */
export interface RecipeData {
  name: string;
  seed: number;
  features: string[];
  target: string;
  train: Samples;
  validation: Samples;
  grid?: Samples;
  /** Of a classification, in the label's own units. */
  threshold?: number;
  /** Starting weights that belong to the data, in place of the recipe's. */
  theta?: number[];
  /** Middle and half width of each coordinate, for centred recipes. */
  centre?: { offset: number; scale: number };
}

export interface RecipeChoices {
  epochs?: number;
  /** Default `'fixed'`, as the authors. */
  order?: SampleOrder;
  /** Options of the circuit in place of the recipe's. */
  circuit?: Partial<NeuralCrnOptions>;
}

const normal = (deviation: (inputs: number) => number) => (random: Random, inputs: number) =>
  random.normal(0, deviation(inputs));
const unit = normal((inputs) => 1 / Math.sqrt(inputs));

/** The authors' weights of the read-out are all 1, so T, the augmentation and η say it all: η = 1 is a rate of 0.5. */
const cubic = { dynamics: 'cubic', horizon: 0.9, rate: 0.5 } as const;
const decaying = { readout: 'trained', fuel: 2000 } as const;

/** Circuits for points in the plane, by name. */
export const classifiers = {
  'cubic-leaky': {
    title: "the authors' cubic nodes; per-node adjoint, leaking",
    circuit: { ...cubic, adjoint: 'leaky' },
    augment: 0.2,
    epochs: 60,
    theta: unit,
  },
  'cubic-exact': {
    title: "the authors' cubic nodes; exact gradient",
    circuit: { ...cubic, adjoint: 'exact' },
    augment: 0.2,
    epochs: 60,
    theta: unit,
  },
  'cubic-constant': {
    title: 'negative control: the constant adjoint moves all rows of Θ alike and cannot learn this',
    circuit: { ...cubic, adjoint: 'constant', constants: { kg: 4 } },
    augment: 0.2,
    epochs: 30,
    theta: unit,
  },
  'quadratic-leaky': {
    title: 'quadratic nodes, bimolecular; per-node adjoint, leaking',
    circuit: { dynamics: 'quadratic', adjoint: 'leaky', horizon: 0.9, rate: 0.5 },
    augment: 0.2,
    epochs: 80,
    theta: (random, inputs) => Math.abs(unit(random, inputs)),
  },
  'quadratic-exact': {
    title: 'quadratic nodes, bimolecular; exact gradient',
    circuit: { dynamics: 'quadratic', adjoint: 'exact', horizon: 0.9, rate: 0.5 },
    augment: 0.2,
    epochs: 80,
    theta: (random, inputs) => Math.abs(unit(random, inputs)),
  },
  'quadratic-trained': {
    title: 'six quadratic nodes, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'quadratic', hidden: 6, horizon: 4, rate: 0.1, readoutRate: 0.05 },
    augment: 1,
    epochs: 80,
    theta: normal(() => 2 / Math.sqrt(3)),
    readout: unit,
  },
  relu: {
    title: 'eight smooth rectifiers, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'relu', hidden: 8, horizon: 3, rate: 0.15, readoutRate: 0.05 },
    augment: 1,
    epochs: 80,
    theta: normal(() => 2 / Math.sqrt(3)),
    readout: unit,
  },
  rectified: {
    title: 'eight rectified nodes and a label that gates the error, bimolecular; learns from every start',
    circuit: { dynamics: 'rectified', hidden: 8, rate: 0.1 },
    augment: null,
    epochs: 100,
    theta: unit,
    centred: true,
  },
} as const satisfies Record<string, Recipe>;

/** Circuits for the straight line. */
export const lineClassifiers = {
  linear: {
    title: "the authors' linear nodes, least squares",
    circuit: { drift: false, horizon: 0.8, rate: 0.01 },
    augment: null,
    epochs: 10,
    theta: (random) => random.normal(0.2, 0.5),
  },
  hinge: {
    title: 'one linear node and a label that gates the error: points beyond the margin do not teach',
    circuit: { error: 'hinge', rate: 0.3 },
    augment: null,
    epochs: 100,
    theta: unit,
    centred: true,
  },
} as const satisfies Record<string, Recipe>;

const diagonal = { dynamics: 'quadratic', wiring: 'diagonal' } as const;

/** Circuits for the nonlinear regressions; starting weights come with the data. */
export const regressions = {
  constant: {
    title: "the authors' quadratic diagonal nodes; constant adjoint",
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.6, constants: { kg: 4 } },
    augment: 1,
    epochs: 50,
    theta: () => 0,
  },
  'constant-slow': {
    title: 'quadratic diagonal nodes; constant adjoint, a third of the rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.2 },
    augment: 1,
    epochs: 100,
    theta: () => 0,
  },
  exact: {
    title: "the authors' quadratic diagonal nodes; exact gradient",
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.5, rate: 0.6 },
    augment: 1,
    epochs: 80,
    theta: () => 0,
  },
} as const satisfies Record<string, Recipe>;

/** Applies a recipe to data: scaling, starting weights (a stream of their own) and circuit. */
export function taskOf(data: RecipeData, recipe: Recipe, choices: RecipeChoices = {}): Task {
  const { seed, features, threshold } = data;
  const { centred = false, augment } = recipe;
  const bias = recipe.circuit.dynamics === 'rectified' || recipe.circuit.error === 'hinge';
  const inputs = features.length + (augment === null && !bias ? 0 : 1);
  const circuit: NeuralCrnOptions = { ...recipe.circuit, inputs, ...choices.circuit };
  // The builder's own defaults say how many weights there are.
  const { hidden, theta: empty } = neuralSettings(circuit);
  const weights = createRandom(seed, 'weights');
  const theta = data.theta ?? empty.map(() => recipe.theta(weights, inputs));
  const { readout } = recipe;
  const scaling: Scaling = centred
    ? centredScaling(data, threshold as number)
    : identityScaling(features.length, augment);
  const labels: LabelCode | undefined = threshold === undefined ? undefined : { kind: 'value', threshold };
  return {
    experiment: data.name,
    seed,
    features,
    target: data.target,
    train: data.train,
    validation: data.validation,
    scaling,
    circuit: {
      theta,
      ...(readout && { readoutWeights: Array.from({ length: hidden }, () => readout(weights, hidden)) }),
      ...circuit,
    },
    ...(labels && { labels }),
    ...(data.grid && { grid: data.grid }),
    epochs: choices.epochs ?? recipe.epochs,
    order: choices.order ?? 'fixed',
    notes: [
      recipe.title,
      centred
        ? 'inputs are centred to [−1, 1], labels become −1 and +1'
        : 'data are generated and used as they are: one unit is one unit of concentration',
    ],
  };
}

/** Coordinates to [−1, 1], labels 0 and `2·threshold` to −1 and +1. */
function centredScaling(
  { features, centre = { offset: 0, scale: 1 } }: RecipeData,
  threshold: number,
): Scaling {
  return {
    features: features.map(() => ({ ...centre })),
    target: { offset: threshold, scale: threshold },
    augment: null,
  };
}
