import type { Network } from '../network/model.js';
import { checkKeys, checkNumber, checkOneOf, checkWhole } from '../simulate/check.js';
import { requireNetwork } from '../simulate/check-network.js';
import { SolveFailure } from '../simulate/failure.js';
import { statisticsOf } from './estimates.js';
import { withValues } from './fitted-network.js';
import { type LeastSquaresOptions, type Minimum, minimise } from './levenberg-marquardt.js';
import { FitModel } from './model.js';
import { startsOf, valuesAt } from './starts.js';
import type { Experiment, FitOptions, FitResult, FitStart, RunOptions } from './types.js';
import { inward, readVariables, readVary, type Variable } from './variables.js';

const optionNames = [
  'vary',
  'scale',
  'maxIterations',
  'starts',
  'seed',
  'confidence',
  'onProgress',
  'rtol',
  'atol',
  'method',
  'engine',
  'kernels',
  'maxSteps',
  'maxSeconds',
  'from',
  'schedule',
  'signal',
];

// MINPACK's tests (Moré, Garbow & Hillstrom 1980), but no sharper than what the solver's tolerance leaves of the residuals.
const TOLERANCES = { reductionTolerance: 1e-10, stepTolerance: 1e-8, gradientTolerance: 1e-8 };

const CONVERGED = ['gradient', 'step', 'reduction'];

/**
 * Fits constants and starting concentrations of a network to measured concentrations: the bounded least squares
 * min ½ Σ ((x(tᵢ) − measuredᵢ)/σᵢ)² by Levenberg and Marquardt's method, with Jacobians from forward sensitivities.
 *
 * What the measurements cannot tell is said (`identifiable`, `unidentifiable`), not guessed. When it is cancelled, the
 * promise resolves with what there is, and the reason `'cancelled'`.
 *
 * @param data one experiment or several, each with its own starts and parameters
 * @throws (rejects) RangeError or TypeError for options and measurements that cannot be used; SolveFailure when the network
 *   cannot be run from any start
 */
