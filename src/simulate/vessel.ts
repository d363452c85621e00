import * as L from '../../assembly/layout';
import type { MultistepTable, RosenbrockTableau } from '../../assembly/tableaus';
import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import { type FailureCode, SolveFailure, stuckHint } from './failure.js';
import type { PlannedEvent } from './plan.js';
import type { Settings } from './settings.js';
import { addCounters, attemptsOf } from './stats.js';
import type { Stats } from './types.js';

/** A run whose steps vanish has blown up when its largest concentration has grown this much. */
const GROWN = 1e3;
/** Doubles that one batch of saved rows may take in kernel memory. */
const ROW_BUFFER = 1 << 16;

/** Called for every saved row with all species in the network's order. The row is reused: copy it. */
export type RowSink = (time: number, row: Float64Array) => void;

/** A stretch of time to integrate in one phase. */
export interface Stretch {
  phase: number;
  from: number;
  to: number;
  /** Ascending, inside [from, to]. */
  saveAt: Float64Array;
  sink: RowSink;
  /** Accepted steps of the run before this stretch, for messages. */
  stepsBefore: number;
  /** Crossings at which the stretch pauses; those of species that this phase holds cannot come. */
  events: readonly PlannedEvent[];
}

/** What a slice of work came to. */
export type Outcome = 'running' | 'done' | 'unsolved' | { crossed: PlannedEvent };

interface Placed {
  problem: CompiledProblem;
  record: number;
  work: number;
}

/**
 * An engine's memory filled for one network: one state vector of all species, every phase's compiled problem with its
 * workspace, and the method's table. Integrates one stretch at a time, in slices.
 */
export class Vessel {
  private readonly placed: Placed[] = [];
  private readonly stateAddress: number;
  private readonly tableAddress: number;
  private runMark: number;
  private stateView: Float64Array = new Float64Array(0);
  private stretch: Stretch | undefined;
  private saved = 0;
  private largestAtStart = 0;
  private watched: PlannedEvent[] = [];
  private readonly row: Float64Array;

  constructor(
    readonly engine: Engine,
    readonly speciesNames: readonly string[],
    problems: readonly CompiledProblem[],
    private settings: Settings,
    /** Compiles a phase with all its fill. */
    private readonly completed: (phase: number) => CompiledProblem,
  ) {
    // One slot more than species: the kernel keeps a 1 there.
    this.stateAddress = this.place((speciesNames.length + 1) * 8);
    this.tableAddress = this.place(L.T_BYTES);
    for (const problem of problems) this.placed.push(this.put(problem));
    this.runMark = engine.kernel.mark();
    this.row = new Float64Array(speciesNames.length);
    this.state.fill(0);
    this.configure(settings);
  }

  /** Concentrations in the network's order. The same memory for as long as the engine's does not grow. */
  get state(): Float64Array {
    if (this.stateView.buffer !== this.engine.buffer) {
      this.stateView = this.engine.doubles(this.stateAddress, this.speciesNames.length);
    }
    return this.stateView;
  }

  /** Takes other tolerances, constants or method for the stretches that follow. */
  configure(settings: Settings): void {
    this.settings = settings;
    writeTableau(this.engine, this.tableAddress, settings.tableau);
    for (const { problem, record, work } of this.placed) {
      const header = this.engine.words(record, L.P_HEADER_WORDS);
      const raw = this.engine.doubles(record + header[L.P_RAW_OFFSET], problem.rawReactions.length);
      for (let i = 0; i < raw.length; i++) raw[i] = settings.constants[problem.rawReactions[i]];
      const atol = this.engine.doubles(work + header[L.P_W_ATOL], problem.dynamic.length);
      for (let i = 0; i < atol.length; i++) atol[i] = settings.atol[problem.dynamic[i]];
    }
  }

  /** Gives a phase factors with all their fill, for good. Ends the present stretch. */
  complete(phase: number): void {
    const { kernel } = this.engine;
    kernel.release(this.runMark);
    this.placed[phase] = this.put(this.completed(phase));
    this.runMark = kernel.mark();
    this.configure(this.settings);
  }

