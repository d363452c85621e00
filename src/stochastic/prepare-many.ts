import type { Network } from '../network/model.js';
import { checkNumber } from '../simulate/check.js';
import { checkStream, ensembleOptionNames, type PreparedStochastic, prepareStochastic } from './prepare.js';
import type { StochasticManyOptions } from './types.js';

/** The runs of an ensemble, checked. */
export interface PreparedEnsemble {
  prepared: PreparedStochastic;
  runs: number;
  /** Number of the first run. */
  first: number;
  keep: boolean;
}

/** Numbers that the kept runs of an ensemble may hold (1 GB). */
const MOST_KEPT = 1.25e8;

/** @throws RangeError or TypeError naming the option, its value and what is allowed */
export function prepareEnsemble(
  network: Network,
  runs: number,
  options: StochasticManyOptions,
): PreparedEnsemble {
  const names = [...ensembleOptionNames, 'first', 'keep', 'onProgress'];
  const prepared = prepareStochastic(network, options, names, 'simulateStochasticMany');
  const { keep = false, onProgress } = options;
  if (!Number.isSafeInteger(checkNumber('runs', runs)) || runs < 1) {
    throw new RangeError(`runs must be a whole number from 1 on, not ${runs}`);
  }
  const first = checkStream('first', options.first ?? 0);
  if (first + runs > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`the runs ${first} and ${runs - 1} more go beyond number 2^53 - 1`);
  }
  if (typeof keep !== 'boolean') throw new TypeError(`keep must be true or false, not ${String(keep)}`);
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError('onProgress must be a function');
  }
  const numbers = runs * prepared.saveAt.length * prepared.species.length;
  if (keep && numbers > MOST_KEPT) {
    throw new RangeError(
      `keep would hold ${numbers} numbers (runs × rows × species), more than ${MOST_KEPT}; save fewer rows, make fewer ` +
        'runs, or go without quantiles',
    );
  }
  return { prepared, runs, first, keep };
}
