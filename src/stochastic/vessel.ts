import { DONE, EVENT, ROWS_FULL, RUNNING } from '../../assembly/layout';
import * as Q from '../../assembly/stochastic/layout';
import type { FullEngine } from '../engine/types.js';
import { showReaction } from '../network/validate-reactions.js';
import type { PlannedEvent } from '../simulate/plan.js';
import { Room, Scratch } from '../simulate/scratch.js';
import { type Areas, makeAreas, seedStreams } from './areas.js';
import { compileStochastic, type StochasticProblem } from './compile.js';
import { StochasticFailure } from './failure.js';
import { selectionFor } from './method-choice.js';
import { moleculesOf, type PreparedStochastic } from './prepare.js';
import type { StochasticFailureCode } from './types.js';
import { zigguratTables } from './ziggurat.js';

/**
 * Gets every saved row, by its place in the grid: numbers of molecules, and concentrations of held species, in
 * the network's order, from place `at` of `values`. They are there for the time of the call alone.
 */
export type RowSink = (row: number, values: Float64Array, at: number) => void;

/** A stretch of time to simulate in one phase. */
export interface StochasticStretch {
  phase: number;
  from: number;
  to: number;
  /** Rows `first` to `end` of these times, ascending, inside [from, to], are to be saved. */
  saveAt: Float64Array;
  first: number;
  end: number;
  sink: RowSink;
  /** Levels in concentrations. */
  crossings: readonly PlannedEvent[];
}

/** What a slice of work came to: one jump may cross several levels; a failure is for the run to throw. */
export type StochasticOutcome = 'running' | 'done' | { crossed: PlannedEvent[] } | StochasticFailure;

/** A phase's channels in the engine's memory. */
interface Placed {
  problem: StochasticProblem;
  address: number;
}

/** Doubles that one batch of saved rows may take in kernel memory. */
const ROW_BUFFER = 1 << 16;

/**
 * An engine's memory filled for the stochastic runs of one network: a state of molecules, every phase's channels, the
 * streams of random numbers. Simulates one stretch at a time, in slices.
 */
export class StochasticVessel {
  private readonly areas: Areas;
  private readonly scratch: Scratch;
  private readonly room: Room;
  private readonly placed: Placed[];
  /** Species that are held, and the concentrations with which the channels were made. */
  private readonly held: number[];
  private heldAt: number[];
  private readonly width: number;
  /** Events of a slice that is neither too short nor too long, as far as the last run has found out. */
  slice: number | undefined;
  private viewed:
    | { buffer: ArrayBuffer; words: Int32Array; slots: Float64Array; state: Float64Array }
    | undefined;
  private stretch: StochasticStretch | undefined;
  private saved = 0;
  /** Events and leaps of the stretches before the present one, and reactions that have happened in them. */
  private before = { work: 0, firings: 0 };
  private leaps = 0;
  private rejected = 0;

  constructor(
    readonly engine: FullEngine,
    private readonly prepared: PreparedStochastic,
  ) {
    const { phases, initial, held } = prepared;
    this.width = initial.length;
    this.held = Array.from(held.keys()).filter((s) => held[s] === 1);
    this.heldAt = this.held.map((s) => initial[s]);
    const most = phases.reduce((largest, { length }) => Math.max(largest, length), 0);
    this.areas = makeAreas(engine, this.width, most, zigguratTables());
    this.scratch = new Scratch(engine);
    this.room = new Room(engine);
    this.placed = phases.map((_, p) => this.place(p, initial));
  }

  /** Compiles a phase for the concentrations of held species in `state` and puts it into memory. */
  private place(phase: number, state: ArrayLike<number>): Placed {
    const { network, phases, given } = this.prepared;
    const problem = compileStochastic(network, phases[phase], { ...given, state });
    const { byteLength } = problem.record;
    const address = this.room.take(byteLength);
    this.engine.bytes(address, byteLength).set(new Uint8Array(problem.record));
    return { problem, address };
  }

