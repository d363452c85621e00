import { asRegression, diagonal } from './authors.js';
import type { Recipe } from './recipe.js';
import { coarse } from './starts.js';

/** Circuits for the nonlinear regressions. */
export const regressions = {
  constant: {
    ...asRegression,
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; constant adjoint",
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.6, constants: { kg: 4 } },
    epochs: 50,
  },
  'constant-slow': {
    ...asRegression,
    settings: 'improved',
    title: 'quadratic diagonal nodes; constant adjoint, a third of the rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.2 },
    epochs: 100,
  },
  'exact-slow': {
    ...asRegression,
    settings: 'improved',
    title: 'quadratic diagonal nodes; exact gradient, a shorter flow, a larger rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.3, rate: 1 },
    epochs: 160,
    solver: coarse,
  },
  exact: {
    ...asRegression,
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; exact gradient",
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.5, rate: 0.6 },
    epochs: 80,
  },
} as const satisfies Record<string, Recipe>;
