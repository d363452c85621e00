import { borrowFullEngine } from '../engine/full.js';
import { useInlinedFullKernel } from '../engine/inlined-full.js';
import { returnEngine } from '../engine/pool.js';
import type { Network } from '../network/model.js';
import type { KeptRun } from '../stochastic/kept.js';
import { FailedRun, runPartPausing } from '../stochastic/part.js';
import { prepareStochastic } from '../stochastic/prepare.js';
import type { EnsembleOptions } from '../stochastic/types.js';
import { StochasticVessel } from '../stochastic/vessel.js';
import { toPlainError } from './errors.js';
import type { PlainError } from './messages.js';
import { type JobContext, Moved } from './serve.js';

/** A stochastic run with parameters of its own. */
export interface StochasticDraw {
  /** Its number among those of the seed. */
  run: number;
  parameters: Record<string, number>;
}

/** What the job `stochasticDraws` takes: a network and runs of it, some of which may fail. */
export interface StochasticDrawsJob {
  network: Network;
  options: Omit<EnsembleOptions, 'signal' | 'parameters'>;
  draws: readonly StochasticDraw[];
}

/** What it gives back, one for every run. Arrays are moved. */
export type StochasticDrawsJobResult = ({ run: KeptRun } | { error: PlainError })[];

/** Makes all runs, also after one that fails: the job `stochasticDraws` of the package's worker. */
export async function stochasticDrawsJob(
  { network, options, draws }: StochasticDrawsJob,
  { signal, progress }: JobContext,
): Promise<Moved> {
  // Where none was posted.
  useInlinedFullKernel();
  const result: StochasticDrawsJobResult = [];
  for (const { run, parameters } of draws) {
    result.push(await drawn(network, { ...options, parameters, signal }, run));
    progress(result.length);
  }
  const kept = result.flatMap((one) => ('run' in one ? [one.run.values, one.run.last] : []));
  return new Moved(
    result,
    kept.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

async function drawn(
  network: Network,
  options: EnsembleOptions,
  run: number,
): Promise<StochasticDrawsJobResult[number]> {
  const prepared = prepareStochastic(network, options);
  const engine = await borrowFullEngine(prepared.engine);
  try {
    const vessel = new StochasticVessel(engine, prepared);
    const part = await runPartPausing(vessel, prepared, { first: run, count: 1, keep: true }, () => {});
    return { run: part.kept[0] };
  } catch (error) {
    if (!(error instanceof FailedRun)) throw error;
    return { error: toPlainError(error.failure) };
  } finally {
    returnEngine(engine);
  }
}
