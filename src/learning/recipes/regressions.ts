import { diagonal } from './authors.js';
import type { Recipe } from './recipe.js';
import { coarse } from './starts.js';

/** Circuits for the nonlinear regressions; starting weights come with the data. */
export const regressions = {
  constant: {
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; constant adjoint",
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.6, constants: { kg: 4 } },
    augment: 1,
    epochs: 50,
    theta: () => 0,
  },
  'constant-slow': {
    settings: 'improved',
    title: 'quadratic diagonal nodes; constant adjoint, a third of the rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'constant', horizon: 1, rate: 0.2 },
    augment: 1,
    epochs: 100,
    theta: () => 0,
  },
  'exact-slow': {
    settings: 'improved',
    title: 'quadratic diagonal nodes; exact gradient, a shorter flow, a larger rate, twice the epochs',
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.3, rate: 1 },
    augment: 1,
    epochs: 160,
    theta: () => 0,
    solver: coarse,
  },
  exact: {
    settings: 'authors',
    title: "the authors' quadratic diagonal nodes; exact gradient",
    circuit: { ...diagonal, adjoint: 'exact', horizon: 0.5, rate: 0.6 },
    augment: 1,
    epochs: 80,
    theta: () => 0,
  },
} as const satisfies Record<string, Recipe>;
