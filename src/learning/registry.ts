import { datasets, type GeneratedDataset } from './datasets.js';
import { digits, opticalDigits, type TestedClassDataset } from './digits/index.js';
import type { PlaneDataset } from './plane.js';
import {
  classifiers,
  clockedRegressions,
  digits8,
  digits14,
  flowers,
  lineClassifiers,
  lines,
  opticals,
  type Recipe,
  type RecipeChoices,
  type RecipeData,
  type RecipeSettings,
  regressions,
  stagedClassifiers,
  stagedRegressions,
  taskOf,
} from './recipes/index.js';
import { identityScaling } from './scaling.js';
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
  /** Its recipes by name: what they are, and whose settings they have. */
  recipes: Readonly<Record<string, { title: string; settings: RecipeSettings }>>;
  /** The recipe that is used where none is named: one of the improved ones. */
  standard: string;
  /** Beyond the paper, and long: `reproduce` runs it when it is asked for by name, over so many seeds where none are said. */
  apart?: { seeds: number };
  /** @throws RangeError for a recipe that the task does not have */
  create(options?: NamedTaskOptions): Task;
}

function named(
  title: string,
  data: (seed: number) => RecipeData,
  recipes: Readonly<Record<string, Recipe>>,
  standard: string,
): NamedTask {
  return {
    title,
    recipes: Object.fromEntries(
      Object.entries(recipes).map(([name, { title, settings = 'other' }]) => [name, { title, settings }]),
    ),
    standard,
    create({ seed = 0, recipe = standard, ...choices } = {}) {
      return taskOf(data(seed), chosen(recipes, recipe), choices);
    },
  };
}

function chosen<T>(recipes: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(recipes, name)) return recipes[name];
  const known = Object.keys(recipes).join(', ');
  throw new RangeError(`there is no recipe "${name}" for this task; it has ${known}`);
}

const plane =
  (make: (options: { seed: number }) => PlaneDataset, offset: number, scale: number) => (seed: number) => ({
    ...make({ seed }),
    centre: { offset, scale },
  });
/** Pixels are concentrations as they are; the test set is predicted once, after training. */
const handwritten =
  (make: (seed: number) => TestedClassDataset, held: string) =>
  (seed: number): RecipeData => {
    const { test, ...data } = make(seed);
    const [learned, validated, tested] = [data.train, data.validation, test].map(
      ({ targets }) => targets.length,
    );
    return {
      ...data,
      grid: test,
      scaling: identityScaling(data.features.length, 1),
      notes: [
        `${learned} images to learn from and ${validated} for validation, split within each digit by seed ${seed}; ${tested} ` +
          `for the test, ${held}, for all seeds the same`,
        'ink between 0 and 1 is the concentration of an input; the label of the own class is 1, that of every other 0',
      ],
    };
  };
/** Images of MNIST, so many pixels on each side. */
const mnist = (side: number) =>
  handwritten((seed) => digits({ seed, side }), 'the last fifth of every digit');
const regression = (make: (options: { seed: number }) => GeneratedDataset) => (seed: number) =>
  make({ seed });

// Rings have coordinates of either sign, which the trained read-outs' single rails could not hold.
const signed = (recipe: Recipe): Recipe => ({
  ...recipe,
  circuit: { ...recipe.circuit, inputRails: 'dual' },
});

/** The same recipes with some of them left out of the table of results. */
const besides = <R extends Record<string, Recipe>>(
  recipes: R,
  names: (keyof R)[],
): Record<string, Recipe> => ({
  ...recipes,
  ...Object.fromEntries(names.map((name) => [name, { ...recipes[name], settings: 'other' as const }])),
});

const planar = { ...stagedClassifiers, ...classifiers };
// The authors' quadratic classifier was made for XOR and rings, and one control is enough.
const gates = besides(planar, [
  'quadratic-exact',
  'quadratic-slow',
  'quadratic-wide',
  'cubic-constant',
  'staged-cubic',
  'staged-quadratic',
]);

/** Tasks of Nagipogu & Reif (arXiv 2409.00034) as two-phase chemistry, by name. */
export const tasks = {
  'linear-regression': {
    title: 'y = x1 + 2·x2 + 1, noisy',
    recipes: Object.fromEntries(
      Object.entries(lines).map(([name, { title, settings }]) => [name, { title, settings }]),
    ),
    standard: 'improved',
    create({ seed = 0, recipe = 'improved', circuit, clock, ...choices }: NamedTaskOptions = {}) {
      const { options, clock: own } = chosen(lines, recipe);
      const task = linearRegressionTask({ seed, ...options, ...choices });
      const inside = clock ?? own;
      return { ...task, circuit: { ...task.circuit, ...circuit }, ...(inside && { clock: inside }) };
    },
  },
  'linear-classification': named(
    'which side of x1 + 2·x2 = 2',
    plane(datasets.linearClassification, 1, 1),
    lineClassifiers,
    'hinge',
  ),
  'product-regression': named(
    'y = x1·x2 + x2², noisy',
    regression(datasets.productRegression),
    { ...stagedRegressions, ...regressions, ...clockedRegressions },
    'constant-slow',
  ),
  'sine-regression': named(
    'y = sin x1 + x2², noisy',
    regression(datasets.sineRegression),
    {
      ...besides(regressions, ['exact-slow']),
      constant: { ...regressions.constant, circuit: { ...regressions.constant.circuit, horizon: 0.6 } },
      exact: {
        ...regressions.exact,
        settings: 'improved',
        circuit: { ...regressions.exact.circuit, horizon: 0.6 },
        epochs: 50,
      },
    },
    'exact',
  ),
  xor: named('XOR of two numbers cut at ½', plane(datasets.xor, 0.5, 0.5), planar, 'rectified'),
  rings: named(
    'a disc in a ring',
    plane(datasets.rings, 0, 1),
    {
      ...besides(planar, ['cubic-constant', 'quadratic-slow', 'staged-quadratic']),
      'quadratic-trained': signed(classifiers['quadratic-trained']),
      relu: signed(classifiers.relu),
      rectified: {
        ...classifiers.rectified,
        title: 'twelve rectified nodes and a label that gates the error, bimolecular',
        circuit: { ...classifiers.rectified.circuit, hidden: 12, rate: 0.2, bias: 0.15 },
      },
    },
    'rectified',
  ),
  and: named(
    'AND of two numbers cut at ½',
    plane(datasets.and, 0.5, 0.5),
    {
      ...gates,
      'staged-relu': {
        ...stagedClassifiers['staged-relu'],
        circuit: { ...stagedClassifiers['staged-relu'].circuit, horizon: 0.5 },
      },
    },
    'rectified',
  ),
  or: named('OR of two numbers cut at ½', plane(datasets.or, 0.5, 0.5), gates, 'rectified'),
  iris: named(
    'three species of iris by four lengths',
    (seed) => datasets.iris({ seed }),
    flowers,
    'rectified',
  ),
  digits: {
    ...named('handwritten digits of 8 × 8 pixels', mnist(8), digits8, 'relu'),
    apart: { seeds: 5 },
  },
  'digits-14': {
    ...named('handwritten digits of 14 × 14 pixels', mnist(14), digits14, 'relu'),
    apart: { seeds: 5 },
  },
  optdigits: {
    ...named(
      'optical digits of UCI, 8 × 8 pixels',
      handwritten((seed) => opticalDigits({ seed }), 'a fifth drawn once'),
      opticals,
      'relu',
    ),
    apart: { seeds: 5 },
  },
} as const satisfies Record<string, NamedTask>;
