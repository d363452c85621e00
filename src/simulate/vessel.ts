import * as L from '../../assembly/layout';
import { type CompiledProblem, slotOf, speciesAt, widthOf } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import { type KernelUse, kernelsFor, noteAttempts, refusedKernels } from '../kernels/generated.js';
import { type FailureCode, SolveFailure, stiffHint, stuckHint } from './failure.js';
import { chooseMethod, type MethodChoice } from './method-choice.js';
import type { PhaseProblems } from './phase-problems.js';
import type { PlannedEvent } from './plan.js';
import { allocate, Room, Scratch } from './scratch.js';
import type { Settings } from './settings.js';
import { addCounters, attemptsOf } from './stats.js';
import { type PlacedTables, placeTables } from './tableau-record.js';
import type { Stats } from './types.js';

/** A run whose steps vanish has blown up when its largest concentration has grown this much. */
const GROWN = 1e3;
/** Stiff-looking steps of late that name stiffness as the reason for running out of steps. */
const STIFF_STREAK = 20;
/** Doubles that one batch of saved rows may take in kernel memory. */
const ROW_BUFFER = 1 << 16;

const NOTHING: PlannedEvent[] = [];

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

/** What a slice of work came to; a failure is for the run to throw. */
export type Outcome = 'running' | 'done' | 'unsolved' | { crossed: PlannedEvent } | SolveFailure;

/** What decides with whom a stretch may share vectors. */
export interface Berth {
  problem: CompiledProblem;
  choice: MethodChoice;
  /** Address of its workspace. */
  work: number;
  /** Whether it pauses at crossings. */
  watches: boolean;
  maxSeconds: number;
}

interface Placed {
  problem: CompiledProblem;
  record: number;
  work: number;
  /** The record of its run, as 32-bit words and as doubles: views of the engine's memory as it was when last used. */
  words: Int32Array;
  slots: Float64Array;
  choice: MethodChoice;
}

/** Fillings besides the first whose problems stay in place. */
const OTHER_FILLINGS = 2;

/**
 * An engine's memory filled for one network: one state vector of all species, every phase's compiled problem with its
 * workspace, and the methods' tables. Integrates one stretch at a time, in slices. It may be filled with other problems
 * between runs.
 */
export class Vessel {
  /** The present problems. */
  private placed: Placed[];
  /** Problems in place beside the first ones; those last used come last. */
  private readonly others = new Map<PhaseProblems, Placed[]>();
  private readonly firstPlaced: Placed[];
  /** Where the others are. */
  private readonly room: Room;
  private readonly stateAddress: number;
  private readonly tables: PlacedTables;
  private readonly scratch: Scratch;
  private filling: PhaseProblems;
  private stateView: Float64Array = new Float64Array(0);
  private stretch: Stretch | undefined;
  private saved = 0;
  /** Attempts of the present stretch that have been noted. */
  private noted = 0;
  /** Whether it last went on by generated kernels, its own or those of two runs. */
  private generated = false;
  private largestAtStart = 0;
  private watched: PlannedEvent[] = [];
  private readonly row: Float64Array;

  constructor(
    readonly engine: Engine,
    readonly speciesNames: readonly string[],
    private readonly first: PhaseProblems,
    private settings: Settings,
  ) {
    // One slot more than species: the kernel keeps a 1 there.
    this.stateAddress = allocate(engine, (speciesNames.length + 1) * 8);
    this.tables = placeTables(engine);
    this.room = new Room(engine);
    this.firstPlaced = first.problems.map((problem) => this.put(problem, (bytes) => allocate(engine, bytes)));
    this.placed = this.firstPlaced;
    this.filling = first;
    this.scratch = new Scratch(engine);
    this.row = new Float64Array(speciesNames.length);
    this.state.fill(0);
    this.write();
  }

  /** Concentrations in the network's order. The same memory for as long as the engine's does not grow. */
  get state(): Float64Array {
    if (this.stateView.buffer !== this.engine.buffer) {
      this.stateView = this.engine.doubles(this.stateAddress, this.speciesNames.length);
    }
    return this.stateView;
  }