  /** Makes the channels anew where held species have got other concentrations than these were made with. */
  private hold(): void {
    const { state } = this;
    if (this.held.every((s, i) => state[s] === this.heldAt[i])) return;
    this.heldAt = this.held.map((s) => state[s]);
    const now = state.slice();
    this.placed.forEach(({ address }, p) => {
      this.room.free(address);
      this.placed[p] = this.place(p, now);
    });
  }

  /** Molecules in the network's order; of held species the concentration. */
  get state(): Float64Array {
    return this.views().state;
  }

  /** Begins a run's random numbers and its counters. */
  seed(seed: number, run: number): void {
    seedStreams(this.engine, this.areas, seed, run);
    this.before = { work: 0, firings: 0 };
    this.leaps = 0;
    this.rejected = 0;
    this.stretch = undefined;
  }

  /** Uniform in [0, 1), of the stream that is for roundings alone. */
  readonly draw = (): number => this.engine.kernel.uniform(this.areas.roundings);

  /** Begins a stretch from the present state. @returns what is wrong with it, if anything */
  begin(stretch: StochasticStretch): StochasticFailure | undefined {
    const { engine, scratch, prepared, width } = this;
    if (this.stretch !== undefined) this.keepCounters();
    this.stretch = stretch;
    this.hold();
    const { crossings, first, end } = stretch;
    const times = end - first;
    const capacity = Math.max(1, Math.min(times, Math.floor(ROW_BUFFER / Math.max(1, width))));
    scratch.reserve(times * 8, capacity * width * 8, crossings.length * Q.X_BYTES);
    const timesAt = scratch.take(times * 8);
    const rowsAt = scratch.take(capacity * width * 8);
    const crossingsAt = scratch.take(crossings.length * Q.X_BYTES);
    // The kernel counts from the start of the stretch: a short wait late in a long schedule keeps its digits.
    const { doubles } = engine.all;
    for (let i = 0; i < times; i++) doubles[(timesAt >> 3) + i] = stretch.saveAt[first + i] - stretch.from;
    crossings.forEach(({ species, direction, level }, i) => {
      const at = crossingsAt + i * Q.X_BYTES;
      engine.doubles(at, 1)[Q.X_LEVEL] = moleculesOf(prepared, species, level);
      const words = engine.words(at, Q.X_BYTES / 4);
      words[Q.X_SPECIES] = species;
      words[Q.X_DIRECTION] = direction === 'rises' ? 1 : -1;
    });
    const { problem, address } = this.placed[stretch.phase];
    const { words, slots } = this.views();
    slots[Q.S_END] = stretch.to - stretch.from;
    slots[Q.S_EPSILON] = prepared.epsilon;
    slots[Q.S_FIRINGS] = 0;
    slots[Q.S_EVENTS] = 0;
    slots[Q.S_LEAPS] = 0;
    slots[Q.S_REJECTED] = 0;
    words[Q.S_PROBLEM] = address;
    words[Q.S_SELECTION] = selectionFor(prepared.method, problem);
    words[Q.S_EXACT] = prepared.method === 'tau' ? 0 : -1;
    words[Q.S_SAVE_TIMES] = timesAt;
    words[Q.S_SAVE_COUNT] = times;
    words[Q.S_SAVE_NEXT] = 0;
    words[Q.S_ROWS] = rowsAt;
    words[Q.S_ROWS_CAPACITY] = capacity;
    words[Q.S_ROWS_USED] = 0;
    words[Q.S_CROSSINGS] = crossingsAt;
    words[Q.S_CROSSING_COUNT] = crossings.length;
    this.saved = 0;
    const fault = engine.kernel.startEvents(this.areas.record);
    return fault === 0 ? undefined : this.failureOf(fault);
  }

