import type { EngineKind } from '../simulate/types.js';
import {
  type Validation,
  type ValidationJob,
  type ValidationRecipe,
  validations,
} from '../validation/index.js';
import { InvalidInput } from './failures.js';
import { fileOf, fingerprintOf, type SeedGroup, type Setting, seedsOf } from './reproduce-plan.js';
import type { StorableRun } from './stored-runs.js';

/** A seed of a validation, to be measured or measured already. */
export interface PlannedValidationRun extends StorableRun {
  setting: Setting;
  job: 'validate';
  input: ValidationJob;
}

export interface ValidationPlan {
  settings: Setting[];
  groups: SeedGroup[];
  runs: PlannedValidationRun[];
}

const all: Readonly<Record<string, Validation>> = validations;

/** What a setting is measured by. */
export const validationOf = ({ experiment, recipe }: Pick<Setting, 'experiment' | 'recipe'>) => ({
  validation: all[experiment],
  recipe: all[experiment].recipes[recipe] as ValidationRecipe,
});

/** Of one second, in the unit of the other runs' work. */
const WORK = 5e5;

/**
 * All seeds of all validations, each once.
 * @throws InvalidInput for an engine that one of them cannot be given
 */
export function planValidationRuns(
  chosen: readonly Setting[],
  groups: SeedGroup[],
  out: string,
  { engine }: { engine?: EngineKind },
): ValidationPlan {
  const settings = chosen.filter(({ experiment }) => Object.hasOwn(all, experiment));
  const runs = settings.flatMap((setting) => {
    const { experiment, recipe } = setting;
    const { validation, recipe: own } = validationOf(setting);
    if (engine !== undefined && validation.takesEngine === false) {
      throw new InvalidInput(`--engine is not for ${experiment}: what trains by derivatives chooses its own`);
    }
    const names = own.claims.map(({ name }) => name);
    return seedsOf(groups).map((seed): PlannedValidationRun => {
      // The engine is no part of it: both give the same bits. What is measured is, what is wanted is not.
      const fingerprint = fingerprintOf(experiment, recipe, seed, own.settings, names);
      return {
        job: 'validate',
        setting,
        seed,
        input: { experiment, recipe, seed, ...(engine && { engine }) },
        fingerprint,
        file: fileOf(out, setting, seed, fingerprint),
        work: WORK * own.seconds,
      };
    });
  });
  return { settings, groups, runs };
}
