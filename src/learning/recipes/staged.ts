import { asAuthors, asRegression, cubic, diagonal } from './authors.js';
import type { Recipe } from './recipe.js';
import { coarse, normal, positiveUnit } from './starts.js';

/** The authors' pipeline, stage by stage, for regressions. */
export const stagedRegressions = {
  'staged-exact': {
    ...asRegression,
    settings: 'authors',
    title: "the authors' stages: quadratic diagonal nodes, z run backwards, update by hand",
    circuit: {
      ...diagonal,
      pipeline: 'staged',
      adjoint: 'exact',
      drift: false,
      horizon: 0.5,
      rate: 0.6,
      staged: { update: 'digital' },
    },
    epochs: 80,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;

/** The authors' pipeline, stage by stage, for points in the plane. */
export const stagedClassifiers = {
  'staged-cubic': {
    ...asAuthors,
    title: "the authors' stages: cubic nodes, z run backwards (with the mixed terms)",
    circuit: { ...cubic, pipeline: 'staged', adjoint: 'exact', exactCubic: true },
    epochs: 60,
  },
  'staged-quadratic': {
    ...asAuthors,
    title: "the authors' stages: quadratic nodes, frozen adjoint for five times T",
    circuit: {
      pipeline: 'staged',
      dynamics: 'quadratic',
      adjoint: 'frozen',
      kappa: 0.15,
      horizon: 0.4,
      rate: 0.5,
      staged: { backward: 'published', times: { backward: 2 } },
    },
    epochs: 80,
    theta: positiveUnit,
  },
  'staged-relu': {
    ...asAuthors,
    title: "the authors' stages: smooth rectifiers with trained biases, corrected adjoint",
    circuit: {
      pipeline: 'staged',
      dynamics: 'relu',
      adjoint: 'exact',
      drift: 0.1,
      biases: 0.1,
      horizon: 0.8,
      // η = 0.1 of their update is η/(1 + η).
      rate: 1 / 11,
    },
    epochs: 200,
    theta: normal((inputs) => 2 / Math.sqrt(inputs)),
  },
} as const satisfies Record<string, Recipe>;
