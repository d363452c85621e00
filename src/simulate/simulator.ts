import { borrowEngine, borrowEngineNow, returnEngine } from '../engine/pool.js';
import type { Engine } from '../engine/types.js';
import type { KernelUse } from '../kernels/generated.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import { generateAsked } from './generate.js';
import { Lanes } from './lanes.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { FiringProblems } from './phase-problems.js';
import { applyDoses, movesEdges, movingSegments, type Segment, segments } from './plan.js';
import { type Prepared, prepare, startState } from './prepare.js';
import { drive, goOn, integrate, type Run } from './run.js';
import { Recorder, type Rows, Solution } from './solution.js';
import { zeroStats } from './stats.js';
import type { RunStatus, SimulateOptions, Stats } from './types.js';
import { Vessel } from './vessel.js';

/** What a run may change of the options its simulator was made with; engine, kernels, linear solver and conservation stay. */
export type RunOverrides = Omit<
  SimulateOptions,
  'engine' | 'kernels' | 'linearSolver' | 'conservation' | 'schedule' | 'onProgress'
>;

const FIXED = ['engine', 'kernels', 'linearSolver', 'conservation', 'schedule', 'onProgress'];

/** A network compiled once and run many times, synchronously. */
export interface Simulator {
  /** Names in the network's order. */
  readonly species: readonly string[];
  /** What the last run ended with. */
  readonly kernels: KernelUse;
  /**
   * Runs to the end.
   * @throws SolveFailure when the end is not reached; RangeError or TypeError for bad overrides
   */
  run(overrides?: RunOverrides): Solution;
  /** Returns the memory to the pool. Any later call throws. */
  dispose(): void;
}

/** A run in a vessel, and what it comes to. */
interface OneRun {
  prepared: Prepared;
  steps: Run;
  ended(status: RunStatus, reached?: number): EndedRun;
}

/** What a run has come to, as plain data. */
export interface EndedRun {
  rows: Rows;
  /** Concentrations where it ended. */
  last: Float64Array;
  /** Time at which it ended. */
  reached: number;
  status: RunStatus;
  stats: Stats;
  /** The stretches of a schedule whose edges move. */
  history: Segment[];
}

/** The compiled network and its vessel: what `simulate` drives with pauses and a `Simulator` at once. */
export class NetworkSimulator implements Simulator {
  readonly species: readonly string[];
  private vessel: Vessel | undefined;

  private constructor(
    private readonly network: Network,
    private readonly options: SimulateOptions,
    private readonly base: Prepared,
    private readonly problems: FiringProblems,
    engine: Engine,
  ) {
    this.species = network.species.map(({ name }) => name);
    this.vessel = this.fill(engine, base);
  }

  static async create(network: Network, options: SimulateOptions): Promise<NetworkSimulator> {
    const prepared = prepare(network, options);
    const { settings } = prepared;
    const problems = new FiringProblems(network, settings);
    await generateAsked(settings, problems.of(prepared).problems);
    // Nothing may fail between borrowing the engine and handing it to its owner.
    const engine = await borrowEngine(settings.engine);
    return new NetworkSimulator(network, options, prepared, problems, engine);
  }

  get kernels(): KernelUse {
    return this.alive().kernels;
  }

  run(overrides?: RunOverrides): Solution {
    const vessel = this.alive();
    const run = this.begin(vessel, overrides);
    try {
      drive(vessel, run.steps);
    } catch (error) {
      this.keepPartial(error, run);
      throw error;
    }
    return this.solution(run.prepared, run.ended('done'));
  }

  /** As `run`, pausing between slices so that the host's events are heard. */
  async runPausing(onProgress: SimulateOptions['onProgress']): Promise<Solution> {
    const vessel = this.alive();
    const run = this.begin(vessel);
    const { from, to } = this.base;
    let paused = performance.now();
    try {
      while (!goOn(vessel, run.steps).done) {
        const now = performance.now();
        if (now - paused < PAUSE_MILLISECONDS) continue;
        const { time, steps } = vessel;
        onProgress?.({ time, fraction: (time - from) / (to - from), steps });
        await macrotask();
        paused = performance.now();
      }
    } catch (error) {
      this.keepPartial(error, run);
      throw error;
    }
    const solution = this.solution(run.prepared, run.ended('done'));
    onProgress?.({ time: to, fraction: 1, steps: solution.stats.steps });
    return solution;
  }

