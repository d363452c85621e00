import type { EngineKind } from '../engine/types.js';
import type { KernelChoice, KernelUse } from '../kernels/generated.js';
import type { SaveGrid } from '../network/model.js';

export type { EngineKind, KernelChoice, KernelUse };

/**
 * Integration methods by name. `'auto'` is a Rosenbrock method, `rodas5p` or from `rtol` 1e-3 on `rodas4`. Where an
 * explicit step is much cheaper it changes between that and `tsit5` as the run goes; where the fill of one long phase
 * explodes it is `bdf` with GMRES.
 */
export type MethodName = 'auto' | 'rodas5p' | 'rodas4' | 'tsit5' | 'bdf';

/**
 * Linear systems of `'bdf'`: `'lu'` factors them with all their fill; `'gmres'` iterates with the analytic Jacobian and
 * ILU(0), and goes over to LU where that does not converge; `'auto'` takes GMRES where the fill explodes.
 */
export type LinearSolver = 'auto' | 'lu' | 'gmres';

/**
 * What is done about conserved sums: `'restore'` integrates all species and after each step gives what rounding
 * moved to the heaviest member of each sum; `'eliminate'` computes one member from the others and does not
 * integrate it.
 */
export type Conservation = 'restore' | 'eliminate';

/** How a run ended. Only `'done'` reached its end. */
export type RunStatus = 'done' | 'stepLimit' | 'timeLimit' | 'cancelled' | 'blowUp' | 'negative' | 'singular';

/** Work done, never times. `steps` are accepted steps; each rejection is counted by its cause. */
export interface Stats {
  steps: number;
  rejected: { error: number; negative: number; nonFinite: number; newton: number };
  derivatives: number;
  jacobians: number;
  factorisations: number;
  solves: number;
  /** Products with the Jacobian in GMRES. */
  linearIterations: number;
  /** Times that a run went over from GMRES to LU. */
  fallbacks: number;
  /** Crossings of levels that were located, each with a restart. */
  events: number;
  /** Changes between an explicit method and a Rosenbrock method; only `'auto'` makes any. */
  switches: number;
  /** Of runs with a finite number of molecules, which make no steps: reactions that have happened, and leaps. */
  stochastic?: { events: number; leaps: number; rejectedLeaps: number };
}

/** Numerical settings shared by `simulate`, `createSimulator` and `createReactor`. */
export interface SolverOptions {
  /** Relative tolerance, > 0. Default 1e-6. */
  rtol?: number;
  /**
   * Absolute tolerance in concentration units, > 0. Default 1e-9. A number for all species, one number per species
   * in the network's order, or `{ name: number }` for some (the others keep the network's own or the default).
   */
  atol?: number | ArrayLike<number> | Record<string, number>;
  /** Default `'auto'`. */
  method?: MethodName;
  /** Highest order that `'bdf'` may take, 1 to 5. Default 5; 2 is stable for every decaying oscillation. */
  maxOrder?: number;
  /** For `'bdf'` only. Default `'auto'`. */
  linearSolver?: LinearSolver;
  /** Default `'wasm'`. Never falls back by itself. */
  engine?: EngineKind;
  /**
   * Default `'auto'`: interpreted kernels first, WebAssembly generated for the network once enough work has been done.
   * `'generated'` makes it before the first run, and needs the engine `'wasm'`. All give the same bits.
   */
  kernels?: KernelChoice;
  /**
   * Default `'restore'`. `'eliminate'` saves an unknown for each sum, but what is eliminated is as exact as the rounding
   * of the largest of its sum and has no error control of its own. It runs by interpreted kernels, a run at a time, and
   * GMRES goes without it.
   */
  conservation?: Conservation;
  /**
   * Reactors only. Whether large blocks of reactions whose effect follows from integrals leave the equations of runs of which
   * only the end is seen (`docs/architecture.md`, Folding): the same solution by far fewer unknowns. Of a pair of rails of
   * which all the rest knows the difference only, such a run leaves the difference in one rail and 0 in the other.
   * Default true.
   */
  fold?: boolean;
  /** Values for named parameters, in place of the network's. */
  parameters?: Record<string, number>;
  /** Accepted and rejected steps allowed in one run. Default 1 000 000. */
  maxSteps?: number;
  /** Wall-clock seconds allowed in one run. Default: no limit. */
  maxSeconds?: number;
  /** Size of the first attempted step. Default: chosen from the derivative. */
  firstStep?: number;
  /** Take steps of exactly this size without error control (for convergence studies). */
  fixedStep?: number;
}