  /** Begins a stretch from the present state. */
  begin(stretch: Stretch): void {
    const { engine, settings } = this;
    const { kernel } = engine;
    // One-step methods know no GMRES.
    if (this.placed[stretch.phase].problem.incomplete && !('maxOrder' in settings.tableau)) {
      this.complete(stretch.phase);
    }
    const { record, work, problem } = this.placed[stretch.phase];
    kernel.release(this.runMark);
    const count = problem.dynamic.length;
    const times = stretch.saveAt.length;
    const capacity = Math.max(1, Math.min(times, Math.floor(ROW_BUFFER / Math.max(1, count))));
    const timesAddress = this.place(times * 8);
    const rowsAddress = this.place(capacity * count * 8);
    this.watched = stretch.events.filter(({ species }) => problem.dynamic.includes(species));
    const eventsAddress = this.placeEvents(problem.dynamic);
    // The kernel counts from the start of the stretch: a short step late in a long schedule keeps its digits.
    const relative = engine.doubles(timesAddress, times);
    for (let i = 0; i < times; i++) relative[i] = stretch.saveAt[i] - stretch.from;
    const words = engine.words(work, L.R_BYTES / 4);
    words.fill(0);
    const slots = engine.doubles(work, L.R_BYTES / 8);
    slots[L.R_END] = stretch.to - stretch.from;
    slots[L.R_RTOL] = settings.rtol;
    slots[L.R_FIRST] = settings.firstStep;
    slots[L.R_FIXED] = settings.fixedStep;
    words[L.R_PROBLEM] = record;
    words[L.R_FULL_STATE] = this.stateAddress;
    words[L.R_TABLE] = this.tableAddress;
    words[L.R_SAVE_TIMES] = timesAddress;
    words[L.R_SAVE_COUNT] = times;
    words[L.R_ROWS] = rowsAddress;
    words[L.R_ROWS_CAPACITY] = capacity;
    words[L.R_EVENTS] = eventsAddress;
    words[L.R_EVENT_COUNT] = this.watched.length;
    this.stretch = stretch;
    this.largestAtStart = this.state.reduce((most, value) => Math.max(most, value), 0);
    this.saved = 0;
    kernel.start(work);
  }

  /**
   * Goes on for at most `attempts` attempted steps. At the end, at a crossing and where GMRES does not serve ('unsolved')
   * the state is that of the present time, and the stretch is over.
   * @throws SolveFailure when the end cannot be reached; the state then is that of the last accepted step
   */
  advance(attempts: number): Outcome {
    const { work } = this.current();
    const outcome = this.engine.kernel.advance(work, attempts);
    this.takeRows();
    if (outcome === L.STEP_TOO_SMALL) {
      if (this.engine.words(work, L.R_BYTES / 4)[L.R_CAUSE] !== L.CAUSE_LINEAR) throw this.tooSmall();
      this.engine.kernel.commit(work);
      return 'unsolved';
    }
    if (outcome !== L.DONE && outcome !== L.EVENT) return 'running';
    this.engine.kernel.commit(work);
    if (outcome === L.DONE) return 'done';
    return { crossed: this.watched[this.engine.words(work, L.R_BYTES / 4)[L.R_EVENT]] };
  }

  /** Rows of the present stretch that the sink has had. */
  get rowsSaved(): number {
    return this.saved;
  }

  /** Ends the stretch where it is: the state becomes that of the last accepted step. */
  stop(code: FailureCode, species?: string, hint?: string): SolveFailure {
    this.engine.kernel.commit(this.current().work);
    return new SolveFailure(code, { time: this.time, step: this.steps, species, hint });
  }

  /** Time reached by the present stretch. */
  get time(): number {
    const elapsed = this.engine.doubles(this.current().work, L.R_BYTES / 8)[L.R_TIME];
    return (this.stretch as Stretch).from + elapsed;
  }

  /** Accepted steps of the run so far. */
  get steps(): number {
    const counters = this.engine.words(this.current().work, L.R_BYTES / 4);
    return (this.stretch as Stretch).stepsBefore + counters[L.R_COUNT_STEPS];
  }

  /** Attempted steps of the present stretch. */
  get attempts(): number {
    return attemptsOf(this.engine.words(this.current().work, L.R_BYTES / 4));
  }

  /** Adds the work of the present stretch to `stats`. */
  count(stats: Stats): void {
    addCounters(stats, this.engine.words(this.current().work, L.R_BYTES / 4));
  }

