import * as L from '../../assembly/layout';
import type { Tableau } from '../../assembly/tableaus';
import { type CompiledProblem, slotOf, speciesAt, widthOf } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import type { KernelUse } from '../kernels/generated.js';
import { CodeUse } from './code-use.js';
import { type FailureCode, SolveFailure, stiffHint, stuckHint } from './failure.js';
import { Fillings } from './fillings.js';
import type { FoldRun } from './fold-run.js';
import type { Follower } from './follower.js';
import type { PhaseProblems } from './phase-problems.js';
import { type Placed, refreshViews, writeSettings } from './placed.js';
import type { PlannedEvent } from './plan.js';
import { allocate, Scratch } from './scratch.js';
import type { Settings } from './settings.js';
import { addCounters, attemptsOf } from './stats.js';
import type { Berth, Outcome, Stretch } from './stretch.js';
import { type PlacedTables, placeTables } from './tableau-record.js';
import type { Stats } from './types.js';

/** A run whose steps vanish has blown up when its largest concentration has grown this much. */
const GROWN = 1e3;
/** Stiff-looking steps of late that name stiffness as the reason for running out of steps. */
const STIFF_STREAK = 20;
/** Absolute tolerances that an interpolant of fast species may be off by; twenty have been seen. */
const INTERPOLANT = 100;
/** Doubles that one batch of saved rows may take in kernel memory. */
const ROW_BUFFER = 1 << 16;

const NOTHING: PlannedEvent[] = [];

/**
 * An engine's memory filled for one network: one state vector of all species, every phase's compiled problem with its
 * workspace, and the methods' tables. Integrates one stretch at a time, in slices. It may be filled with other problems
 * between runs.
 */
export class Vessel {
  private readonly fillings: Fillings;
  private readonly code: CodeUse;
  private readonly stateAddress: number;
  /** Doubles of the state: species, what folded phases have of their own, and a 1. */
  private readonly slots: number;
  private readonly tables: PlacedTables;
  private readonly scratch: Scratch;
  private stateView: Float64Array = new Float64Array(0);
  /** What it is a view of. */
  private stateBuffer: ArrayBuffer | undefined;
  private stretch: Stretch | undefined;
  /** Attempts of a slice that is neither too short nor too long, as far as the last run has found out. */
  slice: number | undefined;
  follower: Follower | undefined;
  private saved = 0;
  private largestAtStart = 0;
  private watched: PlannedEvent[] = [];
  /** Whether the present stretch has gains that are to be added. */
  private isFolded = false;
  private readonly row: Float64Array;

  constructor(
    readonly engine: Engine,
    readonly speciesNames: readonly string[],
    first: PhaseProblems,
    private settings: Settings,
  ) {
    // One slot more than species: the kernel keeps a 1 there.
    const slots = (first.folds ?? []).reduce(
      (most, fold) => Math.max(most, fold?.slots ?? 0),
      speciesNames.length + 1,
    );
    this.slots = slots;
    this.stateAddress = allocate(engine, slots * 8);
    this.tables = placeTables(engine);
    this.fillings = new Fillings(engine, first, settings);
    this.code = new CodeUse(engine);
    this.scratch = new Scratch(engine);
    this.row = new Float64Array(speciesNames.length);
    this.state.fill(0);
    this.write();
  }

  /** Concentrations in the network's order. The same memory for as long as the engine's does not grow. */
  get state(): Float64Array {
    const { buffer } = this.engine;
    if (this.stateBuffer !== buffer) {
      this.stateBuffer = buffer;
      this.stateView = this.engine.doubles(this.stateAddress, this.speciesNames.length);
    }
    return this.stateView;
  }

