import type { Recipe } from './recipe.js';
import { coarse, unit } from './starts.js';

const rectifiers = {
  dynamics: 'relu',
  readout: 'trained',
  horizon: 2,
  rate: 0.05,
  readoutRate: 0.02,
} as const;

const asDigits = {
  augment: 1,
  epochs: 10,
  order: 'shuffled',
  theta: unit,
  readout: unit,
  solver: coarse,
  keepSteps: false,
} as const;

/** So many nodes; what their training is like, and how it differs. */
const smooth = (
  hidden: number,
  training: string,
  circuit: Partial<Recipe['circuit']> = {},
  rest: Partial<Recipe> = {},
): Recipe => ({
  ...asDigits,
  title: `${hidden} smooth rectifiers, bimolecular; ${training}`,
  circuit: { ...rectifiers, hidden, ...circuit },
  ...rest,
});

const steady = 'exact gradient, trained read-out';
const decaying = `${steady}, decaying rate`;
const listed = { settings: 'improved' } as const;

/**
 * Circuits for digits of 8 × 8 pixels. Settings were chosen with the ideal twin on validation images of seed 200, before images
 * were normalised; those of 48 nodes on normalised ones, the fifth before the test set.
 */
export const digits8 = {
  relu: smooth(16, steady, {}, listed),
  'relu-24': smooth(24, steady),
  decay: smooth(16, 'twice the rate, decaying as 1/n by a fuel', {
    rate: 0.1,
    readoutRate: 0.03,
    fuel: 8000,
  }),
  wide: smooth(48, decaying, { rate: 0.2, fuel: 70_000 }, listed),
  wider: smooth(
    96,
    'quick inner weights, slow read-out, decaying rate',
    { rate: 0.3, readoutRate: 0.01, fuel: 70_000 },
    listed,
  ),
  clocked: smooth(
    16,
    '',
    {},
    {
      title: `16 smooth rectifiers; ${steady}; a chemical clock inside`,
      epochs: 5,
      clock: { kind: 'coop', length: 4, leak: 1e-2 },
    },
  ),
} satisfies Record<string, Recipe>;

/** Circuits for digits of 14 × 14 pixels. */
export const digits14 = {
  relu: smooth(24, decaying, { rate: 0.1, readoutRate: 0.03, fuel: 8000 }, { ...listed, epochs: 5 }),
  wide: smooth(48, decaying, { rate: 0.1, fuel: 70_000 }, listed),
} satisfies Record<string, Recipe>;

/**
 * Circuits for UCI's optical digits. Those of 16 and 24 nodes have rates that were not chosen on them; that of 48 was
 * chosen with the ideal twin on the validation images of seeds 200 to 204.
 */
export const opticals = {
  relu: digits8.relu,
  'relu-24': { ...digits8['relu-24'], ...listed },
  wide: smooth(48, decaying, { rate: 0.1, fuel: 14_000 }, listed),
  decay: digits8.decay,
  clocked: digits8.clocked,
} satisfies Record<string, Recipe>;
