import { type CompiledProblem, compileProblem } from '../compile/compile.js';
import { borrowEngine, borrowEngineNow, returnEngine } from '../engine/pool.js';
import type { Engine } from '../engine/types.js';
import type { Network } from '../network/model.js';
import { compileFor } from './choose-linear.js';
import { SolveFailure } from './failure.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { applyDoses, movesEdges, movingSegments, type Segment, segments } from './plan.js';
import { type Prepared, prepare } from './prepare.js';
import { drive, integrate } from './run.js';
import type { Settings } from './settings.js';
import { Recorder, Solution } from './solution.js';
import { zeroStats } from './stats.js';
import type { RunStatus, SimulateOptions } from './types.js';
import { Vessel } from './vessel.js';

/** What a run may change of the options its simulator was made with; the engine and the linear solver stay. */
export type RunOverrides = Omit<SimulateOptions, 'engine' | 'linearSolver' | 'schedule' | 'onProgress'>;

/** A network compiled once and run many times, synchronously. */
export interface Simulator {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /**
   * Runs to the end.
   * @throws SolveFailure when the end is not reached; RangeError or TypeError for bad overrides
   */
  run(overrides?: RunOverrides): Solution;
  /** Returns the memory to the pool. Any later call throws. */
  dispose(): void;
}

/** The compiled network and its vessel: what `simulate` drives with pauses and a `Simulator` at once. */
export class NetworkSimulator implements Simulator {
  readonly species: readonly string[];
  private vessel: Vessel | undefined;

  private constructor(
    private readonly network: Network,
    private readonly options: SimulateOptions,
    private readonly base: Prepared,
    private readonly problems: CompiledProblem[],
    engine: Engine,
  ) {
    this.species = network.species.map(({ name }) => name);
    this.vessel = this.fill(engine, base.settings);
  }

  static async create(network: Network, options: SimulateOptions): Promise<NetworkSimulator> {
    const prepared = prepare(network, options);
    const { settings, plan } = prepared;
    const problems = plan.phases.map(({ active }) => compileFor(network, active, settings));
    // Nothing may fail between borrowing the engine and handing it to its owner.
    const engine = await borrowEngine(prepared.settings.engine);
    return new NetworkSimulator(network, options, prepared, problems, engine);
  }

  run(overrides?: RunOverrides): Solution {
    const run = this.begin(overrides);
    try {
      drive(run.slices);
    } catch (error) {
      throw this.withPartial(error, run.solution);
    }
    return run.solution('done');
  }

  /** As `run`, pausing between slices so that the host's events are heard. */
  async runPausing(onProgress: SimulateOptions['onProgress']): Promise<Solution> {
    const run = this.begin();
    const { from, to } = this.base;
    let paused = performance.now();
    try {
      for (let step = run.slices.next(); !step.done; step = run.slices.next()) {
        const now = performance.now();
        if (now - paused < PAUSE_MILLISECONDS) continue;
        const { time, steps } = step.value;
        onProgress?.({ time, fraction: (time - from) / (to - from), steps });
        await macrotask();
        paused = performance.now();
      }
    } catch (error) {
      throw this.withPartial(error, run.solution);
    }
    const solution = run.solution('done');
    onProgress?.({ time: to, fraction: 1, steps: solution.stats.steps });
    return solution;
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
  }

