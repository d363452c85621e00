import { borrowFullEngine } from '../engine/full.js';
import { returnEngine } from '../engine/pool.js';
import type { KernelUse } from '../kernels/generated.js';
import { speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkKeys } from '../simulate/check.js';
import { givenTimes } from '../simulate/grid.js';
import { Pace } from '../simulate/pace.js';
import { phaseByName, stopAt } from '../simulate/phase-by-name.js';
import type { Plan, PlannedEvent } from '../simulate/plan.js';
import { reactorPlan } from '../simulate/reactor.js';
import { addStats, zeroStats } from '../simulate/stats.js';
import type { ManyStarts, PhaseOptions, PhaseRun, Reactor } from '../simulate/types.js';
import { Amounts } from './amounts.js';
import { StochasticFailure } from './failure.js';
import { checkStream, type PreparedStochastic, prepareStochastic } from './prepare.js';
import type { EnsembleOptions } from './types.js';
import { type StochasticOutcome, StochasticVessel } from './vessel.js';

/** Options of {@link createStochasticReactor}; `maxEvents` and `maxSeconds` are those of one phase. */
export type StochasticReactorOptions = Pick<
  EnsembleOptions,
  'volume' | 'seed' | 'method' | 'epsilon' | 'maxEvents' | 'maxSeconds' | 'engine' | 'parameters'
>;

const optionNames: readonly string[] = [
  ...['volume', 'seed', 'method', 'epsilon', 'maxEvents', 'maxSeconds', 'engine', 'parameters'],
];

/** Which random numbers come next: those of run `run` of the seed. */
export interface Stream {
  seed: number;
  run: number;
}

/**
 * A pot of whole molecules. Its state is in concentrations, as that of any reactor, and whole numbers of molecules after
 * every run; what is written into it in between becomes whole when the next run begins: an amount that is no whole number
 * of molecules is one of the two beside it, by chance and such that its mean is what was written.
 */
export interface StochasticReactor extends Reactor {
  /** Run k of a phase in this pot has the random numbers of run k of its seed. To be set between runs. */
  stream: Stream;
}

const NO_TIMES = new Float64Array(0);

class MoleculeReactor implements StochasticReactor {
  readonly species: readonly string[];
  readonly state: Float64Array;
  readonly stats = zeroStats();
  readonly kernels: KernelUse = { kind: 'interpreted', note: undefined };
  private readonly places: ReadonlyMap<string, number>;
  private readonly plan: Plan;
  private readonly amounts: Amounts;
  private vessel: StochasticVessel | undefined;
  private seed: number;
  private runs = 0;

  constructor(
    network: Network,
    private readonly prepared: PreparedStochastic,
    vessel: StochasticVessel,
  ) {
    this.species = prepared.species;
    this.state = prepared.initial.slice();
    this.places = speciesIndex(network);
    this.plan = prepared.plan;
    this.vessel = vessel;
    this.amounts = new Amounts(prepared, vessel.draw);
    this.seed = prepared.seed;
  }

  get stream(): Stream {
    return { seed: this.seed, run: this.runs };
  }

  set stream({ seed, run }: Stream) {
    this.seed = checkStream('seed', seed);
    this.runs = checkStream('run', run);
  }

  index(name: string): number {
    const place = this.places.get(name);
    if (place === undefined) throw new RangeError(`the network has no species ${JSON.stringify(name)}`);
    return place;
  }

  run(name: string, options: PhaseOptions = {}): PhaseRun {
    return this.runFrom(this.state, name, options);
  }

  *runMany({ count, phases, fill, after, fail = (_, error) => error }: ManyStarts): Generator<number, void> {
    const state = new Float64Array(this.state.length);
    for (let k = 0; k < count; k++) {
      try {
        fill(k, state);
        phases.forEach(({ name, ...options }, p) => {
          this.runFrom(state, name, options);
          after(k, p, state);
        });
      } catch (error) {
        throw fail(k, error);
      }
      yield k + 1;
    }
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
  }

