import { compileProblem } from '../compile/compile.js';
import { borrowEngine, returnEngine } from '../engine/pool.js';
import { initialConcentrations, speciesIndex } from '../network/index.js';
import type { Network } from '../network/model.js';
import { checkKeys, checkNumber, checkOneOf, checkPositive } from './check.js';
import { requireNetwork } from './check-network.js';
import { compileFor } from './choose-linear.js';
import { givenTimes } from './grid.js';
import { makePlan, type Plan, type PlannedEvent } from './plan.js';
import { drive, integrate } from './run.js';
import { resolveSettings, type Settings, solverOptionNames } from './settings.js';
import { Recorder } from './solution.js';
import { addStats, zeroStats } from './stats.js';
import type { Crossing, PhaseOptions, PhaseRun, Reactor, SolverOptions } from './types.js';
import { Vessel } from './vessel.js';

class NetworkReactor implements Reactor {
  readonly species: readonly string[];
  readonly stats = zeroStats();
  private readonly places: ReadonlyMap<string, number>;
  private vessel: Vessel | undefined;

  constructor(
    network: Network,
    private readonly settings: Settings,
    private readonly plan: Plan,
    vessel: Vessel,
  ) {
    this.species = vessel.speciesNames;
    this.places = speciesIndex(network);
    this.vessel = vessel;
  }

  get state(): Float64Array {
    return this.alive().state;
  }

  index(name: string): number {
    const place = this.places.get(name);
    if (place === undefined) throw new RangeError(`the network has no species ${JSON.stringify(name)}`);
    return place;
  }

  run(name: string, options: PhaseOptions = {}): PhaseRun {
    const vessel = this.alive();
    const p = this.plan.phases.findIndex((phase) => phase.name === name);
    if (p < 0) {
      const known = this.plan.phases.map((phase) => JSON.stringify(phase.name)).join(', ');
      throw new RangeError(`the network has no phase ${JSON.stringify(name)}; it has ${known}`);
    }
    const duration = checkPositive('duration', options.duration ?? this.plan.phases[p].duration);
    const saveAt =
      options.saveAt === undefined ? new Float64Array(0) : givenTimes(options.saveAt, 0, duration);
    const events = [...this.plan.events];
    if (options.until !== undefined) events.push(this.stopAt(options.until));
    const recorder = new Recorder(this.species.length, saveAt.length);
    const stats = zeroStats();
    let elapsed = 0;
    try {
      elapsed = drive(
        integrate(vessel, {
          phases: this.plan.phases,
          segments: [{ phase: p, from: 0, to: duration, begins: false }],
          to: duration,
          events,
          saveAt,
          sink: recorder.sink,
          settings: this.settings,
          stats,
        }),
      );
    } finally {
      addStats(this.stats, stats);
    }
    const rows = recorder.rows();
    return { elapsed, times: rows.times, rows: rows.values, stats };
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
  }

  private stopAt({ species, direction, level }: Crossing): PlannedEvent {
    return {
      species: this.index(species),
      direction: checkOneOf('until.direction', direction, ['rises', 'falls']),
      level: checkNumber('until.level', level),
      doses: [],
      after: 'stop',
    };
  }

  private alive(): Vessel {
    if (this.vessel === undefined) throw new Error('this reactor has been disposed of');
    return this.vessel;
  }
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
  const scheduled = makePlan(network, settings.parameters, undefined);
  // Which phase follows is the caller's business.
  const plan = { ...scheduled, phases: scheduled.phases.map(({ when: _, ...phase }) => phase) };
  const names = network.species.map(({ name }) => name);
  const problems = plan.phases.map(({ active }) => compileFor(network, active, settings));
  const initial = initialConcentrations(network, settings.parameters);
  const engine = await borrowEngine(settings.engine);
  const vessel = new Vessel(engine, names, problems, settings, (phase) =>
    compileProblem(network, plan.phases[phase].active),
  );
  vessel.state.set(initial);
  return new NetworkReactor(network, settings, plan, vessel);
}
