import type { Network } from '../../network/model.js';
import { StochasticFailure } from '../../stochastic/failure.js';
import { simulateStochastic } from '../../stochastic/inlined.js';
import type { StochasticOptions } from '../../stochastic/types.js';
import { measureSolution } from './measure.js';
import { type CaseOptions, group, ungrouped, unlessEmpty } from './nest.js';
import { isRefusal, type Outcome } from './outcome.js';
import type { Quantity } from './quantities.js';

/** The options of `simulateStochastic` that a case stands for. */
export function stochasticOptions(
  network: Network,
  options: CaseOptions,
  take: readonly Quantity[],
): StochasticOptions {
  const own: StochasticOptions = {
    ...ungrouped(options),
    ...unlessEmpty('parameters', group(options, 'parameters')),
    ...unlessEmpty('initial', group(options, 'initial')),
  };
  // Between saved times a jump process is not known: what is asked for by its time has to be saved.
  const times = take.flatMap((quantity) => (quantity.what === 'at' ? [quantity.time] : []));
  const isSpan = take.some(
    ({ what }) => what === 'max' || what === 'min' || what === 'mean' || what === 'range',
  );
  if (times.length === 0 || isSpan || own.save !== undefined || network.simulation.save !== undefined)
    return own;
  return { ...own, saveAt: [...new Set(times)].sort((a, b) => a - b) };
}

/** Simulates cases of one network by molecules, one after another. */
export async function stochasticCases(
  network: Network,
  cases: readonly CaseOptions[],
  take: readonly Quantity[],
  signal: AbortSignal,
  told: (ended: number) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [k, options] of cases.entries()) {
    const onProgress = ({ fraction }: { fraction: number }) => told(k + fraction);
    try {
      const solution = await simulateStochastic(network, {
        ...stochasticOptions(network, options, take),
        signal,
        onProgress,
      });
      outcomes.push({ status: 'done', values: measureSolution(network, solution, take) });
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof StochasticFailure) {
        outcomes.push({ status: 'failed', code: error.code, error: error.message });
      } else if (isRefusal(error)) outcomes.push({ status: 'refused', error: error.message });
      else throw error;
    }
    told(k + 1);
  }
  return outcomes;
}
