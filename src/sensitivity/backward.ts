import * as L from '../../assembly/layout';
import * as S from '../../assembly/sensitivity/layout';
import type { CompiledProblem } from '../compile/compile.js';
import { asFull } from '../engine/engine.js';
import type { FullEngine } from '../engine/types.js';
import type { Follower } from '../simulate/follower.js';
import { type Placed, refreshViews } from '../simulate/placed.js';
import type { PlannedDose } from '../simulate/plan.js';
import { Scratch } from '../simulate/scratch.js';
import type { Vessel } from '../simulate/vessel.js';
import type { Derivatives, Dots } from './derivatives.js';
import { type PlacedRecord, placeRecord } from './record.js';
import type { Tape, TapedEnd, TapedStretch } from './tape.js';

/** What a loss says of the numbers that a run was made of. */
export interface Cotangents {
  /** By reaction: of the rate constants. */
  constants: Float64Array;
  /** By species: of the starting concentrations. */
  initial: Float64Array;
  /** By dose of the network: of the amounts. */
  doses: Float64Array;
  /** By quantity of the derivatives: of what durations and levels do. */
  times: Float64Array;
}

const NOTHING: Follower['turn'] = () => {};
/** Steps between two words to whoever drains it. */
const STEPS_A_WORD = 64;

/** Goes back over the tape of a run in the vessel that made it. */
export class Backward implements Follower {
  readonly width = 0;
  readonly turn = NOTHING;
  private readonly records = new Map<CompiledProblem, PlacedRecord>();
  private readonly scratch: Scratch;
  private placed: Placed | undefined;

  constructor(
    private readonly vessel: Vessel,
    private readonly species: number,
    private readonly shape: { reactions: number; doses: number },
  ) {
    this.scratch = new Scratch(vessel.engine);
  }

  start(): void {}

  take(): void {}

  begin(placed: Placed): void {
    this.placed = placed;
  }

  private get engine(): FullEngine {
    return asFull(this.vessel.engine);
  }

  /**
   * Pulls a loss back to what the run was made of. To be drained; it tells now and then how many steps are left.
   * @param rows the loss's derivatives by all species at each saved time, row by row
   */
  *pull(tape: Tape, rows: Float64Array, derivatives: Derivatives): Generator<number, Cotangents> {
    const { vessel, species } = this;
    const found: Cotangents = {
      constants: new Float64Array(this.shape.reactions),
      initial: new Float64Array(species),
      doses: new Float64Array(this.shape.doses),
      times: new Float64Array(derivatives.scales.length),
    };
    const state = found.initial;
    const follower = vessel.follower;
    vessel.follower = this;
    let left = tape.stretches.reduce((sum, { steps }) => sum + steps.length, 0);
    let row = rows.length / species;
    // Of the time of the edge last come by, through all that moves with it.
    let edge = 0;
    try {
      for (let k = tape.stretches.length - 1; k >= 0; k--) {
        const stretch = tape.stretches[k];
        const { end } = stretch;
        if (end !== undefined)
          edge = this.passEnd(stretch, end, tape.stretches[k + 1], state, edge, found, derivatives);
        row -= stretch.rows;
        const own = rows.subarray(row * species, (row + stretch.rows) * species);
        for (const done of this.passSteps(stretch, own, state, found)) {
          left -= done;
          yield left;
        }
      }
    } finally {
      vessel.follower = follower;
    }
    this.passDoses(tape.first, state, found);
    return found;
  }

  /**
   * From behind the end of a stretch to before it: x₊ = D(x₋ + f₋ σ) + amounts − f₊ σ, where σ is how the end's time moves.
   * @returns the cotangent of the edge's time, for the edges before it
   */
  private passEnd(
    { problem, phase }: TapedStretch,
    { crossed, slope, doses }: TapedEnd,
    next: TapedStretch,
    state: Float64Array,
    edge: number,
    found: Cotangents,
    derivatives: Derivatives,
  ): number {
    let shift = -along(next.problem, next.slope, state);
    this.passDoses(doses, state, found);
    shift += along(problem, slope, state);
    if (crossed === undefined) {
      const whole = edge + shift;
      addDots(found.times, derivatives.durationOf(phase), whole);
      return whole;
    }
    const isEdge = crossed.after === 'nextPhase';
    if (isEdge) shift += edge;
    const rate = slope[problem.dynamic.indexOf(crossed.species)];
    state[crossed.species] -= shift / rate;
    addDots(found.times, derivatives.levelOf(crossed, phase), shift / rate);
    return isEdge ? 0 : edge;
  }

  private passDoses(
    doses: readonly PlannedDose[],
    state: Float64Array,
    { doses: amounts }: Cotangents,
  ): void {
    for (let d = doses.length - 1; d >= 0; d--) {
      const { species, mode, source } = doses[d];
      if (source !== undefined) amounts[source] += state[species];
      if (mode === 'set') state[species] = 0;
    }
  }

