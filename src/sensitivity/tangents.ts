import * as L from '../../assembly/layout';
import * as S from '../../assembly/sensitivity/layout';
import type { CompiledProblem } from '../compile/compile.js';
import type { FullEngine } from '../engine/types.js';
import type { Follower } from '../simulate/follower.js';
import { type Placed, refreshViews } from '../simulate/placed.js';
import type { PlannedDose, PlannedEvent } from '../simulate/plan.js';
import type { Prepared } from '../simulate/prepare.js';
import { Scratch } from '../simulate/scratch.js';
import type { Stretch } from '../simulate/stretch.js';
import { crossingTime, slopeIn } from './crossing.js';
import type { Derivatives } from './derivatives.js';
import { type PlacedRecord, placeRecord } from './record.js';

/** What a vessel's runs are followed for. */
export interface TangentOptions {
  species: readonly string[];
  /** How many quantities there are. */
  quantities: number;
  /** Whether the error of the derivatives is controlled too. */
  controlled: boolean;
  /** What the quantities do to a run that begins. */
  derive: (prepared: Prepared) => Derivatives;
  /** Called for every saved row: the derivatives of all species, in the network's order, by one quantity after the other. */
  sink: (row: Float64Array) => void;
}

/**
 * The derivatives of a vessel's state by some quantities, carried along by the kernel within a stretch, and by the chain
 * rule across what happens between stretches.
 */
export class Tangents implements Follower {
  readonly width: number;
  /** By quantity, of all species: at the edge where the present stretch began. */
  private readonly full: Float64Array;
  private readonly records = new Map<CompiledProblem, PlacedRecord>();
  private readonly scratch: Scratch;
  private readonly row: Float64Array;
  private present: { placed: Placed; record: PlacedRecord; phase: number } | undefined;
  /** How the time of the present edge moves, and that of the last edge of the schedule, by quantity. */
  private shift: Float64Array | undefined;
  private edge: Float64Array;
  private derivatives: Derivatives | undefined;

  private readonly species: readonly string[];
  private readonly quantities: number;

  constructor(
    private readonly engine: FullEngine,
    private readonly options: TangentOptions,
  ) {
    const { species, quantities } = options;
    this.species = species;
    this.quantities = quantities;
    this.width = Math.ceil(quantities / S.LANES) * S.LANES;
    this.full = new Float64Array(quantities * species.length);
    this.row = new Float64Array(quantities * species.length);
    this.edge = new Float64Array(quantities);
    this.scratch = new Scratch(engine);
  }

  start(prepared: Prepared): void {
    const { full, species } = this;
    const derivatives = this.options.derive(prepared);
    this.derivatives = derivatives;
    this.present = undefined;
    this.shift = undefined;
    this.edge.fill(0);
    full.fill(0);
    derivatives.initial.forEach(({ at, value }, q) => {
      for (let e = 0; e < at.length; e++) full[q * species.length + at[e]] = value[e];
    });
  }

  begin(given: Placed, { phase, saveAt }: Stretch): void {
    const { engine, full, species } = this;
    const { problem } = given;
    const record = this.recordOf(problem);
    const placed = refreshViews(engine, given);
    this.present = { placed, record, phase };
    const header = engine.words(placed.record, L.P_HEADER_WORDS);
    if (this.shift !== undefined) {
      // The kernel has just evaluated the derivative at the start of the stretch.
      const slope = engine.doubles(placed.work + header[L.P_W_DERIVATIVE], problem.dynamic.length);
      this.addShift(problem, slope, -1);
      this.shift = undefined;
    }
    const sources = this.sourcesOf(placed, record);
    const capacity = placed.words[L.R_ROWS_CAPACITY] * (saveAt.length > 0 ? 1 : 0);
    const rows = capacity * this.width * problem.dynamic.length * 8;
    const { start, reaction, value } = sources;
    this.scratch.reserve(rows, (start.length + reaction.length) * 4, value.length * 8);
    const rowsAt = this.scratch.take(rows);
    const startAt = this.scratch.take((start.length + reaction.length) * 4);
    const valueAt = this.scratch.take(value.length * 8);
    // Making room may have let the memory grow.
    engine.words(startAt, start.length).set(start);
    engine.words(startAt + start.length * 4, reaction.length).set(reaction);
    engine.doubles(valueAt, value.length).set(value);
    const words = engine.words(record.address, S.S_HEADER_WORDS);
    words[S.S_CONTROLLED] = this.options.controlled ? 1 : 0;
    words[S.S_ROWS] = rowsAt;
    words[S.S_SOURCE_START] = startAt;
    words[S.S_SOURCE_REACTION] = startAt + start.length * 4;
    words[S.S_SOURCE_VALUE] = valueAt;
    const scales = engine.doubles(record.address + words[S.S_SCALES], this.width);
    scales.set((this.derivatives as Derivatives).scales);
    const count = problem.dynamic.length;
    const state = engine.doubles(record.address + words[S.S_STATE], this.width * count);
    for (let q = 0; q < this.quantities; q++) {
      const first = placeIn(q, count);
      const own = q * species.length;
      for (let i = 0; i < count; i++) state[first + S.LANES * i] = full[own + problem.dynamic[i]];
    }
    engine.kernel.noteTangentTotals(placed.record, record.address);
    refreshViews(engine, placed).words[L.R_TANGENTS] = record.address;
  }

