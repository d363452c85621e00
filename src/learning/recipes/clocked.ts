import type { CircuitClockOptions } from '../../circuits/index.js';
import type { Recipe } from './recipe.js';
import { regressions } from './regressions.js';
import { coarse } from './starts.js';

/** The clock of the recipes that have one: strictly bimolecular. */
export const coopProxy = { kind: 'coop', gate: 'proxy' } as const satisfies CircuitClockOptions;

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