export async function fit(
  network: Network,
  data: Experiment | readonly Experiment[],
  options: FitOptions,
): Promise<FitResult> {
  requireNetwork(network);
  checkKeys('fit', options, optionNames);
  const { vary, scale, maxIterations = 200, starts = 1, seed = 0, confidence = 0.95, ...others } = options;
  const { onProgress, ...run } = others;
  const experiments = Array.isArray(data) ? (data as readonly Experiment[]) : [data as Experiment];
  if (experiments.length === 0) throw new RangeError('data must hold at least one experiment');
  checkWhole('maxIterations', maxIterations);
  checkWhole('starts', starts);
  checkNumber('confidence', confidence);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must lie between 0 and 1, not ${confidence}`);
  }
  const chosen = checkOneOf('scale', scale ?? 'linear', ['linear', 'log']);
  refusePartly(experiments);
  const quantities = readVary(network, vary);
  refuseBoth(quantities, experiments, network);
  const model = await FitModel.create(
    network,
    experiments,
    (simulator) => readVariables(network, quantities, vary, chosen, simulator.runs.base),
    quantities.map(({ name }) => name),
    run as RunOptions,
  );
  try {
    const points = startsOf(model.varied, starts, seed);
    const search = new Search(model, { ...TOLERANCES, maxIterations }, run.signal, (start, iteration, loss) =>
      onProgress?.({ start, starts, iteration, loss, runs: model.runs }),
    );
    for (const point of points) await search.from(point);
    return search.result(network, experiments, confidence);
  } finally {
    model.dispose();
  }
}

/** Nothing may be varied that an experiment sets. */
function refuseBoth(
  quantities: ReturnType<typeof readVary>,
  experiments: readonly Experiment[],
  network: Network,
): void {
  experiments.forEach(({ name, initial = {}, parameters = {} }, e) => {
    for (const quantity of quantities) {
      const { kind, index } = quantity;
      const isSet =
        (kind === 'parameter' && Object.hasOwn(parameters, network.parameters[index].name)) ||
        (kind === 'initial' && Object.hasOwn(initial, network.species[index].name));
      if (!isSet) continue;
      throw new RangeError(
        `vary: ${quantity.name} is set by experiment ${name ?? e + 1}, so it cannot be varied`,
      );
    }
  });
}

/** Whether the standard deviations of all that an experiment has measured are given. */
const hasSigma = ({ sigma, values }: Experiment): boolean =>
  typeof sigma === 'number' || Object.keys(values ?? {}).every((name) => sigma?.[name] !== undefined);

/** Numbers with and without a standard deviation cannot be weighed against each other, nor the errors be told. */
function refusePartly(experiments: readonly Experiment[]): void {
  const all = experiments.flatMap(({ name, sigma, values }, e) =>
    Object.keys(values ?? {}).map((column) => ({
      what: experiments.length > 1 ? `${column} of experiment ${name ?? e + 1}` : column,
      isGiven: typeof sigma === 'number' || sigma?.[column] !== undefined,
    })),
  );
  const given = all.find(({ isGiven }) => isGiven);
  const missing = all.find(({ isGiven }) => !isGiven);
  if (given === undefined || missing === undefined) return;
  throw new RangeError(
    `data: sigma is given for ${given.what} and not for ${missing.what}: give it for all measurements, or for none`,
  );
}

/** The starts of a fit, one after the other. */
class Search {
  private readonly ends: FitStart[] = [];
  private best: Minimum | undefined;
  private failure: unknown;

  constructor(
    private readonly model: FitModel,
    private readonly options: LeastSquaresOptions,
    private readonly signal: AbortSignal | undefined,
    private readonly tell: (start: number, iteration: number, loss: number) => void,
  ) {}

  async from(start: Float64Array): Promise<void> {
    const { model, signal, best } = this;
    if (signal?.aborted && best !== undefined) return;
    const number = this.ends.length + 1;
    const from = valuesAt(start, model.varied);
    try {
      const first = await model.residuals(start);
      let at: Float64Array | undefined;
      const found = await minimise(
        {
          start,
          lower: Float64Array.from(model.varied, ({ lower, scale }) => inward(lower, scale)),
          upper: Float64Array.from(model.varied, ({ upper, scale }) => inward(upper, scale)),
          residuals: async (x) => {
            if (at !== undefined) return unlessFailed(() => model.residuals(x));
            at = x;
            return first;
          },
          // Where the run goes on from a start, its derivatives must; later they may fail like any other point.
          jacobian: (x) => (x === at ? model.jacobian(x) : unlessFailed(() => model.jacobian(x))),
          onIteration: (iteration, loss) => this.tell(number, iteration, loss),
          signal,
        },
        this.options,
      );
      const { x, loss, reason, iterations } = found;
      this.ends.push({ from, to: valuesAt(x, model.varied), loss, reason, iterations });
      if (best === undefined || loss < best.loss) this.best = found;
    } catch (error) {
      if (isCancelled(error) && best !== undefined) return;
      if (isCancelled(error) || !(error instanceof SolveFailure || error instanceof RangeError)) throw error;
      this.failure ??= error;
      this.ends.push({
        from,
        to: from,
        loss: Number.POSITIVE_INFINITY,
        reason: 'failed',
        iterations: 0,
      });
    }
  }

  /** @throws what the first start has failed with, when all have */
  result(network: Network, experiments: readonly Experiment[], confidence: number): FitResult {
    const { model, best, ends } = this;
    if (best === undefined) throw this.failure;
    const known = experiments.every(hasSigma);
    const { measurements, runs } = model;
    const statistics = statisticsOf(best, model.varied, { measurements, known, confidence });
    const quantities = model.varied.map(({ quantity }: Variable) => quantity);
    const reason = this.signal?.aborted ? 'cancelled' : best.reason;
    return {
      ...statistics,
      converged: CONVERGED.includes(reason),
      reason,
      loss: best.loss,
      measurements,
      iterations: best.iterations,
      runs,
      starts: ends,
      points: model.pointsOf(best.residuals),
      network: withValues(
        network,
        quantities,
        statistics.estimates.map(({ value }) => value),
      ),
    };
  }
}

const isCancelled = (error: unknown): boolean => error instanceof SolveFailure && error.code === 'cancelled';

/** Undefined where the network cannot be run: constants that leave their domain, or a solution that does. */
async function unlessFailed<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SolveFailure || error instanceof RangeError) return undefined;
    throw error;
  }
}