/** One phase of a schedule given by hand instead of by the network's own `phase` lines. */
export interface SchedulePhase {
  name: string;
  /** Time units of the rate constants; > 0. */
  duration: number;
  /** Labels of the reactions that run (`name[*]` for a family), or `'*'`. Unlabelled reactions always run. */
  active: '*' | string[];
  /** Applied at the start of the phase, in order: concentration added, or set when `mode` is `'set'`. */
  doses?: { species: string; amount: number; mode?: 'add' | 'set' }[];
  /** Starts the phase at this crossing, when it comes before the phase before is over. */
  when?: Crossing;
}

export interface SimulateOptions extends SolverOptions {
  /** End time. Default: the network's `simulate to`, else the schedule's length; else an error. */
  to?: number;
  /** Start time. Default 0. */
  from?: number;
  /** Times to report, strictly increasing, inside [from, to]. Overrides `save`. */
  saveAt?: ArrayLike<number>;
  /** A grid of times to report: a number of equal intervals, or a `SaveGrid`. Default 200 intervals. */
  save?: number | SaveGrid;
  /** Starting concentrations, in place of the network's. */
  initial?: Record<string, number>;
  /** In place of the network's own phases. Phases repeat in order until `to`. */
  schedule?: SchedulePhase[];
  /** Cancels the run: it rejects with a `SolveFailure` of code `'cancelled'`. */
  signal?: AbortSignal;
  /** Called between slices of work with the time reached. */
  onProgress?: (progress: { time: number; fraction: number; steps: number }) => void;
}

/** A species rising or falling through a level. */
export interface Crossing {
  species: string;
  direction: 'rises' | 'falls';
  /** Concentration. */
  level: number;
}

export interface PhaseOptions {
  /** Time units; default the phase's own. */
  duration?: number;
  /** Times since the phase began to report, strictly increasing, inside [0, duration]. */
  saveAt?: ArrayLike<number>;
  /** Ends the run at this crossing, located on the dense output, when it comes before `duration` is over. */
  until?: Crossing;
}

/** What one phase of a reactor did. */
export interface PhaseRun {
  /** How long it ran: the duration, or less when `until` ended it. */
  elapsed: number;
  /** Times since the phase began. Empty unless `saveAt` was given. */
  times: Float64Array;
  /** Concentrations at `times`, row by row, all species in the network's order. */
  rows: Float64Array;
  stats: Stats;
}

/** Many starts of the same phases: what {@link Reactor.runMany} takes. */
export interface ManyStarts {
  count: number;
  /** Run in a row from each start, each for its own or another duration. */
  phases: readonly { name: string; duration?: number }[];
  /** Fills the state that start `k` begins with; all of it, since it may hold anything. */
  fill(k: number, state: Float64Array): void;
  /** Called after every phase, in which it may change the state; `p` is its place in `phases`. */
  after(k: number, p: number, state: Float64Array): void;
  /** What to throw for an error of start `k`. Default: the error. */
  fail?(k: number, error: unknown): unknown;
}

/**
 * One pot whose concentrations live on between phases: what the learner doses, runs and reads. Synchronous once
 * made. Every phase is compiled for its own set of active reactions on the one state vector.
 */
export interface Reactor {
  readonly species: readonly string[];
  /** A species' place in `state`; a `RangeError` naming it when it does not exist. */
  index(name: string): number;
  /** Concentrations in `species` order: read and write between runs. Not to be kept across `dispose`. */
  readonly state: Float64Array;
  /**
   * Runs one phase to its end. The clock of each run starts at 0.
   * @throws SolveFailure when the end is not reached; the state then holds the last accepted step.
   */
  run(phase: string, options?: PhaseOptions): PhaseRun;
  /** What the last run ended with. */
  readonly kernels: KernelUse;
  /**
   * Runs the same phases from many starts, two at a time where the engine can: to the bits of one after the other. Its
   * own state is left as it is. To be drained, at once or with pauses; it tells now and then how many starts have ended.
   * @throws what the first of the starts that fail has failed with; `stats` then count no later one
   */
  runMany(starts: ManyStarts): Generator<number, void>;
  /** Work of all runs together. */
  readonly stats: Stats;
  /** Returns the memory to the pool. Any later call throws. */
  dispose(): void;
}