  /**
   * Runs with every set of overrides, as `run` does one by one. To be drained; it tells now and then how many have
   * ended.
   * @param take gets each run when it has ended
   * @param fail is told which run failed, with what there is of it; what it is told last comes first in the list
   */
  runMany(
    runs: readonly RunOverrides[],
    take: (k: number, run: EndedRun, prepared: Prepared) => void,
    fail: (k: number, partial: EndedRun | undefined) => void = () => {},
  ): Generator<number, void> {
    const vessel = this.alive();
    const { plan } = this.base;
    const another = () => this.fill(vessel.engine, this.base);
    const begun = new Map<number, OneRun>();
    return new Lanes(vessel, another).run({
      count: runs.length,
      phases: plan.phases.length,
      begin: (k, own) => {
        const run = this.begin(own, runs[k]);
        begun.set(k, run);
        return run.steps;
      },
      end: (k) => {
        const { ended, prepared } = begun.get(k) as OneRun;
        begun.delete(k);
        take(k, ended('done'), prepared);
      },
      fail: (k, _, error) => {
        const run = begun.get(k);
        fail(k, run && this.keepPartial(error, run));
        return error;
      },
    });
  }

  /** The solution of a run that has ended, perhaps in another thread. */
  solution(prepared: Prepared, run: EndedRun): Solution {
    const { from, initial } = prepared;
    const { rows, history } = run;
    return new Solution({
      species: this.species,
      rows,
      last: run.last,
      span: { from, to: run.reached },
      status: run.status,
      stats: run.stats,
      between: (row, time) => {
        if (row < 0) return this.resume(prepared, { state: initial, from, dosed: false }, time, history);
        const at = row * this.species.length;
        const state = rows.values.subarray(at, at + this.species.length);
        return this.resume(prepared, { state, from: rows.times[row], dosed: true }, time, history);
      },
    });
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
  }

  private alive(): Vessel {
    if (this.vessel === undefined) throw new Error('this simulator has been disposed of');
    return this.vessel;
  }

  /** Gives a failure what there is of its run. */
  private keepPartial(error: unknown, { prepared, ended }: OneRun): EndedRun | undefined {
    if (!(error instanceof SolveFailure)) return undefined;
    const partial = ended(error.code, error.time);
    error.partial = this.solution(prepared, partial);
    return partial;
  }

  private begin(vessel: Vessel, overrides?: RunOverrides): OneRun {
    const prepared = this.prepared(overrides);
    const { settings, plan, from, to, saveAt, initial } = prepared;
    const stats = zeroStats();
    const recorder = new Recorder(this.species.length, saveAt);
    vessel.configure(settings, this.problems.of(prepared));
    vessel.state.set(initial);
    const history: Segment[] = [];
    const steps = integrate(vessel, {
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
    const ended = (status: RunStatus, reached = to): EndedRun => {
      const rows = recorder.rows();
      // A row at the end of a run that reaches it shows what the run ends with.
      const atEnd = status === 'done' && rows.times.length > 0 && rows.times[rows.times.length - 1] === to;
      const last = atEnd ? rows.values.subarray(-this.species.length) : vessel.state.slice();
      return { rows, last, reached, status, stats, history };
    };
    return { prepared, steps, ended };
  }

  /** The simulator's options with those of a run. @throws RangeError or TypeError for bad overrides */
  prepared(overrides: RunOverrides | undefined): Prepared {
    if (overrides === undefined) return this.base;
    const keys = Object.keys(overrides);
    // Runs of an ensemble mostly differ in their starts alone.
    if (keys.length === 1 && keys[0] === 'initial') {
      return { ...this.base, initial: startState(this.base, overrides.initial) };
    }
    const fixed = keys.find((key) => FIXED.includes(key));
    if (fixed !== undefined) {
      throw new TypeError(`${fixed} is fixed when a simulator is made; run() cannot change it`);
    }
    const merged: SimulateOptions = { ...this.options, ...overrides };
    // A grid in the overrides replaces one of the other kind in the base.
    if (overrides.save !== undefined && overrides.saveAt === undefined) delete merged.saveAt;
    return prepare(this.network, merged, 'parameters' in overrides ? undefined : this.base);
  }

  private fill(engine: Engine, prepared: Prepared): Vessel {
    return new Vessel(engine, this.species, this.problems.of(prepared), prepared.settings);
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
      const vessel = this.fill(engine, prepared);
      vessel.state.set(start.state);
      const stretches = [...between(start.from, to)];
      if (start.dosed) stretches[0].begins = false;
      drive(
        vessel,
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
