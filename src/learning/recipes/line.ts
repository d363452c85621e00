import type { CircuitClockOptions } from '../../circuits/index.js';
import type { LinearRegressionTaskOptions } from '../tasks.js';
import { coopProxy } from './clocked.js';
import type { Recipe, RecipeSettings } from './recipe.js';
import { coarse, unit } from './starts.js';

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
