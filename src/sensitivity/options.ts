import type { Network } from '../network/model.js';
import { checkOneOf } from '../simulate/check.js';
import type { SimulateOptions } from '../simulate/types.js';

/**
 * What keeps the error of derivatives small. `'full'`: steps are short enough for the derivatives too, each with the
 * tolerances of the concentrations that a change of its quantity by its own size would make. `'state'`: the steps are those
 * of the plain run, and the derivatives are exactly those of the numbers that it gives, the sizes of its steps held fixed;
 * where the state stands still, they may be poor.
 */
export type ErrorControl = 'full' | 'state';

/** Options of a run that its derivatives leave to it. */
export type RunOptions = Omit<SimulateOptions, 'linearSolver' | 'conservation' | 'kernels'> &
  Pick<SimulateOptions, 'kernels'>;

export const checkErrorControl = (given: unknown): ErrorControl =>
  checkOneOf('errorControl', given ?? 'full', ['full', 'state']);

/**
 * The options of the run itself, for methods whose steps can be differentiated.
 * @throws RangeError for a multistep method, GMRES or eliminated species
 */
export function runOptions(network: Network, options: SimulateOptions): SimulateOptions {
  const method = options.method ?? network.simulation.method;
  if (method === 'bdf') {
    const where = options.method === undefined ? " (the network's own)" : '';
    throw new RangeError(
      `method must be auto, rodas5p, rodas4 or tsit5 for sensitivities, not bdf${where}: they follow the steps of one-step methods`,
    );
  }
  const { linearSolver = 'lu', conservation = 'restore' } = options;
  if (linearSolver === 'gmres') {
    throw new RangeError(
      'linearSolver must be lu or auto for sensitivities, not gmres: they need whole factors',
    );
  }
  if (conservation === 'eliminate') {
    throw new RangeError("conservation must be 'restore' for sensitivities, not 'eliminate'");
  }
  return { ...options, linearSolver: 'lu' };
}
