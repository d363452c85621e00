import { loadEngine } from '../engine/engine.js';
import { borrowEngineNow, returnEngine } from '../engine/pool.js';
import type { Engine } from '../engine/types.js';
import type { Network } from '../network/model.js';
import { FiringProblems, type PhaseProblems } from './phase-problems.js';
import { applyDoses, movesEdges, type Segment, segments } from './plan.js';
import { type Prepared, prepare, startState } from './prepare.js';
import { drive, integrate } from './run.js';
import { type Rows, Solution, type SolutionParts } from './solution.js';
import { zeroStats } from './stats.js';
import type { RunStatus, SimulateOptions, Stats } from './types.js';
import { Vessel } from './vessel.js';

const FIXED = ['engine', 'kernels', 'linearSolver', 'conservation', 'schedule', 'onProgress'];

/** What a run may change of the options its simulator was made with; engine, kernels, linear solver and conservation stay. */
export type RunOverrides = Omit<
  SimulateOptions,
  'engine' | 'kernels' | 'linearSolver' | 'conservation' | 'schedule' | 'onProgress'
>;

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

/**
 * The runs of one network with one set of options: what each is to do, and what came of it as a solution, wherever it
 * ran. Compiles nothing before it is asked to.
 */
export class NetworkRuns {
  readonly species: readonly string[];
  /** What a run without overrides is to do. */
  readonly base: Prepared;
  private readonly problems: FiringProblems;

  /** @throws RangeError or TypeError for bad options */
  constructor(
    readonly network: Network,
    readonly options: SimulateOptions,
  ) {
    this.base = prepare(network, options);
    this.species = network.species.map(({ name }) => name);
    this.problems = new FiringProblems(network, this.base.settings);
  }

  /** Makes ready for solutions whose runs were elsewhere: they integrate on between their rows. */
  async ready(): Promise<void> {
    await loadEngine(this.base.settings.engine);
  }

  /** The problems of a run's phases, compiled. */
  problemsOf(prepared: Prepared): PhaseProblems {
    return this.problems.of(prepared);
  }

  /** A vessel for runs like this one. */
  fill(engine: Engine, prepared: Prepared): Vessel {
    return new Vessel(engine, this.species, this.problemsOf(prepared), prepared.settings);
  }

  /** The common options with those of a run. @throws RangeError or TypeError for bad overrides */
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

  /** The solution of a run that has ended, perhaps in another thread. */
  solution(prepared: Prepared, run: EndedRun): Solution {
    return new Solution(this.partsOf(prepared, run));
  }

  /** What the solution of a run that has ended is made of. */
  protected partsOf(prepared: Prepared, run: EndedRun): SolutionParts {
    const { from, initial } = prepared;
    const { rows, history } = run;
    return {
      species: this.species,
      observables: this.network.observables ?? [],
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
    };
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
