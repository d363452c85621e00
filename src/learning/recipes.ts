import { type CircuitClockOptions, type NeuralCrnOptions, neuralSettings } from '../circuits/index.js';
import type { Samples } from './data.js';
import type { LabelCode } from './labels.js';
import { createRandom, type Random } from './random.js';
import { fitScaling, identityScaling, type Scaling } from './scaling.js';
import type { LinearRegressionTaskOptions, SampleOrder, Task } from './tasks.js';

/** Whose settings a recipe has; `'other'` ones are not part of the table of results. */
export type RecipeSettings = 'authors' | 'improved' | 'control' | 'other';

/** A circuit with its settings, and how a data set's numbers become its concentrations. */
export interface Recipe {
  /** One line for people. */
  title: string;
  /** Whose settings. Default `'other'`. */
  settings?: RecipeSettings;
  /** Everything of the circuit but inputs and starting weights. */
  circuit: Omit<NeuralCrnOptions, 'inputs' | 'theta' | 'readoutWeights'>;
  /** Concentration of a constant input, or `null`. */
  augment: number | null;
  epochs: number;
  /** Default `'fixed'`, as the authors. */
  order?: SampleOrder;
  /** Starting weights for one edge, given the number of inputs n. */
  theta: (random: Random, inputs: number) => number;
  /** Starting values of a trained read-out's weights, given the number of nodes m. */
  readout?: (random: Random, hidden: number) => number;
  /** Inputs and labels mapped to about [−1, 1], as the hinge circuits need; else they are used as they are. */
  centred?: boolean;
  /** Tolerances of the simulation. Default: those of `train`. */
  solver?: { rtol: number; atol: number };
  /** The clock inside that drives the circuit. Default: none, an outside schedule does. */
  clock?: CircuitClockOptions;
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
  /** Of a classification in two, in the label's own units. */
  threshold?: number;
  /** Of a classification with one output for each class: their names; labels are their numbers. */
  classes?: string[];
  /** Starting weights that belong to the data, in place of the recipe's. */
  theta?: number[];
  /** Middle and half width of each coordinate, for centred recipes. */
  centre?: { offset: number; scale: number };
  /** In place of the scaling that follows from the recipe. */
  scaling?: Scaling;
}

export interface RecipeChoices {
  epochs?: number;
  /** Default: the recipe's. */
  order?: SampleOrder;
  /** Options of the circuit in place of the recipe's. */
  circuit?: Partial<NeuralCrnOptions>;
  /** In place of the recipe's. */
  clock?: CircuitClockOptions;
}

const normal = (deviation: (inputs: number) => number) => (random: Random, inputs: number) =>
  random.normal(0, deviation(inputs));
const unit = normal((inputs) => 1 / Math.sqrt(inputs));
const positiveUnit = (random: Random, inputs: number) => Math.abs(unit(random, inputs));

/** The authors' weights of the read-out are all 1, so T, the augmentation and η say it all: η = 1 is a rate of 0.5. */
const cubic = { dynamics: 'cubic', horizon: 0.9, rate: 0.5 } as const;
const quadratic = { dynamics: 'quadratic', horizon: 0.9, rate: 0.5 } as const;
const decaying = { readout: 'trained', fuel: 2000 } as const;
/** Eight nodes that start empty, centred inputs, a longer flow, a tenth of the rate. */
const wide = { hidden: 8, start: 0, horizon: 2, rate: 0.05 } as const;

/** Losses agree to four digits with those at a thousandth of it. */
const coarse = { rtol: 1e-3, atol: 1e-6 } as const;
/** What all recipes of the authors' cubic and quadratic classifiers share. */
const asAuthors = { settings: 'authors', augment: 0.2, theta: unit, solver: coarse } as const;
const asWide = { augment: 0.25, epochs: 40, theta: unit, centred: true, solver: coarse } as const;

