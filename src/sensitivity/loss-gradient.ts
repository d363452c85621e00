import { borrowFullEngine } from '../engine/full.js';
import { useInlinedFullKernel } from '../engine/inlined-full.js';
import type { Network } from '../network/model.js';
import { checkNumber, checkPositive } from '../simulate/check.js';
import { requireNetwork } from '../simulate/check-network.js';
import { SolveFailure } from '../simulate/failure.js';
import { expectManyRuns, generateAsked } from '../simulate/generate.js';
import type { SimulateOptions } from '../simulate/types.js';
import {
  type GradientOptions,
  GradientRuns,
  type GradientSimulator,
  Gradients,
  type Loss,
  type LossGradient,
} from './gradients.js';
import { cotangentsOf, type Observations, readObservations, residualsOf } from './observations.js';
import { checkErrorControl, runOptions } from './options.js';

const DEFAULT_TAPE_BYTES = 2 ** 27;

/**
 * A loss of one run of a network, and its derivatives by all rate constants, parameters, starting concentrations and doses
 * at once, at the cost of a few runs however many there are.
 *
 * The loss is half the sum of squares of (x − measured)/σ over some measurements, or any function of the solution that
 * gives its own derivatives by the saved concentrations. The gradient is that of the discrete solution ("discretise, then
 * differentiate"; Hager, Numer. Math. 87 (2000) 247–282; Sandu, J. Sci. Comput. 2006): the run's states are kept on the way,
 * and its steps are made again and transposed on the way back. It agrees with {@link sensitivities} to rounding.
 *
 * @throws (rejects) RangeError or TypeError for bad options and measurements; SolveFailure when the run does not reach its
 *   end
 */
export async function lossGradient(
  network: Network,
  loss: Observations | Loss,
  options: GradientOptions = {},
): Promise<LossGradient> {
  const gradients = await makeGradients(network, loss, options, 'one');
  try {
    if (options.signal?.aborted) throw new SolveFailure('cancelled', { time: options.from ?? 0, step: 0 });
    return await gradients.runPausing(options);
  } finally {
    gradients.dispose();
  }
}

/**
 * As {@link lossGradient}, compiled once for many synchronous runs with other constants, parameters and starts: what
 * trains the rate constants of a network.
 * @throws (rejects) RangeError or TypeError for bad options and measurements
 */
export async function createGradientSimulator(
  network: Network,
  loss: Observations | Loss,
  options: GradientOptions = {},
): Promise<GradientSimulator> {
  return makeGradients(network, loss, options, 'many');
}

async function makeGradients(
  network: Network,
  given: Observations | Loss,
  { errorControl, tapeBytes = DEFAULT_TAPE_BYTES, ...options }: GradientOptions,
  meant: 'one' | 'many',
): Promise<Gradients> {
  useInlinedFullKernel();
  requireNetwork(network);
  const controlled = checkErrorControl(errorControl) === 'full';
  checkPositive('tapeBytes', tapeBytes);
  const { loss, ...run } = typeof given === 'function' ? { loss: given } : squares(network, given, options);
  const runs = new GradientRuns(network, runOptions(network, { ...options, ...run }));
  const { settings } = runs.base;
  await generateAsked(settings, runs.problemsOf(runs.base).problems);
  if (meant === 'many') await expectManyRuns(settings);
  return new Gradients(runs, await borrowFullEngine(settings.engine), loss, { controlled, tapeBytes });
}

/** Half the sum of squares over measurements, at whose times rows are saved. */
function squares(
  network: Network,
  observations: Observations,
  { from, to, saveAt, save }: SimulateOptions,
): { loss: Loss; to: number; saveAt: Float64Array } {
  if (saveAt !== undefined || save !== undefined) {
    throw new RangeError(
      `${saveAt ? 'saveAt' : 'save'} is for a loss of your own: measurements have their own times`,
    );
  }
  const start = from === undefined ? 0 : checkNumber('from', from);
  const points = readObservations(network, 'data', observations, start);
  const { times } = points;
  const width = network.species.length;
  return {
    to: to ?? times[times.length - 1],
    saveAt: times,
    loss: (solution) => {
      const rows = new Float64Array(times.length * width);
      for (let i = 0; i < times.length; i++) rows.set(solution.row(i), i * width);
      const residuals = residualsOf(points, rows, width);
      const loss = residuals.reduce((sum, residual) => sum + 0.5 * residual * residual, 0);
      return { loss, cotangents: cotangentsOf(points, residuals, width) };
    },
  };
}