  /** From the end of a stretch to its start. @returns (yields) steps gone back since the last word */
  private *passSteps(
    stretch: TapedStretch,
    rows: Float64Array,
    state: Float64Array,
    found: Cotangents,
  ): Generator<number, void> {
    const { engine, vessel, species } = this;
    const { kernel } = engine;
    const { problem, steps, from, end } = stretch;
    const { dynamic } = problem;
    const count = dynamic.length;
    vessel.state.set(stretch.start);
    vessel.begin({
      phase: stretch.phase,
      from,
      to: from + 1,
      saveAt: new Float64Array(0),
      sink: () => {},
      stepsBefore: 0,
      events: [],
    });
    const { record, work } = this.placed as Placed;
    const own = this.recordOf(problem);
    const given = this.room(count);
    refreshViews(engine, this.placed as Placed).words[L.R_TANGENTS] = own.address;
    const header = engine.words(record, L.P_HEADER_WORDS);
    const stateOf = work + header[L.P_W_STATE];
    const cotangentAt = own.address + own.offset(S.S_COTANGENT);
    const ofConstants = own.address + own.offset(S.S_OF_CONSTANTS);
    const cotangent = engine.doubles(cotangentAt, count);
    const unknowns = engine.doubles(stateOf, count);
    const ofRow = engine.doubles(given, count);
    engine.doubles(ofConstants, own.tables.reactions).fill(0);
    for (let i = 0; i < count; i++) cotangent[i] = state[dynamic[i]];
    let row = rows.length / species;
    const takeRow = () => {
      for (let i = 0; i < count; i++) ofRow[i] = rows[row * species + dynamic[i]];
    };
    // Held species are in every row as they were at the start.
    const held = heldOf(dynamic, species);
    for (let r = 0; r < row; r++) for (const s of held) state[s] += rows[r * species + s];

    let between = new Float64Array(0);
    let first = steps.length;
    let words = 0;
    for (let step = steps.length - 1; step >= 0; step--) {
      if (step < first) {
        first = steps.keptBefore(step);
        between = this.replayed(stretch, first, step, unknowns);
      }
      const size = steps.of(step, S.TAPE_SIZE);
      const table = steps.of(step, S.TAPE_TABLE);
      const [began, ended] = [steps.of(step, S.TAPE_FROM), steps.of(step, S.TAPE_TO)];
      if (step === first) steps.read(step, unknowns);
      else unknowns.set(between.subarray((step - first - 1) * count, (step - first) * count));
      kernel.replay(work, record, table, size, 0);
      kernel.beginPull(record, work);
      if (step === steps.length - 1 && end?.crossed !== undefined) {
        // The run went on from within the step, not from its end.
        ofRow.set(cotangent);
        cotangent.fill(0);
        kernel.pullRow(record, work, table, size, end.theta, given);
      }
      while (row > 0 && stretch.saveAt[row - 1] - from > began) {
        row--;
        takeRow();
        const at = stretch.saveAt[row] - from;
        if (at === ended) for (let i = 0; i < count; i++) cotangent[i] += ofRow[i];
        else kernel.pullRow(record, work, table, size, (at - began) / (ended - began), given);
      }
      kernel.pullBack(record, work, table, size);
      if (++words === STEPS_A_WORD) {
        yield words;
        words = 0;
      }
    }
    while (row > 0) {
      row--;
      takeRow();
      for (let i = 0; i < count; i++) cotangent[i] += ofRow[i];
    }
    for (let i = 0; i < count; i++) state[dynamic[i]] = cotangent[i];
    this.passFold(own, problem, ofConstants, held, state, found);
    if (words > 0) yield words;
  }

  /** The states after the steps from one whose state is kept to before another, made again. */
  private replayed(
    { steps }: TapedStretch,
    first: number,
    last: number,
    unknowns: Float64Array,
  ): Float64Array<ArrayBuffer> {
    const { record, work } = this.placed as Placed;
    const states = new Float64Array((last - first) * steps.count);
    if (first < last) steps.read(first, unknowns);
    for (let step = first; step < last; step++) {
      this.engine.kernel.replay(work, record, steps.of(step, S.TAPE_TABLE), steps.of(step, S.TAPE_SIZE), 1);
      states.set(unknowns, (step - first) * steps.count);
    }
    return states;
  }

  /** From the effective constants of a stretch to the rate constants, and to the species that it held. */
  private passFold(
    own: PlacedRecord,
    { rawReactions }: CompiledProblem,
    ofConstants: number,
    held: readonly number[],
    state: Float64Array,
    found: Cotangents,
  ): void {
    const { engine } = this;
    const { record, words } = refreshViews(engine, this.placed as Placed);
    const raw = engine.doubles(own.raw, rawReactions.length).fill(0);
    const full = engine.doubles(own.full, this.species + 1).fill(0);
    engine.kernel.foldCotangent(record, words[L.R_FULL_STATE], ofConstants, own.raw, own.full);
    for (let i = 0; i < raw.length; i++) found.constants[rawReactions[i]] += raw[i];
    for (const s of held) state[s] += full[s];
  }

  private room(count: number): number {
    this.scratch.reserve(count * 8, 0, 0);
    return this.scratch.take(count * 8);
  }

  private recordOf(problem: CompiledProblem): PlacedRecord {
    let record = this.records.get(problem);
    if (record === undefined) {
      record = placeRecord(this.engine, problem, 0, this.species);
      this.records.set(problem, record);
    }
    return record;
  }
}

function along({ dynamic }: CompiledProblem, slope: Float64Array, state: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < slope.length; i++) sum += slope[i] * state[dynamic[i]];
  return sum;
}

function addDots(to: Float64Array, dots: Dots, factor: number): void {
  dots?.forEach((dot, q) => {
    to[q] += dot * factor;
  });
}

/** Species that are no unknowns. */
function heldOf(dynamic: Int32Array, species: number): number[] {
  const isUnknown = new Uint8Array(species);
  for (const s of dynamic) isUnknown[s] = 1;
  return Array.from({ length: species }, (_, s) => s).filter((s) => isUnknown[s] === 0);
}
