import { digits } from './digits.js';
import { ensembles } from './ensembles.js';
import { kernels } from './kernels.js';
import { neural } from './neural.js';
import { scaling } from './scaling.js';
import { sensitivities } from './sensitivities.js';
import { size } from './size.js';
import { solvers } from './solvers.js';
import { startup } from './startup.js';
import { stochastic } from './stochastic.js';
import type { Suite } from './suite.js';

/** By name, in the order in which they run. */
export const suites: Readonly<Record<string, Suite>> = {
  size,
  startup,
  kernels,
  solvers,
  neural,
  digits,
  ensembles,
  sensitivities,
  stochastic,
  scaling,
};
