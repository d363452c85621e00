/**
 * The page's `src/learning/stochastic.ts`: its pots follow rate equations, so what would count molecules is refused and left out.
 */
import type { Network, Reactor } from 'neural-crn';
import type { PotOptions, StochasticChoice, StochasticSettings } from 'neural-crn/learning';
import { createReactor } from '../../src/simulate/inlined';

export function checkStochastic({ stochastic }: PotOptions): void {
  if (stochastic !== undefined) throw new RangeError('whole molecules are not simulated in this page');
}

export async function createPotReactor(network: Network, options: PotOptions): Promise<Reactor> {
  checkStochastic(options);
  return createReactor(network, options);
}

export const withoutEquations = <T>(options: T): T => options;
export const evaluationOptions = withoutEquations;
export const asStochastic = (): undefined => undefined;
export const namedSeed = (seed: number): number => seed;
export const stochasticSettings = (choice: StochasticChoice): StochasticSettings =>
  choice as StochasticSettings;