  /** Takes other tolerances, constants, method or problems for the stretches that follow. */
  configure(settings: Settings, filling: PhaseProblems = this.fillings.present): void {
    const known = this.settings;
    this.settings = settings;
    const refilled = filling !== this.fillings.present;
    if (refilled) this.fillings.use(filling, settings);
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
    const { folds } = this.fillings.present;
    this.fillings.placed.forEach((placed, p) => {
      writeSettings(this.engine, placed, settings, folds?.[p]?.numbers(settings) ?? settings);
    });
  }

  /** Gives a phase factors with all their fill, for good. Ends the present stretch. */
  complete(phase: number): void {
    this.fillings.complete(phase, this.settings);
    this.write();
  }

  /** Begins a stretch from the present state. */
  begin(stretch: Stretch): void {
    const { engine, settings, scratch } = this;
    this.stretch = stretch;
    const given = this.fillings.placed[stretch.phase];
    // One-step methods know no GMRES.
    if (given.problem.incomplete && given.choice.first.family !== 'multistep') this.complete(stretch.phase);
    const { record, work, problem, choice } = this.current();
    const width = widthOf(problem);
    const times = stretch.saveAt.length;
    const numbers = width * (1 + (this.follower?.width ?? 0));
    const capacity = Math.max(1, Math.min(times, Math.floor(ROW_BUFFER / Math.max(1, numbers))));
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
      const { doubles } = engine.all;
      const first = timesAddress >> 3;
      for (let i = 0; i < times; i++) doubles[first + i] = stretch.saveAt[i] - stretch.from;
    }
    // Only now: making room may have let the memory grow.
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
    this.code.begin();
    words[L.R_CODE] = this.code.placeOf(this.current(), settings, 1);
    this.isFolded = false;
    this.fold?.begin(this.engine.doubles(this.stateAddress, this.slots));
    engine.kernel.start(work);
    this.fold?.check(this, settings.atol);
    this.isFolded = this.fold !== undefined;
    this.follower?.begin(this.current(), stretch);
  }

  /** Goes on by itself for at most `attempts` attempted steps. */
  advance(attempts: number): Outcome {
    const placed = this.current();
    const { work, words } = placed;
    // Generated kernels go on where interpreted ones stopped: both leave the same bits in the workspace.
    if (words[L.R_CODE] === 0) words[L.R_CODE] = this.code.placeOf(placed, this.settings, 1);
    this.code.generated = words[L.R_CODE] !== 0;
    const status = this.engine.kernel.advance(work, attempts);
    this.code.note(placed, this.settings, this.attempts, 1);
    return this.settle(status);
  }

  /** First place of generated kernels of two runs of the present stretch; 0 while interpreted ones are to be used. */
  get codeOfTwo(): number {
    return this.code.placeOf(this.current(), this.settings, 2);
  }

  /** As `settle`, of work done in company, by generated kernels or not. */
  settleInCompany(status: number, generated: boolean): Outcome {
    this.code.generated = generated;
    this.code.note(this.current(), this.settings, this.attempts, 2);
    return this.settle(status);
  }

  /**
   * Takes what the kernel's work came to, by its status. At the end, at a crossing and where GMRES does not serve
   * ('unsolved') the state is that of the present time, after a failure that of the last accepted step, and the stretch
   * is over.
   */
  private settle(status: number): Outcome {
    const { words } = this.current();
    this.takeRows();
    if (status === L.STEP_TOO_SMALL) {
      if (words[L.R_CAUSE] !== L.CAUSE_LINEAR) return this.tooSmall();
      this.commit();
      return 'unsolved';
    }
    if (status !== L.DONE && status !== L.EVENT) return 'running';
    this.commit();
    this.fold?.check(this, this.settings.atol);
    if (status === L.DONE) return 'done';
    this.clearNegatives();
    return { crossed: this.watched[words[L.R_EVENT]] };
  }

  /** The present stretch as lanes see it. */
  get berth(): Berth {
    const { problem, work, choice } = this.current();
    const { maxSeconds } = this.settings;
    return { problem, choice, work, watches: this.watched.length > 0, maxSeconds };
  }

  /** The method by which the present stretch goes on. */
  get method(): Tableau {
    const { words, choice } = this.current();
    const { first, other = first } = choice;
    return words[L.R_TABLE] === this.tables[first.name] ? first : other;
  }

  /** Rows of the present stretch that the sink has had. */
  get rowsSaved(): number {
    return this.saved;
  }

  /** Ends the stretch where it is: the state becomes that of the last accepted step. */
  stop(code: FailureCode, species?: string, hint?: string): SolveFailure {
    this.commit();
    const stalled = (code === 'stepLimit' || code === 'timeLimit') && this.looksStiff;
    const toTry = stalled ? stiffHint : hint;
    return new SolveFailure(code, { time: this.time, step: this.steps, species, hint: toTry });
  }

  /** What the last stretch ended with. */
  get kernels(): KernelUse {
    if (this.stretch === undefined) return { kind: 'interpreted', note: undefined };
    return this.code.of(this.current(), this.settings);
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

  private get fold(): FoldRun | undefined {
    return this.fillings.present.folds?.[(this.stretch as Stretch).phase];
  }

  /** Makes the state that of the present time. */
  private commit(): void {
    this.engine.kernel.commit(this.current().work);
    // What a stretch has gained is added once.
    if (this.isFolded) {
      this.engine.kernel.unfold(this.current().unfold, this.stateAddress);
      this.fold?.end(this.engine.doubles(this.stateAddress, this.slots));
    }
    this.isFolded = false;
  }

  /**
   * The state at a crossing is read off an interpolant, which is less exact than the step's ends where species are fast: rails
   * that annihilate come out below 0. What is no lower than that error is 0, for a run from there would be refused.
   */
  private clearNegatives(): void {
    const { state } = this;
    const { atol } = this.settings;
    for (const s of this.current().problem.dynamic) {
      if (state[s] < 0 && state[s] >= -INTERPOLANT * atol[s]) state[s] = 0;
    }
  }

  private current(): Placed {
    return refreshViews(this.engine, this.fillings.placed[(this.stretch as Stretch).phase]);
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
    this.follower?.take(this.current());
    const { problem, words } = this.current();
    const width = widthOf(problem);
    const used = words[L.R_ROWS_USED];
    if (used === 0) return;
    const { dynamic, eliminated } = problem;
    const rows = this.engine.all.doubles;
    const first = words[L.R_ROWS] >> 3;
    const { sink, saveAt } = this.stretch as Stretch;
    // Held species keep the values of the state vector, which `commit` alone changes.
    this.row.set(this.state);
    for (let r = 0; r < used; r++) {
      const at = first + r * width;
      for (let i = 0; i < dynamic.length; i++) this.row[dynamic[i]] = rows[at + i];
      for (let m = 0; m < eliminated.length; m++) {
        this.row[eliminated[m]] = rows[at + dynamic.length + 1 + m];
      }
      sink(saveAt[this.saved++], this.row);
    }
    words[L.R_ROWS_USED] = 0;
  }

  private tooSmall(): SolveFailure {
    const { problem, words } = this.current();
    // Of a folded phase the last unknowns are none of the network's species.
    const blamed: string | undefined = this.speciesNames[speciesAt(problem, words[L.R_SPECIES])];
    if (words[L.R_CAUSE] === L.CAUSE_NEGATIVE) return this.stop('negative', blamed);
    if (words[L.R_CAUSE] === L.CAUSE_SINGULAR) return this.stop('singular', blamed);
    // What grows without bound is what there is most of.
    this.commit();
    const own = problem.dynamic.filter((s) => s < this.speciesNames.length);
    let largest = own[0];
    for (const s of own) if (this.state[s] > this.state[largest]) largest = s;
    const grown = this.state[largest] > GROWN * this.largestAtStart;
    return grown
      ? this.stop('blowUp', this.speciesNames[largest])
      : this.stop('blowUp', blamed ?? this.speciesNames[largest], stuckHint);
  }
}
