import { asAuthors, cubic, quadratic } from './authors.js';
import type { Recipe } from './recipe.js';
import { coarse, normal, positiveUnit, unit } from './starts.js';

const decaying = { readout: 'trained', fuel: 2000 } as const;
const asDecaying = {
  augment: 1,
  theta: normal(() => 2 / Math.sqrt(3)),
  readout: unit,
  solver: coarse,
} as const;
/** Eight nodes that start empty, centred inputs, a longer flow, a tenth of the rate. */
const wide = { hidden: 8, start: 0, horizon: 2, rate: 0.05 } as const;
const asWide = { augment: 0.25, epochs: 40, theta: unit, centred: true, solver: coarse } as const;

/** Circuits for points in the plane, by name. Settings that are not the authors' were chosen on seeds 200 to 299. */
export const classifiers = {
  'cubic-leaky': {
    ...asAuthors,
    title: "the authors' cubic nodes; per-node adjoint, leaking",
    circuit: { ...cubic, adjoint: 'leaky' },
    epochs: 60,
  },
  'cubic-frozen': {
    ...asAuthors,
    settings: 'other',
    title: "the authors' cubic nodes; per-node adjoint with a Jacobian held still, in four stages",
    circuit: { ...cubic, adjoint: 'frozen' },
    epochs: 60,
  },
  'cubic-exact': {
    ...asAuthors,
    title: "the authors' cubic nodes; exact gradient",
    circuit: { ...cubic, adjoint: 'exact' },
    epochs: 60,
  },
  'cubic-constant': {
    ...asAuthors,
    settings: 'control',
    title: 'negative control: the constant adjoint moves all rows of Θ alike and cannot learn this',
    circuit: { ...cubic, adjoint: 'constant', constants: { kg: 4 } },
    epochs: 30,
  },
  'cubic-wide-leaky': {
    ...asWide,
    settings: 'improved',
    title: 'eight cubic nodes, centred inputs; per-node adjoint, leaking',
    circuit: { ...wide, dynamics: 'cubic', adjoint: 'leaky' },
  },
  'cubic-wide': {
    ...asWide,
    settings: 'improved',
    title: 'eight cubic nodes, centred inputs; exact gradient',
    circuit: { ...wide, dynamics: 'cubic', adjoint: 'exact', exactCubic: true },
  },
  'quadratic-leaky': {
    ...asAuthors,
    theta: positiveUnit,
    settings: 'other',
    title: 'quadratic nodes, bimolecular; per-node adjoint, leaking',
    circuit: { ...quadratic, adjoint: 'leaky' },
    epochs: 80,
  },
  'quadratic-exact': {
    ...asAuthors,
    theta: positiveUnit,
    title: 'quadratic nodes, bimolecular; exact gradient',
    circuit: { ...quadratic, adjoint: 'exact' },
    epochs: 80,
  },
  'quadratic-slow': {
    ...asAuthors,
    theta: positiveUnit,
    settings: 'improved',
    title: 'three quadratic nodes, bimolecular; exact gradient; a lower rate leaves every plateau',
    circuit: { ...quadratic, rate: 0.3, adjoint: 'exact' },
    epochs: 120,
  },
  'quadratic-wide': {
    ...asWide,
    settings: 'improved',
    title: 'eight quadratic nodes, centred inputs, bimolecular; exact gradient',
    circuit: { ...wide, dynamics: 'quadratic', adjoint: 'exact' },
  },
  'quadratic-trained': {
    ...asDecaying,
    settings: 'other',
    title: 'six quadratic nodes, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'quadratic', hidden: 6, horizon: 4, rate: 0.1, readoutRate: 0.05 },
    epochs: 80,
  },
  relu: {
    ...asDecaying,
    settings: 'improved',
    title: 'eight smooth rectifiers, bimolecular; exact gradient, trained read-out, decaying rate',
    circuit: { ...decaying, dynamics: 'relu', hidden: 8, horizon: 3, rate: 0.15, readoutRate: 0.05 },
    epochs: 60,
  },
  rectified: {
    settings: 'improved',
    title: 'eight rectified nodes and a label that gates the error, bimolecular; learns from every start',
    // A small bias: the borders of these tasks cross at the centre.
    circuit: { dynamics: 'rectified', hidden: 8, rate: 0.1, bias: 0.06 },
    augment: null,
    epochs: 60,
    theta: unit,
    centred: true,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;
