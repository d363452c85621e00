import { datasets, type GeneratedDataset } from './datasets.js';
import type { PlaneDataset } from './plane.js';
import {
  classifiers,
  lineClassifiers,
  type Recipe,
  type RecipeChoices,
  type RecipeData,
  regressions,
  taskOf,
} from './recipes.js';
import { linearRegressionTask, type Task } from './tasks.js';

export interface NamedTaskOptions extends RecipeChoices {
  /** Of data, starting weights and order, each on a stream of its own. Default 0. */
  seed?: number;
  /** Which circuit: one of the task's recipes. Default: its improved one. */
  recipe?: string;
}

/** A task by name, with the circuits it is run with. */
export interface NamedTask {
  title: string;
  /** Names of its recipes and what they are. */
  recipes: Readonly<Record<string, string>>;
  /** The recipe nearest to the authors' circuit and settings. */
  authors: string;
  /** The recipe that does best, by bimolecular reactions alone. */
  improved: string;
  /** @throws RangeError for a recipe that the task does not have */
  create(options?: NamedTaskOptions): Task;
}

function named(
  title: string,
  data: (seed: number) => RecipeData,
  recipes: Readonly<Record<string, Recipe>>,
  authors: string,
  improved: string,
): NamedTask {
  return {
    title,
    recipes: Object.fromEntries(Object.entries(recipes).map(([name, recipe]) => [name, recipe.title])),
    authors,
    improved,
    create({ seed = 0, recipe: name = improved, ...choices } = {}) {
      if (!Object.hasOwn(recipes, name)) {
        const known = Object.keys(recipes).join(', ');
        throw new RangeError(`there is no recipe "${name}" for this task; it has ${known}`);
      }
      return taskOf(data(seed), recipes[name], choices);
    },
  };
}

const plane =
  (make: (options: { seed: number }) => PlaneDataset, offset: number, scale: number) => (seed: number) => ({
    ...make({ seed }),
    centre: { offset, scale },
  });
const regression = (make: (options: { seed: number }) => GeneratedDataset) => (seed: number) =>
  make({ seed });

// Rings have coordinates of either sign, which the trained read-outs' single rails could not hold.
const signed = (recipe: Recipe): Recipe => ({
  ...recipe,
  circuit: { ...recipe.circuit, inputRails: 'dual' },
});

/** Tasks of Nagipogu & Reif (arXiv 2409.00034) as two-phase chemistry, by name. */
export const tasks = {
  'linear-regression': {
    title: 'y = x1 + 2·x2 + 1, noisy',
    recipes: { authors: "the authors' rate and epochs", improved: 'a fifth of the rate, twice the epochs' },
    authors: 'authors',
    improved: 'improved',
    create({ seed = 0, recipe = 'improved', circuit, ...choices }: NamedTaskOptions = {}) {
      if (recipe !== 'authors' && recipe !== 'improved') {
        throw new RangeError(`there is no recipe "${recipe}" for this task; it has authors, improved`);
      }
      const task = linearRegressionTask({
        seed,
        ...(recipe === 'authors' && { rate: 0.1, epochs: 5 }),
        ...choices,
      });
      return circuit ? { ...task, circuit: { ...task.circuit, ...circuit } } : task;
    },
  },
  'linear-classification': named(
    'which side of x1 + 2·x2 = 2',
    plane(datasets.linearClassification, 1, 1),
    lineClassifiers,
    'linear',
    'hinge',
  ),
  'product-regression': named(
    'y = x1·x2 + x2², noisy',
    regression(datasets.productRegression),
    regressions,
    'constant',
    'constant-slow',
  ),
  'sine-regression': named(
    'y = sin x1 + x2², noisy',
    regression(datasets.sineRegression),
    {
      ...regressions,
      constant: { ...regressions.constant, circuit: { ...regressions.constant.circuit, horizon: 0.6 } },
      exact: { ...regressions.exact, circuit: { ...regressions.exact.circuit, horizon: 0.6 }, epochs: 50 },
    },
    'constant',
    'exact',
  ),
  xor: named(
    'XOR of two numbers cut at ½',
    plane(datasets.xor, 0.5, 0.5),
    classifiers,
    'cubic-leaky',
    'rectified',
  ),
  rings: named(
    'a disc in a ring',
    plane(datasets.rings, 0, 1),
    {
      ...classifiers,
      'quadratic-trained': signed(classifiers['quadratic-trained']),
      relu: signed(classifiers.relu),
    },
    'cubic-leaky',
    'rectified',
  ),
  and: named(
    'AND of two numbers cut at ½',
    plane(datasets.and, 0.5, 0.5),
    classifiers,
    'cubic-leaky',
    'rectified',
  ),
  or: named(
    'OR of two numbers cut at ½',
    plane(datasets.or, 0.5, 0.5),
    classifiers,
    'cubic-leaky',
    'rectified',
  ),
} as const satisfies Record<string, NamedTask>;
