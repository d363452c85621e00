import { createSimulator, type SimulateOptions } from '../../src/index.js';
import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { loadProblem } from '../problems.js';
import { ifBuilt, optionsOf } from '../race/ours.js';
import { race } from '../timing.js';
import { atolFor } from '../tolerances.js';
import { digitsReached } from '../work-precision.js';
import { trainingExample } from './example.js';

const RTOL = 1e-6;
export const rivalEngines = ['generated', 'interpreted', 'JS engine'] as const;

export interface EngineOrder {
  /** A problem, or `'two-phase example'`. */
  contest: string;
  effort: Effort;
}

export interface EngineContest {
  /** Microseconds a call of each engine that this build has. */
  micros: Partial<Record<(typeof rivalEngines)[number], number>>;
  /** Of an end state; null where there is no reference. */
  digits: number | null;
}

interface Runner {
  run: () => void;
  digits: number | null;
  dispose: () => void;
}

/** The same work by generated and interpreted WebAssembly and by plain JavaScript, in turns. */
export async function raceEngines({ contest, effort }: EngineOrder): Promise<EngineContest> {
  const runners = new Map<string, Runner>();
  for (const name of rivalEngines) {
    try {
      runners.set(name, await ifBuilt(() => runnerOf(contest, optionsOf(name))));
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
    }
  }
  const micros = await race(Object.fromEntries([...runners].map(([name, { run }]) => [name, run])), effort);
  const [{ digits }] = runners.values();
  for (const { dispose } of runners.values()) dispose();
  return { micros, digits };
}

async function runnerOf(contest: string, variant: SimulateOptions): Promise<Runner> {
  if (contest === 'two-phase example') {
    const { run, reactor } = await trainingExample(3, 'dual', { rtol: RTOL, ...variant });
    return { run, digits: null, dispose: () => reactor.dispose() };
  }
  const problem = await loadProblem(contest);
  const { network, to, reference } = problem;
  const simulator = await createSimulator(network, {
    ...variant,
    to,
    saveAt: [to],
    rtol: RTOL,
    atol: atolFor(RTOL, problem),
  });
  const { final } = simulator.run();
  const digits = digitsReached(
    network.species.map(({ name }) => final[name]),
    reference,
  );
  return { run: () => void simulator.run(), digits, dispose: () => simulator.dispose() };
}
