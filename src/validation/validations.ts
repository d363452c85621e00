import { crnnReactions } from './crnn.js';
import { crnppProgramsValidation } from './crnpp.js';
import { designTargets } from './design.js';
import { hebbianNeuron } from './hebbian.js';
import { rncrnFields } from './rncrn.js';
import { steadyNeurons } from './steady.js';
import type { Validation, ValidationRecipe } from './validation.js';

/** The validations by name. A new one is added here, and `reproduce` has it. */
export const validations = {
  'hebbian-neuron': hebbianNeuron,
  'crnpp-programs': crnppProgramsValidation,
  'steady-neurons': steadyNeurons,
  'rncrn-fields': rncrnFields,
  'design-targets': designTargets,
  'crnn-reactions': crnnReactions,
} as const satisfies Record<string, Validation>;

/** @throws RangeError for a name that does not exist */
export function validationRecipe(experiment: string, recipe: string): ValidationRecipe {
  const all: Readonly<Record<string, Validation>> = validations;
  if (!Object.hasOwn(all, experiment)) {
    throw new RangeError(`there is no experiment "${experiment}"; there are ${Object.keys(all).join(', ')}`);
  }
  const { recipes } = all[experiment];
  if (Object.hasOwn(recipes, recipe)) return recipes[recipe];
  throw new RangeError(
    `there is no recipe "${recipe}" for ${experiment}; it has ${Object.keys(recipes).join(', ')}`,
  );
}