  private current(): Placed {
    return this.placed[(this.stretch as Stretch).phase];
  }

  private place(bytes: number): number {
    const address = this.engine.kernel.allocate(bytes);
    if (address === 0) throw new RangeError(`the engine cannot get ${bytes} more bytes of memory`);
    return address;
  }

  private put(problem: CompiledProblem): Placed {
    const record = this.place(problem.record.byteLength);
    this.engine.bytes(record, problem.record.byteLength).set(new Uint8Array(problem.record));
    const workBytes = new Int32Array(problem.record, 0, L.P_HEADER_WORDS)[L.P_WORK_BYTES];
    const work = this.place(workBytes);
    this.engine.bytes(work, workBytes).fill(0);
    return { problem, record, work };
  }

  private placeEvents(dynamic: Int32Array): number {
    const address = this.place(this.watched.length * L.E_BYTES);
    this.watched.forEach(({ species, direction, level }, e) => {
      const at = address + e * L.E_BYTES;
      this.engine.doubles(at, 1)[L.E_LEVEL] = level;
      const words = this.engine.words(at, L.E_BYTES / 4);
      words[L.E_UNKNOWN] = dynamic.indexOf(species);
      words[L.E_DIRECTION] = direction === 'rises' ? 1 : -1;
    });
    return address;
  }

  private takeRows(): void {
    const { work, problem } = this.current();
    const words = this.engine.words(work, L.R_BYTES / 4);
    const used = words[L.R_ROWS_USED];
    if (used === 0) return;
    const { dynamic } = problem;
    const rows = this.engine.doubles(words[L.R_ROWS], used * dynamic.length);
    const { sink, saveAt } = this.stretch as Stretch;
    // Held species keep the values of the state vector, which `commit` alone changes.
    this.row.set(this.state);
    for (let r = 0, at = 0; r < used; r++) {
      for (let i = 0; i < dynamic.length; i++, at++) this.row[dynamic[i]] = rows[at];
      sink(saveAt[this.saved++], this.row);
    }
    words[L.R_ROWS_USED] = 0;
  }

  private tooSmall(): SolveFailure {
    const { work, problem } = this.current();
    const words = this.engine.words(work, L.R_BYTES / 4);
    const blamed = this.speciesNames[problem.dynamic[words[L.R_SPECIES]]];
    if (words[L.R_CAUSE] === L.CAUSE_NEGATIVE) return this.stop('negative', blamed);
    if (words[L.R_CAUSE] === L.CAUSE_SINGULAR) return this.stop('singular', blamed);
    // What grows without bound is what there is most of.
    this.engine.kernel.commit(work);
    let largest = problem.dynamic[0];
    for (const s of problem.dynamic) if (this.state[s] > this.state[largest]) largest = s;
    const grown = this.state[largest] > GROWN * this.largestAtStart;
    return grown ? this.stop('blowUp', this.speciesNames[largest]) : this.stop('blowUp', blamed, stuckHint);
  }
}

/** Starts at order 1, whose error goes with the square of the step. */
function writeMultistep(engine: Engine, address: number, { maxOrder }: MultistepTable): void {
  const words = engine.words(address, L.T_MAX_ORDER + 1);
  words[L.T_FAMILY] = L.FAMILY_MULTISTEP;
  words[L.T_ROOT] = 2;
  words[L.T_MAX_ORDER] = maxOrder;
}

function writeTableau(engine: Engine, address: number, tableau: RosenbrockTableau | MultistepTable): void {
  engine.bytes(address, L.T_BYTES).fill(0);
  if ('maxOrder' in tableau) {
    writeMultistep(engine, address, tableau);
    return;
  }
  const words = engine.words(address, 4);
  words[L.T_STAGES] = tableau.stages;
  words[L.T_EXPLICIT] = tableau.a.length;
  words[L.T_ROOT] = tableau.order;
  const slots = engine.doubles(address, L.T_BYTES / 8);
  slots[L.T_GAMMA] = tableau.gamma;
  const put = (at: number, rows: readonly (readonly number[])[]) => {
    rows.forEach((row, r) => {
      row.forEach((value, c) => {
        slots[at + r * L.MAX_STAGES + c] = value;
      });
    });
  };
  put(L.T_A, tableau.a);
  put(L.T_C, tableau.c);
  put(L.T_H, tableau.h);
}
