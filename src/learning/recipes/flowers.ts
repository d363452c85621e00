import type { Recipe } from './recipe.js';
import { coarse, normal, unit } from './starts.js';

/**
 * Circuits for the irises, an output for each species. Their settings were chosen with the ideal twins on seeds 200 to
 * 219. Single rails could not hold a flower smaller than every training flower, so the read-out's inputs have two.
 */
export const flowers = {
  relu: {
    settings: 'authors',
    title: "the authors' five smooth rectifiers; exact gradient, trained read-out, decaying rate",
    circuit: {
      dynamics: 'relu',
      readout: 'trained',
      inputRails: 'dual',
      hidden: 5,
      horizon: 3,
      rate: 0.05,
      readoutRate: 0.05,
      fuel: 4000,
    },
    augment: 1,
    epochs: 80,
    theta: normal((inputs) => 2 / Math.sqrt(inputs)),
    readout: unit,
    solver: coarse,
  },
  rectified: {
    settings: 'improved',
    title: 'six rectified nodes, two for each species, and labels that gate the errors, bimolecular',
    circuit: { dynamics: 'rectified', hidden: 6, rate: 0.05, bias: 0.5 },
    augment: null,
    epochs: 20,
    order: 'shuffled',
    theta: unit,
    centred: true,
    solver: coarse,
  },
} as const satisfies Record<string, Recipe>;
