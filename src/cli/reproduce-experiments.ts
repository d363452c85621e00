import { learnerTasks, type NamedLearnerTask, type NamedTask, tasks } from '../learning/index.js';
import { type Validation, validations } from '../validation/index.js';

/** Experiments by name: the registries of tasks and validations, and nothing beside them. */
export const experiments: Readonly<Record<string, Experiment>> = {
  ...all(tasks, trained),
  ...all(learnerTasks, learned),
  ...all(validations, validated),
};

/** What is planned by name, of whatever kind. */
export interface Experiment {
  title: string;
  recipes: NamedTask['recipes'];
  standard: string;
  apart?: NamedTask['apart'];
  /** Epochs of a recipe, of what has any. */
  epochsOf?: (recipe: string) => number;
  /** Whether its runs take an engine. Default true. */
  takesEngine?: boolean;
}

function all<Named>(registry: Readonly<Record<string, Named>>, experimentOf: (named: Named) => Experiment) {
  return Object.fromEntries(Object.entries(registry).map(([name, named]) => [name, experimentOf(named)]));
}

function trained({ create, ...named }: NamedTask): Experiment {
  return { ...named, epochsOf: (recipe) => create({ recipe }).epochs };
}

function learned({ recipes, ...named }: NamedLearnerTask): Experiment {
  // Making the task itself may be work, such as training a network digitally.
  return { ...named, epochsOf: (recipe) => recipes[recipe].epochs, recipes: shown(recipes) };
}

function validated({ recipes, ...named }: Validation): Experiment {
  return { ...named, recipes: shown(recipes) };
}

function shown(
  recipes: Readonly<Record<string, { title: string; listed?: boolean }>>,
): Experiment['recipes'] {
  return Object.fromEntries(
    Object.entries(recipes).map(([name, { title, listed = true }]) => [
      name,
      { title, settings: listed ? 'improved' : 'other' },
    ]),
  );
}
