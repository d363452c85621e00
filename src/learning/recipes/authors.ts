import { coarse, unit } from './starts.js';

/** The authors' weights of the read-out are all 1, so T, the augmentation and η say it all: η = 1 is a rate of 0.5. */
export const cubic = { dynamics: 'cubic', horizon: 0.9, rate: 0.5 } as const;
export const quadratic = { dynamics: 'quadratic', horizon: 0.9, rate: 0.5 } as const;
/** Nodes of the regressions. */
export const diagonal = { dynamics: 'quadratic', wiring: 'diagonal' } as const;

/** What all recipes of the regressions share. Their starting weights come with the data. */
export const asRegression = { augment: 1, theta: () => 0 } as const;

/** What all recipes of the authors' cubic and quadratic classifiers share. */
export const asAuthors = { settings: 'authors', augment: 0.2, theta: unit, solver: coarse } as const;