  take(placed: Placed): void {
    const { engine, full, species, row, width } = this;
    const used = placed.words[L.R_ROWS_USED];
    if (used === 0 || this.present === undefined) return;
    const { dynamic } = placed.problem;
    const count = dynamic.length;
    const words = engine.words(this.present.record.address, S.S_HEADER_WORDS);
    const rows = engine.doubles(words[S.S_ROWS], used * width * count);
    for (let r = 0; r < used; r++) {
      // Held species keep the derivatives that they had when the stretch began.
      row.set(full);
      for (let q = 0; q < this.quantities; q++) {
        const first = r * width * count + placeIn(q, count);
        const own = q * species.length;
        for (let i = 0; i < count; i++) row[own + dynamic[i]] = rows[first + S.LANES * i];
      }
      this.options.sink(row);
    }
  }

  turn(doses: readonly PlannedDose[], crossed: PlannedEvent | undefined): void {
    const { full, species } = this;
    const derivatives = this.derivatives as Derivatives;
    // A crossing that starts a phase is told of twice: it has its own doses, and the phase has some.
    if (this.present !== undefined) this.arrive(derivatives, crossed);
    this.present = undefined;
    for (const dose of doses) {
      const dots = derivatives.amountOf(dose);
      for (let q = 0; q < this.quantities; q++) {
        const place = q * species.length + dose.species;
        full[place] = (dose.mode === 'set' ? 0 : full[place]) + (dots?.[q] ?? 0);
      }
    }
  }

  /** Brings the derivatives to the end of the present stretch, at a time that may move with the quantities. */
  private arrive(derivatives: Derivatives, crossed: PlannedEvent | undefined): void {
    const { engine } = this;
    const { placed, record, phase } = this.present as NonNullable<typeof this.present>;
    const { problem } = placed;
    this.gather(problem, record);
    let shift: Float64Array;
    if (crossed === undefined) {
      const longer = derivatives.durationOf(phase);
      if (longer !== undefined) for (let q = 0; q < this.quantities; q++) this.edge[q] += longer[q];
      shift = this.edge;
    } else {
      const { rate } = crossingTime(engine, placed, crossed, this.species);
      const level = derivatives.levelOf(crossed, phase);
      const at = crossed.species;
      shift = Float64Array.from(
        { length: this.quantities },
        (_, q) => ((level?.[q] ?? 0) - this.full[q * this.species.length + at]) / rate,
      );
      if (crossed.after === 'nextPhase') this.edge.set(shift);
    }
    if (shift.every((dot) => dot === 0)) return;
    this.shift = shift.slice();
    this.addShift(problem, slopeIn(engine, placed), 1);
  }

  /** What the state gains by the edge's moving, while it changes at this rate before (1) or after it (−1). */
  private addShift(problem: CompiledProblem, slope: Float64Array, sign: 1 | -1): void {
    const { full, species, shift } = this;
    for (let q = 0; q < this.quantities; q++) {
      const dot = sign * (shift as Float64Array)[q];
      if (dot === 0) continue;
      for (let i = 0; i < slope.length; i++) full[q * species.length + problem.dynamic[i]] += slope[i] * dot;
    }
  }

  /** Takes the unknowns' derivatives from the kernel. */
  private gather({ dynamic }: CompiledProblem, { address, offset }: PlacedRecord): void {
    const { engine, full, species, width } = this;
    const count = dynamic.length;
    const state = engine.doubles(address + offset(S.S_STATE), width * count);
    for (let q = 0; q < this.quantities; q++) {
      const first = placeIn(q, count);
      for (let i = 0; i < count; i++) full[q * species.length + dynamic[i]] = state[first + S.LANES * i];
    }
  }

  private recordOf(problem: CompiledProblem): PlacedRecord {
    let record = this.records.get(problem);
    if (record === undefined) {
      record = placeRecord(this.engine, problem, this.quantities, this.species.length);
      this.records.set(problem, record);
    }
    return record;
  }

  /** Which effective constants each block of quantities moves, and how: the fold's derivatives at the present state. */
  private sourcesOf({ problem, record: problemAt, words }: Placed, record: PlacedRecord) {
    const { engine, full, species, quantities } = this;
    const { kernel } = engine;
    const { constants } = this.derivatives as Derivatives;
    const rawOf = new Map(Array.from(problem.rawReactions, (r, i): [number, number] => [r, i]));
    const raw = engine.doubles(record.raw, problem.rawReactions.length);
    const dots = engine.doubles(record.full, species.length + 1);
    const out = engine.doubles(record.constants, record.tables.reactions);
    const start: number[] = [0];
    const reaction: number[] = [];
    const value: number[] = [];
    for (let first = 0; first < quantities; first += S.LANES) {
      const placeOf = new Map<number, number>();
      for (let lane = 0; lane < S.LANES && first + lane < quantities; lane++) {
        const q = first + lane;
        raw.fill(0);
        const { at, value: given } = constants[q];
        at.forEach((r, e) => {
          const place = rawOf.get(r);
          if (place !== undefined) raw[place] = given[e];
        });
        dots.set(full.subarray(q * species.length, (q + 1) * species.length));
        dots[species.length] = 0;
        kernel.foldTangent(problemAt, words[L.R_FULL_STATE], record.raw, record.full, record.constants);
        for (let r = 0; r < out.length; r++) {
          if (out[r] === 0) continue;
          let place = placeOf.get(r);
          if (place === undefined) {
            place = reaction.length;
            placeOf.set(r, place);
            reaction.push(r);
            for (let l = 0; l < S.LANES; l++) value.push(0);
          }
          value[place * S.LANES + lane] = out[r];
        }
      }
      start.push(reaction.length);
    }
    return { start, reaction, value };
  }
}

/** Where the tangent of a quantity begins among blocks of `count` unknowns. */
const placeIn = (q: number, count: number): number =>
  Math.floor(q / S.LANES) * S.LANES * count + (q % S.LANES);