/** Circuits for points in the plane, by name. Settings that are not the authors' were chosen on seeds 200 to 299. */
export const classifiers = {
  'cubic-leaky': {
    ...asAuthors,
    title: "the authors' cubic nodes; per-node adjoint, leaking",
    circuit: { ...cubic, adjoint: 'leaky' },
    epochs: 60,
  },
  'cubic-frozen': {
    ...asAuthors,
    settings: 'other',
    title: "the authors' cubic nodes; per-node adjoint with a Jacobian held still, in four stages",
    circuit: { ...cubic, adjoint: 'frozen' },
    epochs: 60,
  },
  'cubic-exact': {
    ...asAuthors,
    title: "the authors' cubic nodes; exact gradient",
    circuit: { ...cubic, adjoint: 'exact' },
    epochs: 60,
  },
  'cubic-constant': {
    ...asAuthors,
    settings: 'control',
    title: 'negative control: the constant adjoint moves all rows of Θ alike and cannot learn this',
    circuit: { ...cubic, adjoint: 'constant', constants: { kg: 4 } },
    epochs: 30,
  },
  'cubic-wide-leaky': {
    ...asWide,
    settings: 'improved',
    title: 'eight cubic nodes, centred inputs; per-node adjoint, leaking',
    circuit: { ...wide, dynamics: 'cubic', adjoint: 'leaky' },
  },
  'cubic-wide': {
    ...asWide,
    settings: 'improved',
    title: 'eight cubic nodes, centred inputs; exact gradient',
    circuit: { ...wide, dynamics: 'cubic', adjoint: 'exact', exactCubic: true },
  },
  'quadratic-leaky': {
    ...asAuthors,
    theta: positiveUnit,
    settings: 'other',
    title: 'quadratic nodes, bimolecular; per-node adjoint, leaking',
    circuit: { ...quadratic, adjoint: 'leaky' },
    epochs: 80,
  },
  'quadratic-exact': {
    ...asAuthors,
    theta: positiveUnit,
    title: 'quadratic nodes, bimolecular; exact gradient',
    circuit: { ...quadratic, adjoint: 'exact' },
    epochs: 80,
  },
  'quadratic-wide': {
    ...asWide,
    settings: 'improved',
    title: 'eight quadratic nodes, centred inputs, bimolecular; exact gradient',
    circuit: { ...wide, dynamics: 'quadratic', adjoint: 'exact' },
  },
  'quadratic-trained': {
    settings: 'other',
    title: 'six quadratic nodes, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'quadratic', hidden: 6, horizon: 4, rate: 0.1, readoutRate: 0.05 },
    augment: 1,
    epochs: 80,
    theta: normal(() => 2 / Math.sqrt(3)),
    readout: unit,
    solver: coarse,
  },
  relu: {
    settings: 'improved',
    title: 'eight smooth rectifiers, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'relu', hidden: 8, horizon: 3, rate: 0.15, readoutRate: 0.05 },
    augment: 1,
    epochs: 60,
    theta: normal(() => 2 / Math.sqrt(3)),
    readout: unit,
    solver: coarse,
  },
  rectified: {
    settings: 'improved',
    title: 'eight rectified nodes and a label that gates the error, bimolecular; learns from every start',
    // A small bias: the borders of these tasks cross at the centre.
    circuit: { dynamics: 'rectified', hidden: 8, rate: 0.1, bias: 0.06 },
    augment: null,
    epochs: 60,
    theta: unit,
    centred: true,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

/** Circuits for the straight line. */
export const lineClassifiers = {
  linear: {
    settings: 'authors',
    title: "the authors' linear nodes, least squares",
    circuit: { drift: false, horizon: 0.8, rate: 0.01 },
    augment: null,
    epochs: 10,
    theta: (random) => random.normal(0.2, 0.5),
  },
  hinge: {
    settings: 'improved',
    title: 'one linear node and a label that gates the error: points beyond the margin do not teach',
    circuit: { error: 'hinge', rate: 0.3 },
    augment: null,
    epochs: 100,
    theta: unit,
    centred: true,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

const diagonal = { dynamics: 'quadratic', wiring: 'diagonal' } as const;

/** Circuits for the nonlinear regressions; starting weights come with the data. */
export const regressions = {
  constant: {
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; constant adjoint",
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.6, constants: { kg: 4 } },
    augment: 1,
    epochs: 50,
    theta: () => 0,
  },
  'constant-slow': {
    settings: 'improved',
    title: 'quadratic diagonal nodes; constant adjoint, a third of the rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.2 },
    augment: 1,
    epochs: 100,
    theta: () => 0,
  },
  'exact-slow': {
    settings: 'improved',
    title: 'quadratic diagonal nodes; exact gradient, a shorter flow, a larger rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.3, rate: 1 },
    augment: 1,
    epochs: 160,
    theta: () => 0,
    solver: coarse,
  },
  exact: {
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; exact gradient",
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.5, rate: 0.6 },
    augment: 1,
    epochs: 80,
    theta: () => 0,
  },
} as const satisfies Record<string, Recipe>;

/** The authors' pipeline, stage by stage, for regressions. */
export const stagedRegressions = {
  'staged-exact': {
    settings: 'authors',
    title: "the authors' stages: quadratic diagonal nodes, z run backwards, update by hand",
    circuit: {
      ...diagonal,
      pipeline: 'staged',
      adjoint: 'exact',
      drift: false,
      horizon: 0.5,
      rate: 0.6,
      staged: { update: 'digital' },
    },
    augment: 1,
    epochs: 80,
    theta: () => 0,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

/** The authors' pipeline, stage by stage, for points in the plane. */
export const stagedClassifiers = {
  'staged-cubic': {
    ...asAuthors,
    title: "the authors' stages: cubic nodes, z run backwards (with the mixed terms)",
    circuit: { ...cubic, pipeline: 'staged', adjoint: 'exact', exactCubic: true },
    epochs: 60,
  },
  'staged-quadratic': {
    ...asAuthors,
    title: "the authors' stages: quadratic nodes, frozen adjoint for five times T",
    circuit: {
      pipeline: 'staged',
      dynamics: 'quadratic',
      adjoint: 'frozen',
      kappa: 0.15,
      horizon: 0.4,
      rate: 0.5,
      staged: { backward: 'published', times: { backward: 2 } },
    },
    epochs: 80,
    theta: positiveUnit,
  },
  'staged-relu': {
    ...asAuthors,
    title: "the authors' stages: smooth rectifiers with trained biases, corrected adjoint",
    circuit: {
      pipeline: 'staged',
      dynamics: 'relu',
      adjoint: 'exact',
      drift: 0.1,
      biases: 0.1,
      horizon: 0.8,
      // η = 0.1 of their update is η/(1 + η).
      rate: 1 / 11,
    },
    epochs: 200,
    theta: normal((inputs) => 2 / Math.sqrt(inputs)),
  },
} as const satisfies Record<string, Recipe>;

/** The clock of the recipes that have one: strictly bimolecular. */
const coopProxy = { kind: 'coop', gate: 'proxy' } as const satisfies CircuitClockOptions;

/** A regression with a chemical clock inside. */
export const clockedRegressions = {
  'constant-coop': {
    ...regressions.constant,
    settings: 'improved',
    title: "the authors' quadratic diagonal nodes; constant adjoint; a chemical clock inside, bimolecular",
    clock: coopProxy,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

/** The linear regression, whose circuit comes with its data. */
export const lines: Readonly<
  Record<
    string,
    {
      title: string;
      settings: RecipeSettings;
      options: LinearRegressionTaskOptions;
      clock?: CircuitClockOptions;
    }
  >
> = {
  authors: {
    title: "the authors' rate and epochs",
    settings: 'authors',
    options: { rate: 0.1, epochs: 5 },
  },
  improved: { title: 'a fifth of the rate, twice the epochs', settings: 'improved', options: {} },
  'authors-coop': {
    title: "the authors' rate and epochs, a chemical clock inside, bimolecular",
    settings: 'authors',
    options: { rate: 0.1, epochs: 5 },
    clock: coopProxy,
  },
  coop: {
    title: 'a fifth of the rate, twice the epochs, a chemical clock inside, bimolecular',
    settings: 'improved',
    options: {},
    clock: coopProxy,
  },
};

/**
 * Circuits for the irises, an output for each species. Their settings were chosen with the ideal twins on seeds 200 to
 * 219. Single rails could not hold a flower smaller than every training flower, so the read-out's inputs have two.
 */
export const flowers = {
  relu: {
    settings: 'authors',
    title: "the authors' five smooth rectifiers; exact gradient, trained read-out, decaying rate",
    circuit: {
      dynamics: 'relu',
      readout: 'trained',
      inputRails: 'dual',
      hidden: 5,
      horizon: 3,
      rate: 0.05,
      readoutRate: 0.05,
      fuel: 4000,
    },
    augment: 1,
    epochs: 80,
    theta: normal((inputs) => 2 / Math.sqrt(inputs)),
    readout: unit,
    solver: coarse,
  },
  rectified: {
    settings: 'improved',
    title: 'six rectified nodes, two for each species, and labels that gate the errors, bimolecular',
    circuit: { dynamics: 'rectified', hidden: 6, rate: 0.05, bias: 0.5 },
    augment: null,
    epochs: 20,
    order: 'shuffled',
    theta: unit,
    centred: true,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

/** Applies a recipe to data: scaling, starting weights (a stream of their own) and circuit. */
export function taskOf(data: RecipeData, recipe: Recipe, choices: RecipeChoices = {}): Task {
  const { seed, features, classes } = data;
  const clock = choices.clock ?? recipe.clock;
  const { centred = false, augment } = recipe;
  const bias = recipe.circuit.dynamics === 'rectified' || recipe.circuit.error === 'hinge';
  const inputs = features.length + (augment === null && !bias ? 0 : 1);
  const circuit: NeuralCrnOptions = {
    ...recipe.circuit,
    inputs,
    ...(classes && { outputs: classes.length }),
    ...choices.circuit,
  };
  // The builder's own defaults say how many weights there are.
  const { hidden, outputs, theta: empty } = neuralSettings(circuit);
  const weights = createRandom(seed, 'weights');
  const theta = data.theta ?? empty.map(() => recipe.theta(weights, inputs));
  const { readout } = recipe;
  const scaling = data.scaling ?? scalingOf(data, recipe);
  const labels = labelsOf(data, centred);
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
      ...(readout && {
        readoutWeights: Array.from({ length: outputs * hidden }, () => readout(weights, hidden)),
      }),
      ...circuit,
    },
    ...(labels && { labels }),
    ...(data.grid && { grid: data.grid }),
    ...(recipe.solver && { solver: recipe.solver }),
    ...(clock && { clock }),
    epochs: choices.epochs ?? recipe.epochs,
    order: choices.order ?? recipe.order ?? 'fixed',
    notes: [recipe.title, scalingNote(data, centred)],
  };
}

/**
 * Of classes with one output each: the training rows' range of every feature to [−1, 1] or, uncentred, to [0, 1].
 * Else, centred, coordinates to [−1, 1] and labels 0 and `2·threshold` to −1 and +1; uncentred as they are.
 */
function scalingOf(data: RecipeData, { centred = false, augment }: Recipe): Scaling {
  const { features, train, threshold = 1, classes, centre = { offset: 0, scale: 1 } } = data;
  if (classes) {
    const featureInterval = centred ? ([-1, 1] as const) : ([0, 1] as const);
    return fitScaling(train, data, { features: 'unit', target: 'none', augment, featureInterval });
  }
  if (!centred) return identityScaling(features.length, augment);
  return {
    features: features.map(() => ({ ...centre })),
    target: { offset: threshold, scale: threshold },
    augment,
  };
}

/** The hinge wants labels of either sign; least squares is as well off with 0 and 1, which one rail holds. */
function labelsOf({ threshold, classes }: RecipeData, centred: boolean): LabelCode | undefined {
  if (classes) return { kind: 'oneHot', classes, off: centred ? -1 : 0, on: 1 };
  return threshold === undefined ? undefined : { kind: 'value', threshold };
}

function scalingNote({ classes }: RecipeData, centred: boolean): string {
  if (classes) {
    return (
      `each input's range over the training rows becomes [${centred ? '−1' : '0'}, 1], the label of its own class ` +
      `+1 and that of every other ${centred ? '−1' : '0'}`
    );
  }
  return centred
    ? 'inputs are centred to [−1, 1], labels become −1 and +1'
    : 'data are generated and used as they are: one unit is one unit of concentration';
}