  /** Runs a phase from these concentrations, and leaves in them what it has ended with. */
  private runFrom(state: Float64Array, name: string, { duration, saveAt, until }: PhaseOptions): PhaseRun {
    const vessel = this.alive();
    const { phase, duration: to } = phaseByName(this.plan, name, duration);
    const times = saveAt === undefined ? NO_TIMES : givenTimes(saveAt, 0, to);
    const ends = until === undefined ? [] : [stopAt(until, (species) => this.index(species))];
    // A held species crosses no level but by doses.
    const watched = [...this.plan.events, ...ends].filter(({ species }) => this.prepared.held[species] === 0);
    vessel.seed(this.seed, this.runs++);
    this.amounts.begin(vessel.state, state);
    const rows: number[] = [];
    const stats = zeroStats();
    try {
      const elapsed = this.stretches(vessel, phase, to, times, watched, rows);
      return {
        elapsed,
        times: times.slice(0, rows.length / Math.max(1, state.length)),
        rows: Float64Array.from(rows),
        stats,
      };
    } finally {
      stats.stochastic = { events: vessel.events, ...vessel.leapsMade };
      addStats(this.stats, stats);
      for (let s = 0; s < state.length; s++) state[s] = this.concentration(s, vessel.state[s]);
    }
  }

  /** The stretches between crossings. @returns the time reached */
  private stretches(
    vessel: StochasticVessel,
    phase: number,
    to: number,
    saveAt: Float64Array,
    crossings: readonly PlannedEvent[],
    rows: number[],
  ): number {
    const { species } = this.prepared;
    const pace = new Pace(this.prepared.maxSeconds, vessel.slice);
    const sink = (_: number, values: Float64Array, at: number) => {
      for (let s = 0; s < species.length; s++) rows.push(this.concentration(s, values[at + s]));
    };
    for (let from = 0, first = 0; ; ) {
      const stretch = { phase, from, to, crossings, saveAt, first, end: saveAt.length, sink };
      const failure = vessel.begin(stretch);
      if (failure !== undefined) throw failure;
      const crossed = this.advance(vessel, pace);
      if (crossed === undefined) return to;
      first += vessel.rowsSaved;
      from = vessel.time;
      for (const { species: s, direction, level, doses } of crossed) {
        this.amounts.dose(vessel.state, doses, `${species[s]} ${direction} ${level}`);
      }
      if (crossed.some(({ after }) => after === 'stop') || from >= to) return from;
    }
  }

  /** Drains a stretch. @returns the crossings that have ended it, if some have */
  private advance(vessel: StochasticVessel, pace: Pace): PlannedEvent[] | undefined {
    for (let outcome: StochasticOutcome = 'running'; ; ) {
      const left = this.prepared.maxEvents - vessel.work;
      if (left <= 0) throw vessel.stop('eventLimit');
      outcome = vessel.advance(Math.min(pace.slice, left));
      if (outcome instanceof StochasticFailure) throw outcome;
      pace.look(outcome === 'running');
      vessel.slice = pace.slice;
      if (pace.isOver) throw vessel.stop('timeLimit');
      if (outcome === 'done') return undefined;
      if (outcome !== 'running') return outcome.crossed;
    }
  }

  private concentration(species: number, value: number): number {
    const { held, given } = this.prepared;
    return held[species] === 1 ? value : value / given.volumes[species];
  }

  private alive(): StochasticVessel {
    if (this.vessel === undefined) throw new Error('this reactor has been disposed of');
    return this.vessel;
  }
}

/**
 * Makes a pot for a network, as `createReactor` does, that runs its phases as jump processes of whole molecules.
 * @throws (rejects) RangeError or TypeError naming a bad option
 */
export async function createStochasticReactor(
  network: Network,
  options: StochasticReactorOptions,
): Promise<StochasticReactor> {
  checkKeys('createStochasticReactor', options, optionNames);
  // What runs when is the caller's business, so the end of a schedule means nothing; a network without one needs some end.
  const prepared = prepareStochastic(network, { ...options, to: 1, save: 1 });
  const plan = reactorPlan(network, prepared.parameters);
  const whole: PreparedStochastic = {
    ...prepared,
    plan,
    // All reactions of each phase: the state may be written.
    phases: plan.phases.map(({ active }) => active),
  };
  const engine = await borrowFullEngine(prepared.engine);
  try {
    return new MoleculeReactor(network, whole, new StochasticVessel(engine, whole));
  } catch (error) {
    returnEngine(engine);
    throw error;
  }
}