  /** Takes other tolerances, constants, method or problems for the stretches that follow. */
  configure(settings: Settings, filling: PhaseProblems = this.filling): void {
    const known = this.settings;
    this.settings = settings;
    const refilled = filling !== this.filling;
    if (refilled) this.fill(filling);
    // Of an ensemble most runs have all of these in common.
    const { rtol, fixedStep, method, maxOrder, atol, constants } = settings;
    const sameMethod = known.rtol === rtol && known.fixedStep === fixedStep && known.method === method;
    const sameNumbers = known.atol === atol && known.constants === constants && known.maxOrder === maxOrder;
    if (!refilled && sameMethod && sameNumbers) return;
    this.write();
  }

  /** Writes what follows from the settings. */
  private write(): void {
    const { settings } = this;
    this.engine.words(this.tables.bdf, L.T_MAX_ORDER + 1)[L.T_MAX_ORDER] = settings.maxOrder;
    for (const placed of this.placed) {
      const { problem, record, work } = placed;
      placed.choice = chooseMethod(settings, problem);
      const header = this.engine.words(record, L.P_HEADER_WORDS);
      const raw = this.engine.doubles(record + header[L.P_RAW_OFFSET], problem.rawReactions.length);
      for (let i = 0; i < raw.length; i++) raw[i] = settings.constants[problem.rawReactions[i]];
      const { dynamic, eliminated } = problem;
      const atol = this.engine.doubles(work + header[L.P_W_ATOL], header[L.P_WIDTH]);
      for (let i = 0; i < dynamic.length; i++) atol[i] = settings.atol[dynamic[i]];
      for (let m = 0; m < eliminated.length; m++) {
        atol[dynamic.length + 1 + m] = settings.atol[eliminated[m]];
      }
    }
  }

  /** Gives a phase factors with all their fill, for good. Ends the present stretch. */
  complete(phase: number): void {
    const problem = this.filling.complete(phase);
    this.placed[phase] = this.put(problem, (bytes) => allocate(this.engine, bytes));
    this.write();
  }

  private fill(filling: PhaseProblems): void {
    const { first, others, room } = this;
    let placed = filling === first ? this.firstPlaced : others.get(filling);
    if (placed === undefined) {
      for (const [oldest, gone] of others) {
        if (others.size < OTHER_FILLINGS) break;
        others.delete(oldest);
        for (const { record, work } of gone) {
          room.free(record);
          room.free(work);
        }
      }
      placed = filling.problems.map((problem) => this.put(problem, (bytes) => room.take(bytes)));
    }
    others.delete(filling);
    if (filling !== first) others.set(filling, placed);
    this.placed = placed;
    this.filling = filling;
  }

  private isMultistep(phase: number): boolean {
    return this.placed[phase].choice.first.family === 'multistep';
  }

  /** Begins a stretch from the present state. */
  begin(stretch: Stretch): void {
    const { engine, settings, scratch } = this;
    // One-step methods know no GMRES.
    if (this.placed[stretch.phase].problem.incomplete && !this.isMultistep(stretch.phase)) {
      this.complete(stretch.phase);
    }
    const { record, work, problem, choice } = this.placed[stretch.phase];
    this.stretch = stretch;
    const width = widthOf(problem);
    const times = stretch.saveAt.length;
    const capacity = Math.max(1, Math.min(times, Math.floor(ROW_BUFFER / Math.max(1, width))));
    this.watched =
      stretch.events.length === 0
        ? NOTHING
        : stretch.events.filter(({ species }) => slotOf(problem, species) >= 0);
    scratch.reserve(times * 8, capacity * width * 8, this.watched.length * L.E_BYTES);
    const timesAddress = scratch.take(times * 8);
    const rowsAddress = scratch.take(capacity * width * 8);
    const eventsAddress = this.placeEvents(problem);
    // The kernel counts from the start of the stretch: a short step late in a long schedule keeps its digits.
    if (times > 0) {
      const relative = engine.doubles(timesAddress, times);
      for (let i = 0; i < times; i++) relative[i] = stretch.saveAt[i] - stretch.from;
    }
    const { words, slots } = this.current();
    words.fill(0);
    slots[L.R_END] = stretch.to - stretch.from;
    slots[L.R_RTOL] = settings.rtol;
    slots[L.R_FIRST] = settings.firstStep;
    slots[L.R_FIXED] = settings.fixedStep;
    slots[L.R_GAIN] = choice.gain;
    words[L.R_PROBLEM] = record;
    words[L.R_FULL_STATE] = this.stateAddress;
    words[L.R_TABLE] = this.tables[choice.first.name];
    words[L.R_OTHER] = choice.other ? this.tables[choice.other.name] : 0;
    words[L.R_SAVE_TIMES] = timesAddress;
    words[L.R_SAVE_COUNT] = times;
    words[L.R_ROWS] = rowsAddress;
    words[L.R_ROWS_CAPACITY] = capacity;
    words[L.R_EVENTS] = eventsAddress;
    words[L.R_EVENT_COUNT] = this.watched.length;
    this.largestAtStart = 0;
    const { state } = this;
    for (let s = 0; s < state.length; s++) this.largestAtStart = Math.max(this.largestAtStart, state[s]);
    this.saved = 0;
    this.noted = 0;
    this.generated = false;
    engine.kernel.start(work);
  }

