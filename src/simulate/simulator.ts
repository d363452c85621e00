import { loadEngine } from '../engine/engine.js';
import { borrowEngine, returnEngine } from '../engine/pool.js';
import type { Engine } from '../engine/types.js';
import type { KernelUse } from '../kernels/generated.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from './failure.js';
import { expectManyRuns, generateAsked } from './generate.js';
import { type EndedRun, NetworkRuns, type RunOverrides } from './network-runs.js';
import { macrotask, PAUSE_MILLISECONDS } from './pause.js';
import { movesEdges, movingSegments, type Segment, segments } from './plan.js';
import type { Prepared } from './prepare.js';
import { drive, goOn, integrate, type Run } from './run.js';
import { Recorder, type Solution } from './solution.js';
import { zeroStats } from './stats.js';
import type { RunStatus, SimulateOptions } from './types.js';
import type { Vessel } from './vessel.js';

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
export interface OneRun {
  prepared: Prepared;
  steps: Run;
  ended(status: RunStatus, reached?: number): EndedRun;
}

/** The compiled network and its vessel: what `simulate` drives with pauses and a `Simulator` at once. */
export class NetworkSimulator implements Simulator {
  readonly species: readonly string[];
  private vessel: Vessel | undefined;

  constructor(
    readonly runs: NetworkRuns,
    engine: Engine,
  ) {
    this.species = runs.species;
    this.vessel = runs.fill(engine, runs.base);
  }

  /** @param meant one run, with pauses, or many */
  static async create(
    network: Network,
    options: SimulateOptions,
    meant: 'one' | 'many' = 'many',
  ): Promise<NetworkSimulator> {
    const runs = new NetworkRuns(network, options);
    const { settings } = runs.base;
    // The host compiles the kernel beside this thread, which compiles the network meanwhile.
    const loading = loadEngine(settings.engine);
    // If the network fails first, nobody waits for the kernel any more.
    loading.catch(() => {});
    await generateAsked(settings, runs.problemsOf(runs.base).problems);
    if (meant === 'many') await expectManyRuns(settings);
    await loading;
    // Nothing may fail between borrowing the engine and handing it to its owner.
    return new NetworkSimulator(runs, await borrowEngine(settings.engine));
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
    return this.runs.solution(run.prepared, run.ended('done'));
  }

  /**
   * As `run`, pausing between slices so that the host's events are heard.
   * @param take gets what the run has come to, also when it fails
   */
  async runPausing(
    onProgress: SimulateOptions['onProgress'],
    overrides?: RunOverrides,
    take: (run: EndedRun) => void = () => {},
  ): Promise<Solution> {
    const vessel = this.alive();
    const run = this.begin(vessel, overrides);
    const { from, to } = run.prepared;
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
      const partial = this.keepPartial(error, run);
      if (partial !== undefined) take(partial);
      throw error;
    }
    const ended = run.ended('done');
    take(ended);
    onProgress?.({ time: to, fraction: 1, steps: ended.stats.steps });
    return this.runs.solution(run.prepared, ended);
  }

  dispose(): void {
    if (this.vessel === undefined) return;
    returnEngine(this.vessel.engine);
    this.vessel = undefined;
  }

  /** The vessel. @throws Error when disposed of */
  alive(): Vessel {
    if (this.vessel === undefined) throw new Error('this simulator has been disposed of');
    return this.vessel;
  }

  /** Gives a failure what there is of its run. */
  keepPartial(error: unknown, { prepared, ended }: OneRun): EndedRun | undefined {
    if (!(error instanceof SolveFailure)) return undefined;
    const partial = ended(error.code, error.time);
    error.partial = this.runs.solution(prepared, partial);
    return partial;
  }

  /** Makes a run ready in a vessel. @throws RangeError or TypeError for bad overrides */
  begin(vessel: Vessel, overrides?: RunOverrides): OneRun {
    const prepared = this.runs.prepared(overrides);
    const { settings, plan, from, to, saveAt, initial } = prepared;
    const stats = zeroStats();
    const recorder = new Recorder(this.species.length, saveAt);
    vessel.configure(settings, this.runs.problemsOf(prepared));
    vessel.follower?.start(prepared);
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
      signal: overrides?.signal ?? this.runs.options.signal,
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
