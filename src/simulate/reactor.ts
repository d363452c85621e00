import { borrowEngine, returnEngine } from '../engine/pool.js';
import type { KernelUse } from '../kernels/generated.js';
import { initialConcentrations, speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkKeys } from './check.js';
import { requireNetwork } from './check-network.js';
import { expectManyRuns, generateAsked } from './generate.js';
import { givenTimes } from './grid.js';
import { Lanes } from './lanes.js';
import { phaseByName, stopAt } from './phase-by-name.js';
import { compilePhases, foldPhases, type PhaseProblems } from './phase-problems.js';
import { makePlan, type Plan } from './plan.js';
import { drive, integrate, type RunRequest } from './run.js';
import { resolveSettings, type Settings, solverOptionNames } from './settings.js';
import { Recorder } from './solution.js';
import { addStats, zeroStats } from './stats.js';
import type { ManyStarts, PhaseOptions, PhaseRun, Reactor, SolverOptions, Stats } from './types.js';
import { Vessel } from './vessel.js';

const NO_TIMES = new Float64Array(0);

class NetworkReactor implements Reactor {
  readonly species: readonly string[];
  readonly stats = zeroStats();
  private readonly places: ReadonlyMap<string, number>;
  private vessel: Vessel | undefined;
  private lanes: Lanes | undefined;

  constructor(
    network: Network,
    private readonly settings: Settings,
    private readonly plan: Plan,
    vessel: Vessel,
    private readonly another: () => Vessel,
    private readonly problems: ReactorProblems,
  ) {
    this.species = vessel.speciesNames;
    this.places = speciesIndex(network);
    this.vessel = vessel;
  }

  get state(): Float64Array {
    return this.alive().state;
  }

  get kernels(): KernelUse {
    return this.alive().kernels;
  }

  index(name: string): number {
    const place = this.places.get(name);
    if (place === undefined) throw new RangeError(`the network has no species ${JSON.stringify(name)}`);
    return place;
  }

  run(name: string, options: PhaseOptions = {}): PhaseRun {
    const vessel = this.alive();
    const request = this.request(name, options.duration);
    const saveAt = options.saveAt === undefined ? NO_TIMES : givenTimes(options.saveAt, 0, request.to);
    const { until } = options;
    // Folded phases know the end only.
    const isSeen = saveAt.length > 0 || until !== undefined;
    vessel.configure(this.settings, isSeen ? this.problems.whole() : this.problems.first);
    const ends = until === undefined ? [] : [stopAt(until, (species) => this.index(species))];
    const events = [...request.events, ...ends];
    const recorder = new Recorder(this.species.length, saveAt);
    const stats = zeroStats();
    let elapsed = 0;
    try {
      const run = integrate(vessel, { ...request, events, saveAt, sink: recorder.sink, stats });
      elapsed = drive(vessel, run);
    } finally {
      addStats(this.stats, stats);
    }
    const rows = recorder.rows();
    return { elapsed, times: rows.times, rows: rows.values, stats };
  }

  *runMany({ count, phases, fill, after, fail = (_, error) => error }: ManyStarts): Generator<number, void> {
    const own = this.alive();
    own.configure(this.settings, this.problems.first);
    const requests = phases.map(({ name, duration }) => this.request(name, duration));
    const stats: Stats[] = [];
    const before = own.state.slice();
    let failed = count;
    this.lanes ??= new Lanes(own, this.another);
    try {
      yield* this.lanes.run({
        count,
        phases: requests.length,
        *begin(k, vessel) {
          const work = zeroStats();
          stats[k] = work;
          fill(k, vessel.state);
          for (let p = 0; p < requests.length; p++) {
            yield* integrate(vessel, { ...requests[p], stats: work });
            after(k, p, vessel.state);
          }
          return 0;
        },
        end: () => {},
        fail: (k, _, error) => {
          failed = k;
          return fail(k, error);
        },
      });
    } finally {
      stats.slice(0, failed + 1).forEach((each) => {
        addStats(this.stats, each);
      });
      own.state.set(before);
    }
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
    this.lanes = undefined;
  }

  /** One phase from a vessel's present state, on a clock that starts at 0. */
  private request(name: string, other: number | undefined): Omit<RunRequest, 'stats'> {
    const { phases, events } = this.plan;
    const { phase, duration } = phaseByName(this.plan, name, other);
    return {
      phases,
      segments: [{ phase, from: 0, to: duration, begins: false }],
      to: duration,
      events,
      saveAt: NO_TIMES,
      sink: () => {},
      settings: this.settings,
    };
  }

  private alive(): Vessel {
    if (this.vessel === undefined) throw new Error('this reactor has been disposed of');
    return this.vessel;
  }
}

interface ReactorProblems {
  /** What runs are made with of which the end is seen. */
  first: PhaseProblems;
  isFolded: boolean;
  /** Nothing folded: every species at every time. */
  whole(): PhaseProblems;
}

function problemsOf(
  network: Network,
  active: readonly (readonly number[])[],
  settings: Settings,
  hasEvents: boolean,
): ReactorProblems {
  let whole: PhaseProblems | undefined;
  const makeWhole = () => {
    whole ??= compilePhases(network, active, settings, true);
    return whole;
  };
  // Every run watches them, and a folded one knows its end only.
  const folded = hasEvents ? undefined : foldPhases(network, active, settings);
  return { first: folded ?? makeWhole(), isFolded: folded !== undefined, whole: makeWhole };
}

/** The phases that a reactor runs by name: which follows, and when, is the caller's business. */
export function reactorPlan(network: Network, parameters: ReadonlyMap<string, number>): Plan {
  const scheduled = makePlan(network, parameters, undefined);
  return { ...scheduled, phases: scheduled.phases.map(({ when: _, ...phase }) => phase) };
}

/**
 * Makes a pot for a network: its state starts at the network's initial concentrations, and each of its phases can be
 * run by name, any number of times, for its own or another duration. Doses at the start of phases, and at which crossing
 * one starts, are the caller's business.
 * @throws (rejects) RangeError or TypeError naming a bad option
 */
export async function createReactor(network: Network, options: SolverOptions = {}): Promise<Reactor> {
  requireNetwork(network);
  checkKeys('createReactor', options, solverOptionNames);
  const settings = resolveSettings(network, options);
  const plan = reactorPlan(network, settings.parameters);
  const names = network.species.map(({ name }) => name);
  // All reactions of each phase: the state may be written.
  const active = plan.phases.map((phase) => phase.active);
  const problems = problemsOf(network, active, settings, plan.events.length > 0);
  await generateAsked(settings, problems.first.problems);
  if (settings.kernels === 'generated' && problems.isFolded)
    await generateAsked(settings, problems.whole().problems);
  await expectManyRuns(settings);
  const initial = initialConcentrations(network, settings.parameters);
  const engine = await borrowEngine(settings.engine);
  const fresh = () => new Vessel(engine, names, problems.first, settings);
  const vessel = fresh();
  vessel.state.set(initial);
  return new NetworkReactor(network, settings, plan, vessel, fresh, problems);
}