  /** Goes on by itself for at most `attempts` attempted steps. */
  advance(attempts: number): Outcome {
    const placed = this.current();
    const { work, words } = placed;
    // Generated kernels go on where interpreted ones stopped: both leave the same bits in the workspace.
    if (words[L.R_CODE] === 0) words[L.R_CODE] = this.codeOf(placed, 1);
    this.generated = words[L.R_CODE] !== 0;
    const status = this.engine.kernel.advance(work, attempts);
    this.note(placed, 1);
    return this.settle(status);
  }

  /** First place of generated kernels of two runs of the present stretch; 0 while interpreted ones are to be used. */
  get codeOfTwo(): number {
    return this.codeOf(this.current(), 2);
  }

  /** As `settle`, of work done in company, by generated kernels or not. */
  settleInCompany(status: number, generated: boolean): Outcome {
    this.generated = generated;
    this.note(this.current(), 2);
    return this.settle(status);
  }

  /**
   * Takes what the kernel's work came to, by its status. At the end, at a crossing and where GMRES does not serve
   * ('unsolved') the state is that of the present time, after a failure that of the last accepted step, and the stretch
   * is over.
   */
  private settle(status: number): Outcome {
    const { work, words } = this.current();
    this.takeRows();
    if (status === L.STEP_TOO_SMALL) {
      if (words[L.R_CAUSE] !== L.CAUSE_LINEAR) return this.tooSmall();
      this.engine.kernel.commit(work);
      return 'unsolved';
    }
    if (status !== L.DONE && status !== L.EVENT) return 'running';
    this.engine.kernel.commit(work);
    if (status === L.DONE) return 'done';
    return { crossed: this.watched[words[L.R_EVENT]] };
  }

  /** The present stretch as lanes see it. */
  get berth(): Berth {
    const { problem, work, choice } = this.current();
    const { maxSeconds } = this.settings;
    return { problem, choice, work, watches: this.watched.length > 0, maxSeconds };
  }

  /** Rows of the present stretch that the sink has had. */
  get rowsSaved(): number {
    return this.saved;
  }

  /** Ends the stretch where it is: the state becomes that of the last accepted step. */
  stop(code: FailureCode, species?: string, hint?: string): SolveFailure {
    this.engine.kernel.commit(this.current().work);
    const stalled = (code === 'stepLimit' || code === 'timeLimit') && this.looksStiff;
    const toTry = stalled ? stiffHint : hint;
    return new SolveFailure(code, { time: this.time, step: this.steps, species, hint: toTry });
  }

  /** What the last stretch ended with. */
  get kernels(): KernelUse {
    if (this.stretch === undefined) return { kind: 'interpreted', note: undefined };
    const { generated } = this;
    const { problem, choice } = this.current();
    return {
      kind: generated ? 'generated' : 'interpreted',
      note: generated || !this.mayGenerate ? undefined : refusedKernels(problem, choice.shape),
    };
  }

  /** Time reached by the present stretch. */
  get time(): number {
    return (this.stretch as Stretch).from + this.current().slots[L.R_TIME];
  }

  /** Accepted steps of the run so far. */
  get steps(): number {
    return (this.stretch as Stretch).stepsBefore + this.current().words[L.R_COUNT_STEPS];
  }

