import { failureOf } from '../learning/index.js';
import type { EngineKind } from '../simulate/types.js';
import type { Measurement, ValidationContext } from './validation.js';
import { validationRecipe } from './validations.js';

/** One seed of one recipe. Plain data. */
export interface ValidationJob {
  experiment: string;
  recipe: string;
  seed: number;
  engine?: EngineKind;
}

/** What a seed came to, or why it could not. Plain data; the same bytes for the same job. */
export interface ValidationResult extends Partial<Omit<Measurement, 'values'>> {
  /** By the names of the claims; `null` for what is no finite number. */
  values: Readonly<Record<string, number | null>>;
  failure?: { message: string; hint: string };
}

/**
 * Measures one seed. A simulation that cannot go on is a result, not an error.
 * @throws (rejects) RangeError for names that do not exist; the signal's reason when it is aborted
 */
export async function runValidation(
  { experiment, recipe, seed, engine }: ValidationJob,
  { signal, onProgress }: Omit<ValidationContext, 'engine'> = {},
): Promise<ValidationResult> {
  const { measure } = validationRecipe(experiment, recipe);
  try {
    const measured = await measure(seed, {
      ...(engine && { engine }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    signal?.throwIfAborted();
    const values = Object.entries(measured.values).map(
      ([name, value]) => [name, Number.isFinite(value) ? value : null] as const,
    );
    return { ...measured, values: Object.fromEntries(values) };
  } catch (error) {
    signal?.throwIfAborted();
    return { values: {}, failure: failureOf(error) };
  }
}
