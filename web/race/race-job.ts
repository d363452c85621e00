import {
  createSimulator,
  initialConcentrations,
  type Network,
  netChange,
  parameterValues,
  rateConstants,
  type SimulateOptions,
  SolveFailure,
  simulate,
} from 'neural-crn';
import { plan } from '../simulate/jobs';
import type { ContestantName, RaceProgress, RaceRequest, Standing } from '../simulate/protocol';
import { digits, quantile } from './statistics';
import { type PlainProblem, solvePlain } from './textbook';

/** A measured sample takes at least this long, since clocks of pages are coarse. */
const SAMPLE_MILLISECONDS = 4;
/** Of the time of a contestant, what is left to warming up. */
const WARM_UP_PART = 0.25;
const MOST_SAMPLES = 60;
/** The reference is solved with this times the tolerances, but not below what doubles resolve. */
const REFERENCE = 1e-4;
const LEAST_RTOL = 1e-13;

interface Solve {
  end: ArrayLike<number>;
  steps: number;
  rejected: number;
}

interface Contestant {
  standing: Standing;
  /** One solve from start to end. */
  solve: () => Solve;
  samples: number[];
  spent: number;
  dispose: () => void;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Runs the contestants in turns. Each has its own simulator, made before the clock of its solves starts. */
export async function race(
  request: RaceRequest,
  signal: AbortSignal,
  onProgress: (progress: RaceProgress) => void,
): Promise<RaceProgress> {
  const { network, options, to } = plan(request);
  const rtol = options.rtol ?? network.simulation.rtol ?? 1e-6;
  const atol = network.simulation.atol ?? 1e-9;
  const standings: Standing[] = request.contestants.map((name) => ({
    name,
    state: 'waiting',
    warmUp: { solves: 0, milliseconds: 0 },
    solves: 0,
  }));
  let doing = '';
  const tell = () => onProgress({ standings: standings.map((standing) => ({ ...standing })), doing });
  const say = async (words: string) => {
    doing = words;
    tell();
    await pause();
    if (signal.aborted) throw new Error('the race was stopped');
  };
  await say('Solving once more exactly, to count digits');
  const reference = await referenceEnd(network, { ...options, to }, rtol, signal);
  const floor = floorOf(network, reference, rtol);
  const contestants: Contestant[] = [];
  try {
    for (const standing of standings) {
      await say(`Warming up: ${standing.name}`);
      standing.state = 'warming';
      tell();
      const began = performance.now();
      try {
        const made = await contestant(
          standing,
          network,
          { ...options, to },
          rtol,
          atol,
          () => signal.aborted || performance.now() - began > request.seconds * 1000,
        );
        contestants.push(made);
        const { end, steps, rejected } = made.solve();
        standing.first = performance.now() - began;
        standing.steps = steps;
        standing.rejected = rejected;
        if (reference !== undefined) standing.digits = digits(end, reference, floor);
        warmUp(made, request.seconds * 1000 * WARM_UP_PART);
        standing.state = 'racing';
      } catch (error) {
        standing.state = 'failed';
        standing.message = error instanceof Error ? error.message : String(error);
      }
      tell();
    }
    const budget = request.seconds * 1000 * (1 - WARM_UP_PART);
    for (let round = 0; round < MOST_SAMPLES; round++) {
      const running = contestants.filter(
        ({ standing, spent }) => standing.state === 'racing' && spent < budget,
      );
      if (running.length === 0) break;
      await say(`Racing: round ${round + 1}`);
      // In another order each time, so that none always comes after the same other.
      for (let k = 0; k < running.length; k++) sample(running[(k + round) % running.length]);
    }
    for (const { standing } of contestants) if (standing.state === 'racing') standing.state = 'done';
    doing = '';
    return { standings, doing };
  } finally {
    for (const { dispose } of contestants) dispose();
  }
}

/** Solves until the times have settled or the part of the time is over. */
function warmUp({ standing, solve }: Contestant, most: number): void {
  const began = performance.now();
  let solves = 0;
  while (solves < 200 && performance.now() - began < most) {
    solve();
    solves++;
  }
  standing.warmUp = { solves: solves + 1, milliseconds: performance.now() - began + (standing.first ?? 0) };
}

function sample(contestant: Contestant): void {
  const { standing, solve, samples } = contestant;
  const began = performance.now();
  let solves = 0;
  let took = 0;
  do {
    solve();
    solves++;
    took = performance.now() - began;
  } while (took < SAMPLE_MILLISECONDS);
  samples.push(took / solves);
  contestant.spent += took;
  standing.solves += solves;
  standing.median = quantile(samples, 0.5);
  standing.quartiles = [quantile(samples, 0.25), quantile(samples, 0.75)];
}

async function referenceEnd(
  network: Network,
  options: SimulateOptions,
  rtol: number,
  signal: AbortSignal,
): Promise<Float64Array | undefined> {
  const tight = Math.max(LEAST_RTOL, rtol * REFERENCE);
  const atol = (network.simulation.atol ?? 1e-9) * REFERENCE;
  const { simulation } = network;
  // Tolerances of single species are tightened like the others.
  const bySpecies = Object.fromEntries(
    Object.entries(simulation.atolBySpecies ?? {}).map(([name, value]) => [name, value * REFERENCE]),
  );
  try {
    const own = { ...network, simulation: { ...simulation, atol, atolBySpecies: bySpecies } };
    const { method: _, ...others } = options;
    const solution = await simulate(own, {
      ...others,
      method: 'rodas5p',
      rtol: tight,
      save: 1,
      maxSteps: 1e7,
      signal,
    });
    return Float64Array.from(solution.species, (name) => solution.final[name]);
  } catch (error) {
    if (error instanceof SolveFailure && error.code === 'cancelled') throw error;
    return undefined;
  }
}

/** Below this a species' digits are not asked for: its absolute tolerance decides there. */
function floorOf({ simulation, species }: Network, reference: ArrayLike<number> | undefined, rtol: number) {
  const all = simulation.atol ?? 1e-9;
  return (k: number): number => {
    const atol = simulation.atolBySpecies?.[species[k].name] ?? all;
    return reference === undefined ? 1 : atol / rtol;
  };
}

async function contestant(
  standing: Standing,
  network: Network,
  options: SimulateOptions,
  rtol: number,
  atol: number,
  until: () => boolean,
): Promise<Contestant> {
  const common = { standing, samples: [], spent: 0 };
  if (standing.name === 'textbook') {
    const problem = plainProblem(network);
    return {
      ...common,
      dispose: () => {},
      solve: () => {
        const run = solvePlain(problem, {
          to: options.to!,
          rtol,
          atol,
          until: standing.first === undefined ? until : () => false,
        });
        if (run.ended !== 'done') {
          standing.steps = run.steps;
          standing.rejected = run.rejected;
          throw new Error(
            `was at t = ${run.time.toPrecision(3)} of ${options.to} after ${run.steps.toLocaleString('en')} steps, when ${run.ended === 'time' ? 'its time was over' : 'its steps came to nothing'}`,
          );
        }
        return { end: run.state, steps: run.steps, rejected: run.rejected };
      },
    };
  }
  const simulator = await createSimulator(network, {
    ...options,
    ...engines[standing.name],
    save: 1,
    maxSteps: 1e7,
  });
  return {
    ...common,
    dispose: () => simulator.dispose(),
    solve: () => {
      const { final, species, stats } = simulator.run();
      const { error, negative, nonFinite, newton } = stats.rejected;
      return {
        end: Float64Array.from(species, (name) => final[name]),
        steps: stats.steps,
        rejected: error + negative + nonFinite + newton,
      };
    },
  };
}

const engines: Record<Exclude<ContestantName, 'textbook'>, SimulateOptions> = {
  generated: { engine: 'wasm', kernels: 'generated' },
  interpreted: { engine: 'wasm', kernels: 'interpreted' },
  js: { engine: 'js' },
};

function plainProblem(network: Network): PlainProblem {
  if (network.phases.length > 0 || network.doses.length > 0) {
    throw new Error('runs no phases and doses: what a page writes by hand has none');
  }
  const values = parameterValues(network);
  const constants = rateConstants(network, values);
  const held = network.species.map(({ constant }) => constant);
  return {
    initial: Float64Array.from(initialConcentrations(network, values)),
    reactions: network.reactions.map((reaction, k) => ({
      rate: constants[k],
      orders: reaction.orders.map(({ species, value }) => [species, value] as const),
      change: netChange(reaction)
        .filter(({ species }) => !held[species])
        .map(({ species, value }) => [species, value] as const),
    })),
  };
}