  /** Attempted steps of the present stretch. */
  get attempts(): number {
    return attemptsOf(this.current().words);
  }

  /** Adds the work of the present stretch to `stats`. */
  count(stats: Stats): void {
    addCounters(stats, this.current().words);
  }

  /** Whether the last steps of a method that is explicit by request were limited by stability. */
  private get looksStiff(): boolean {
    const { words, choice } = this.current();
    return choice.first.family === 'explicit' && words[L.R_STREAK] >= STIFF_STREAK;
  }

  private current(): Placed {
    const placed = this.placed[(this.stretch as Stretch).phase];
    if (placed.words.buffer !== this.engine.buffer) {
      placed.words = this.engine.words(placed.work, L.R_BYTES / 4);
      placed.slots = this.engine.doubles(placed.work, L.R_BYTES / 8);
    }
    return placed;
  }

  private get mayGenerate(): boolean {
    return this.engine.code !== undefined && this.settings.kernels !== 'interpreted';
  }

  /** Notes the attempts since the last note, where they were those of interpreted kernels. */
  private note({ problem, choice }: Placed, lanes: 1 | 2): void {
    if (!this.mayGenerate || problem.eliminated.length > 0) return;
    const { attempts } = this;
    if (!this.generated) noteAttempts(problem, choice.shape, attempts - this.noted, lanes);
    this.noted = attempts;
  }

  /** First place of a problem's generated kernels in the engine's table; 0 while interpreted ones are to be used. */
  private codeOf({ problem, choice }: Placed, lanes: 1 | 2): number {
    const { engine, settings } = this;
    if (engine.code === undefined || settings.kernels === 'interpreted') return 0;
    // Generated code would not compute them.
    if (problem.eliminated.length > 0) return 0;
    const functions = kernelsFor(engine.code, problem, choice.shape, settings.kernels, lanes);
    return functions === undefined ? 0 : engine.code.placeOf(functions);
  }

  private put(problem: CompiledProblem, take: (bytes: number) => number): Placed {
    const { engine, settings } = this;
    const record = take(problem.record.byteLength);
    engine.bytes(record, problem.record.byteLength).set(new Uint8Array(problem.record));
    const workBytes = new Int32Array(problem.record, 0, L.P_HEADER_WORDS)[L.P_WORK_BYTES];
    const work = take(workBytes);
    engine.bytes(work, workBytes).fill(0);
    const [words, slots] = [engine.words(work, L.R_BYTES / 4), engine.doubles(work, L.R_BYTES / 8)];
    return { problem, record, work, words, slots, choice: chooseMethod(settings, problem) };
  }

  private placeEvents(problem: CompiledProblem): number {
    const address = this.scratch.take(this.watched.length * L.E_BYTES);
    this.watched.forEach(({ species, direction, level }, e) => {
      const at = address + e * L.E_BYTES;
      this.engine.doubles(at, 1)[L.E_LEVEL] = level;
      const words = this.engine.words(at, L.E_BYTES / 4);
      words[L.E_UNKNOWN] = slotOf(problem, species);
      words[L.E_DIRECTION] = direction === 'rises' ? 1 : -1;
    });
    return address;
  }

  private takeRows(): void {
    const { problem, words } = this.current();
    const width = widthOf(problem);
    const used = words[L.R_ROWS_USED];
    if (used === 0) return;
    const { dynamic, eliminated } = problem;
    const rows = this.engine.doubles(words[L.R_ROWS], used * width);
    const { sink, saveAt } = this.stretch as Stretch;
    // Held species keep the values of the state vector, which `commit` alone changes.
    this.row.set(this.state);
    for (let r = 0; r < used; r++) {
      const at = r * width;
      for (let i = 0; i < dynamic.length; i++) this.row[dynamic[i]] = rows[at + i];
      for (let m = 0; m < eliminated.length; m++) {
        this.row[eliminated[m]] = rows[at + dynamic.length + 1 + m];
      }
      sink(saveAt[this.saved++], this.row);
    }
    words[L.R_ROWS_USED] = 0;
  }

  private tooSmall(): SolveFailure {
    const { work, problem, words } = this.current();
    const blamed = this.speciesNames[speciesAt(problem, words[L.R_SPECIES])];
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
