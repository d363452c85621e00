import { type NeuralCrnOptions, neuralSettings } from '../../circuits/index.js';
import type { LabelCode } from '../labels.js';
import { createRandom } from '../random.js';
import { fitScaling, identityScaling, type Scaling } from '../scaling.js';
import type { Task } from '../tasks.js';
import type { Recipe, RecipeChoices, RecipeData } from './recipe.js';

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
    ...(recipe.keepSteps === false && { keepSteps: false }),
    ...(data.prepared && { prepared: data.prepared }),
    notes: [titleOf(recipe, choices), ...(data.notes ?? [scalingNote(data, centred)])],
  };
}

/** The recipe's title, and what of its circuit is chosen otherwise. */
function titleOf({ title, circuit }: Recipe, { circuit: chosen = {} }: RecipeChoices): string {
  const own: Readonly<Record<string, unknown>> = circuit;
  const changes = Object.entries(chosen).filter(
    ([name, value]) => typeof value !== 'object' && value !== undefined && value !== own[name],
  );
  return [title, ...changes.map(([name, value]) => `${name} ${value}`)].join('; ');
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
