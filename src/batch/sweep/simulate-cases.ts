import type { Network } from '../../network/model.js';
import { SolveFailure } from '../../simulate/failure.js';
import { simulate } from '../../simulate/inlined.js';
import { cancelIfAsked, drainPausing } from '../../simulate/many.js';
import type { RunOverrides } from '../../simulate/network-runs.js';
import { runMany } from '../../simulate/run-many.js';
import { NetworkSimulator } from '../../simulate/simulator.js';
import type { Solution } from '../../simulate/solution.js';
import type { SimulateOptions } from '../../simulate/types.js';
import { measureSolution } from './measure.js';
import { type CaseOptions, group, ungrouped, unlessEmpty } from './nest.js';
import { isRefusal, type Outcome } from './outcome.js';
import type { Quantity } from './quantities.js';

/** The options of `simulate` that a case stands for. */
export function simulateOptions(network: Network, options: CaseOptions): SimulateOptions {
  const { atol, ...own } = ungrouped(options);
  const named = group(options, 'atol');
  const both = atol !== undefined && Object.keys(named).length > 0;
  return {
    ...own,
    ...unlessEmpty('parameters', group(options, 'parameters')),
    ...unlessEmpty('initial', group(options, 'initial')),
    ...(both
      ? { atol: network.species.map(({ name }) => (named[name] ?? atol) as number) }
      : unlessEmpty('atol', named)),
    ...(atol !== undefined && !both && { atol }),
  } as SimulateOptions;
}

/** What a simulator keeps for all its runs. */
const FIXED = ['engine', 'kernels', 'linearSolver', 'conservation'] as const;

/**
 * Simulates cases of one network, two at a time where they can share vectors: what each gives is what it gives alone.
 * @param told gets the number of cases that have ended
 */
export async function simulateCases(
  network: Network,
  cases: readonly CaseOptions[],
  take: readonly Quantity[],
  signal: AbortSignal,
  told: (ended: number) => void,
): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = new Array(cases.length).fill(undefined);
  const all = cases.map((one) => simulateOptions(network, one));
  const alike = new Map<string, number[]>();
  for (const [k, options] of all.entries()) {
    const key = JSON.stringify(FIXED.map((name) => options[name]));
    alike.set(key, [...(alike.get(key) ?? []), k]);
  }
  for (const places of alike.values()) {
    await simulateAlike(network, all, places, take, signal, outcomes, told);
  }
  return outcomes as Outcome[];
}

/** Cases whose simulators are alike. */
async function simulateAlike(
  network: Network,
  all: readonly SimulateOptions[],
  places: readonly number[],
  take: readonly Quantity[],
  signal: AbortSignal,
  outcomes: (Outcome | undefined)[],
  told: (ended: number) => void,
): Promise<void> {
  const measured = (solution: () => Solution): Outcome => {
    try {
      return { status: 'done', values: measureSolution(network, solution(), take) };
    } catch (error) {
      return unsuccessful(error, signal);
    }
  };
  for (const first of places) {
    let simulator: NetworkSimulator;
    try {
      simulator = await NetworkSimulator.create(
        network,
        sharedBy(
          places.map((k) => all[k]),
          all[first],
        ),
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // What all have may be too little, or this case's values cannot be: by itself it is seen which.
      outcomes[first] = await simulate(network, { ...all[first], signal }).then(
        (solution) => measured(() => solution),
        (error) => unsuccessful(error, signal),
      );
      continue;
    }
    try {
      const { runs } = simulator;
      const overrides = new Map(places.map((k) => [k, overridesOf(all[k], runs.options)]));
      for (const k of places) {
        try {
          runs.prepared(overrides.get(k));
        } catch (error) {
          outcomes[k] ??= unsuccessful(error, signal);
        }
      }
      for (;;) {
        const rest = places.filter((k) => outcomes[k] === undefined);
        if (rest.length === 0) return;
        let failed = 0;
        const ended = outcomes.length - outcomes.filter((one) => one === undefined).length;
        const work = runMany(
          simulator,
          rest.map((k) => overrides.get(k) as RunOverrides),
          (i, run, prepared) => {
            outcomes[rest[i]] = measured(() => runs.solution(prepared, run));
          },
          (i) => {
            failed = i;
          },
        );
        try {
          await drainPausing(work, (done) => {
            told(ended + done);
            return () => cancelIfAsked({ signal });
          });
        } catch (error) {
          // The others have been dropped, or have ended; those that have not go on.
          outcomes[rest[failed]] = unsuccessful(error, signal);
        }
      }
    } finally {
      simulator.dispose();
    }
  }
}

/** Options that all of some cases have, with the values of one of them. */
function sharedBy(all: readonly SimulateOptions[], one: SimulateOptions): SimulateOptions {
  return Object.fromEntries(
    Object.entries(one).filter(([name]) => all.every((other) => Object.hasOwn(other, name))),
  );
}

/** What makes a simulator's options those of a case. */
function overridesOf(options: SimulateOptions, base: SimulateOptions): RunOverrides {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(base[name as keyof SimulateOptions]),
    ),
  );
}

/** @throws what is neither a failure of the run nor a refusal, and everything once the caller has cancelled */
function unsuccessful(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) throw error;
  if (error instanceof SolveFailure) return { status: 'failed', code: error.code, error: error.message };
  if (isRefusal(error)) return { status: 'refused', error: error.message };
  throw error;
}