  private begin(overrides?: RunOverrides) {
    const { vessel } = this;
    if (vessel === undefined) throw new Error('this simulator has been disposed of');
    const prepared = overrides === undefined ? this.base : this.merge(overrides);
    const { settings, plan, from, to, saveAt, initial } = prepared;
    const stats = zeroStats();
    const recorder = new Recorder(this.species.length, saveAt.length);
    vessel.configure(settings);
    vessel.state.set(initial);
    const history: Segment[] = [];
    const slices = integrate(vessel, {
      phases: plan.phases,
      segments: movesEdges(plan)
        ? recorded(movingSegments(plan, from, to), history)
        : segments(plan, from, from, to),
      to,
      events: plan.events,
      saveAt,
      sink: recorder.sink,
      settings,
      stats,
      signal: overrides?.signal ?? this.options.signal,
    });
    const solution = (status: RunStatus, reached = to): Solution => {
      const rows = recorder.rows();
      return new Solution({
        species: this.species,
        rows,
        last: vessel.state.slice(),
        span: { from, to: reached },
        status,
        stats,
        between: (row, time) => {
          if (row < 0) return this.resume(prepared, { state: initial, from, dosed: false }, time, history);
          const at = row * this.species.length;
          const state = rows.values.subarray(at, at + this.species.length);
          return this.resume(prepared, { state, from: rows.times[row], dosed: true }, time, history);
        },
      });
    };
    return { slices, solution };
  }

  private fill(engine: Engine, settings: Settings): Vessel {
    return new Vessel(engine, this.species, this.problems, settings, (phase) =>
      compileProblem(this.network, this.base.plan.phases[phase].active),
    );
  }

  private merge(overrides: RunOverrides): Prepared {
    for (const fixed of ['engine', 'linearSolver', 'schedule', 'onProgress']) {
      if (fixed in overrides) {
        throw new TypeError(`${fixed} is fixed when a simulator is made; run() cannot change it`);
      }
    }
    const merged: SimulateOptions = { ...this.options, ...overrides };
    // A grid in the overrides replaces one of the other kind in the base.
    if (overrides.save !== undefined && overrides.saveAt === undefined) delete merged.saveAt;
    return prepare(this.network, merged);
  }

  private withPartial(error: unknown, solution: (status: RunStatus, reached?: number) => Solution): unknown {
    if (error instanceof SolveFailure) error.partial = solution(error.code, error.time);
    return error;
  }

  /** Integrates on from a known state, in a vessel of its own, to a time that was not saved. */
  private resume(
    prepared: Prepared,
    start: { state: Float64Array; from: number; dosed: boolean },
    to: number,
    history: readonly Segment[],
  ): Float64Array {
    const { settings, plan } = prepared;
    const between = (from: number, end: number) =>
      movesEdges(plan) ? clipped(history, from, end) : segments(plan, prepared.from, from, end);
    const engine = borrowEngineNow(settings.engine);
    try {
      const vessel = this.fill(engine, settings);
      vessel.state.set(start.state);
      const stretches = [...between(start.from, to)];
      if (start.dosed) stretches[0].begins = false;
      drive(
        integrate(vessel, {
          phases: plan.phases,
          segments: stretches,
          to,
          events: plan.events,
          saveAt: new Float64Array(0),
          sink: () => {},
          settings,
          stats: zeroStats(),
        }),
      );
      const [after] = between(to, prepared.to);
      if (after?.begins) {
        const { name, doses } = plan.phases[after.phase];
        applyDoses(vessel.state, doses, this.species, `phase ${name}`);
      }
      return vessel.state.slice();
    } finally {
      returnEngine(engine);
    }
  }
}

/** Stretches as they come, kept with the ends that they turn out to have. */
function* recorded(
  stretches: Generator<Segment, void, number | undefined>,
  history: Segment[],
): Generator<Segment, void, number | undefined> {
  for (let next = stretches.next(); !next.done; ) {
    const segment = { ...next.value };
    history.push(segment);
    const cut = yield next.value;
    if (cut !== undefined) segment.to = cut;
    next = stretches.next(cut);
  }
}

/** The part between `from` and `to` of stretches that have been run. */
function clipped(history: readonly Segment[], from: number, to: number): Segment[] {
  return history
    .filter((segment) => segment.to > from && segment.from < to)
    .map((segment) => ({
      phase: segment.phase,
      from: Math.max(segment.from, from),
      to: Math.min(segment.to, to),
      begins: segment.from >= from,
    }));
}
