import { borrowFullEngine } from '../engine/full.js';
import { useInlinedFullKernel } from '../engine/inlined-full.js';
import { returnEngine } from '../engine/pool.js';
import type { Network } from '../network/model.js';
import type { KeptRun } from '../stochastic/kept.js';
import { type EnsemblePart, FailedRun, type PartOfRuns, runPartPausing } from '../stochastic/part.js';
import { prepareStochastic } from '../stochastic/prepare.js';
import type { EnsembleOptions } from '../stochastic/types.js';
import { StochasticVessel } from '../stochastic/vessel.js';
import { toPlainError } from './errors.js';
import type { PlainError } from './messages.js';
import { type JobContext, Moved } from './serve.js';

/** What the job `stochastic` takes: a network and which of its runs to make. */
export interface StochasticJob extends PartOfRuns {
  network: Network;
  options: Omit<EnsembleOptions, 'signal'>;
}

/** What it gives back, as plain data. The same bytes for the same job. */
export interface StochasticJobResult {
  part: EnsemblePart;
  /** The first run that failed, and with what. */
  failure?: { k: number; error: PlainError; partial?: KeptRun };
}

/** Makes runs of an ensemble: the job `stochastic` of the package's worker. Tells how many have ended. */
export async function stochasticJob(
  { network, options, ...runs }: StochasticJob,
  { signal, progress }: JobContext,
): Promise<Moved> {
  // Where none was posted.
  useInlinedFullKernel();
  const prepared = prepareStochastic(network, { ...options, signal });
  const engine = await borrowFullEngine(prepared.engine);
  try {
    const vessel = new StochasticVessel(engine, prepared);
    return moved({ part: await runPartPausing(vessel, prepared, runs, progress) });
  } catch (error) {
    if (!(error instanceof FailedRun)) throw error;
    const { k, failure, partial, before } = error;
    return moved({
      part: before,
      failure: { k, error: toPlainError(failure), ...(partial && { partial }) },
    });
  } finally {
    returnEngine(engine);
  }
}

function moved(result: StochasticJobResult): Moved {
  const { part, failure } = result;
  const kept = failure?.partial === undefined ? part.kept : [...part.kept, failure.partial];
  const arrays = [
    ...part.nodes.flatMap(({ mean, squares }) => [mean, squares]),
    ...kept.flatMap(({ values, last }) => [values, last]),
  ];
  return new Moved(
    result,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