  /** Goes on for about so many events. */
  advance(work: number): StochasticOutcome {
    const status = this.engine.kernel.advanceEvents(this.areas.record, work);
    this.takeRows();
    if (status === RUNNING || status === ROWS_FULL) return 'running';
    if (status === DONE) return 'done';
    if (status !== EVENT) return this.failureOf(status);
    const table = this.views().words[Q.S_CROSSINGS];
    const { crossings } = this.stretch as StochasticStretch;
    const isDue = (i: number) => this.engine.words(table + i * Q.X_BYTES, Q.X_BYTES / 4)[Q.X_DUE] === 1;
    return { crossed: crossings.filter((_, i) => isDue(i)) };
  }

  /** Ends the run where it is. */
  stop(code: StochasticFailureCode, blamed: { species?: string; reaction?: string } = {}): StochasticFailure {
    return new StochasticFailure(code, { time: this.time, events: this.events, ...blamed });
  }

  /** Rows of the present stretch that the sink has had. */
  get rowsSaved(): number {
    return this.saved;
  }

  /** Time reached by the present stretch. */
  get time(): number {
    return (this.stretch as StochasticStretch).from + this.views().slots[Q.S_TIME];
  }

  /** Reactions of the run so far. */
  get events(): number {
    return this.before.firings + this.views().slots[Q.S_FIRINGS];
  }

  /** Events and leaps of the run so far: what is limited. */
  get work(): number {
    const { slots } = this.views();
    return this.before.work + slots[Q.S_EVENTS] + slots[Q.S_LEAPS];
  }

  /** Leaps of the run so far, and those given up. */
  get leapsMade(): { leaps: number; rejectedLeaps: number } {
    const { slots } = this.views();
    return { leaps: this.leaps + slots[Q.S_LEAPS], rejectedLeaps: this.rejected + slots[Q.S_REJECTED] };
  }

  /** Since when nothing can happen in the present stretch; undefined when something can. */
  get extinctAt(): number | undefined {
    const since = this.views().slots[Q.S_EXTINCT];
    return since < 0 ? undefined : (this.stretch as StochasticStretch).from + since;
  }

  private keepCounters(): void {
    const { events, work } = this;
    const { leaps, rejectedLeaps } = this.leapsMade;
    this.before = { work, firings: events };
    this.leaps = leaps;
    this.rejected = rejectedLeaps;
  }

  private views(): { words: Int32Array; slots: Float64Array; state: Float64Array } {
    const { buffer } = this.engine;
    if (this.viewed?.buffer !== buffer) {
      const { record, state } = this.areas;
      this.viewed = {
        buffer,
        words: this.engine.words(record, Q.S_BYTES / 4),
        slots: this.engine.doubles(record, Q.S_BYTES / 8),
        state: this.engine.doubles(state, this.width),
      };
    }
    return this.viewed;
  }

  private takeRows(): void {
    const { words } = this.views();
    const used = words[Q.S_ROWS_USED];
    if (used === 0) return;
    const { sink, first } = this.stretch as StochasticStretch;
    const { doubles } = this.engine.all;
    const rows = words[Q.S_ROWS] >> 3;
    for (let r = 0; r < used; r++) sink(first + this.saved++, doubles, rows + r * this.width);
    words[Q.S_ROWS_USED] = 0;
  }

  private failureOf(status: number): StochasticFailure {
    const { network, species } = this.prepared;
    const { words } = this.views();
    if (status === Q.STALLED) return this.stop('blowUp');
    const blamed = words[Q.S_CHANNEL];
    const { channels } = this.placed[(this.stretch as StochasticStretch).phase].problem;
    const reaction = blamed < 0 ? undefined : showReaction(network, channels[blamed].reactions[0]);
    const named = { ...(reaction !== undefined && { reaction }) };
    if (status === Q.NO_PROPENSITY) return this.stop('propensity', named);
    const whom = { species: species[words[Q.S_SPECIES]], ...named };
    return this.stop(status === Q.NEGATIVE_NUMBER ? 'negative' : 'blowUp', whom);
  }
}
