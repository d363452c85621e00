/** Circuits with their settings, by name, and how they are applied to data. */
export { taskOf } from './apply.js';
export { classifiers } from './classifiers.js';
export { clockedRegressions } from './clocked.js';
export { digits8, digits14, opticals } from './digits.js';
export { flowers } from './flowers.js';
export { lineClassifiers, lines } from './line.js';
export type { Recipe, RecipeChoices, RecipeData, RecipeSettings } from './recipe.js';
export { regressions } from './regressions.js';
export { stagedClassifiers, stagedRegressions } from './staged.js';
