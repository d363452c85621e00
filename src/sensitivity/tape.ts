import * as L from '../../assembly/layout';
import * as S from '../../assembly/sensitivity/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import type { Follower } from '../simulate/follower.js';
import { type Placed, refreshViews } from '../simulate/placed.js';
import type { PlannedDose, PlannedEvent } from '../simulate/plan.js';
import type { Prepared } from '../simulate/prepare.js';
import { Scratch } from '../simulate/scratch.js';
import type { Stretch } from '../simulate/stretch.js';
import type { Vessel } from '../simulate/vessel.js';
import { slopeIn } from './crossing.js';
import { Steps } from './steps.js';

/** Doubles that one batch of steps may take in kernel memory. */
const BATCH = 1 << 15;

/** A stretch that was integrated, and what is to be known of it to go back over it. */
export interface TapedStretch {
  problem: CompiledProblem;
  phase: number;
  from: number;
  /** Of all species, after the doses that it began with. */
  start: Float64Array;
  /** Rates of change of the problem's unknowns there. */
  slope: Float64Array;
  steps: Steps;
  /** Times to save, of which the last may have fallen to the next stretch; and how many rows there were. */
  saveAt: Float64Array;
  rows: number;
  /** How it ended, unless that is where the run ended. */
  end?: TapedEnd;
}

/** An edge of the schedule, or a crossing. */
export interface TapedEnd {
  crossed: PlannedEvent | undefined;
  /** Where in the last step a crossing lies. */
  theta: number;
  /** Rates of change of the unknowns before the doses. */
  slope: Float64Array;
  /** Those of the crossing, then those of the phase that begins. */
  doses: PlannedDose[];
}

/** The tape of a run: all that was done to its state, in order. */
export class Tape implements Follower {
  readonly width = 0;
  readonly stretches: TapedStretch[] = [];
  /** Doses before the first stretch. */
  readonly first: PlannedDose[] = [];
  private readonly scratch: Scratch;
  private present: { placed: Placed; taped: TapedStretch } | undefined;
  /** Only every so many states are kept. */
  private stride = 1;
  private kept = 0;
  private made: Prepared | undefined;

  /** @param mostBytes of states that may be kept; those between them are then integrated again */
  constructor(
    private readonly vessel: Vessel,
    private readonly mostBytes: number,
  ) {
    this.scratch = new Scratch(vessel.engine);
  }

  /** The run that it is of. */
  get prepared(): Prepared {
    return this.made as Prepared;
  }

  private get engine(): Engine {
    return this.vessel.engine;
  }

  start(prepared: Prepared): void {
    this.made = prepared;
    this.stretches.length = 0;
    this.first.length = 0;
    this.present = undefined;
    this.stride = 1;
    this.kept = 0;
  }

  begin(given: Placed, { phase, from, saveAt }: Stretch): void {
    const { engine } = this;
    const { problem } = given;
    const count = problem.dynamic.length;
    const size = S.TAPE_SLOTS + count;
    const capacity = Math.max(16, Math.floor(BATCH / size));
    this.scratch.reserve(capacity * size * 8, 0, 0);
    const at = this.scratch.take(capacity * size * 8);
    const placed = refreshViews(engine, given);
    placed.words[L.R_TAPE] = at;
    placed.words[L.R_TAPE_CAPACITY] = capacity;
    placed.words[L.R_TAPE_USED] = 0;
    const { [L.P_W_DERIVATIVE]: offset } = engine.words(placed.record, L.P_HEADER_WORDS);
    const taped: TapedStretch = {
      problem,
      phase,
      from,
      start: this.vessel.state.slice(),
      slope: engine.doubles(placed.work + offset, count).slice(),
      steps: new Steps(count),
      saveAt,
      rows: 0,
    };
    this.stretches.push(taped);
    this.present = { placed, taped };
  }

  take(placed: Placed): void {
    if (this.present === undefined) return;
    const { taped } = this.present;
    const { words } = placed;
    taped.rows += words[L.R_ROWS_USED];
    const used = words[L.R_TAPE_USED];
    if (used === 0) return;
    const { steps } = taped;
    const size = S.TAPE_SLOTS + steps.count;
    const entries = this.engine.doubles(words[L.R_TAPE], used * size);
    for (let e = 0; e < used; e++) {
      if (steps.add(entries, e * size, this.stride)) this.kept += steps.count * 8;
    }
    words[L.R_TAPE_USED] = 0;
    if (this.kept > this.mostBytes) this.thin();
  }

  turn(doses: readonly PlannedDose[], crossed: PlannedEvent | undefined): void {
    if (this.present !== undefined) {
      const { placed, taped } = this.present;
      const { slots } = refreshViews(this.engine, placed);
      const slope = slopeIn(this.engine, placed).slice();
      taped.end = { crossed, theta: slots[L.R_EVENT_THETA], slope, doses: [] };
      this.present = undefined;
    }
    (this.stretches.at(-1)?.end?.doses ?? this.first).push(...doses);
  }

  /** Keeps half of the states. */
  private thin(): void {
    this.stride *= 2;
    this.kept = 0;
    for (const { steps } of this.stretches) this.kept += steps.thin(this.stride) * steps.count * 8;
  }
}
