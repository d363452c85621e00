import type { CompiledProblem } from '../compile/compile.js';
import type { Engine } from '../engine/types.js';
import type { FoldRun } from './fold-run.js';
import type { PhaseProblems } from './phase-problems.js';
import { type Placed, placeProblem } from './placed.js';
import { allocate, Room } from './scratch.js';
import type { Settings } from './settings.js';

/** Fillings besides the first whose problems stay in place. */
const OTHERS = 2;

/**
 * Sets of problems that a vessel is filled with, one at a time: the first for good, of others those last used. The memory
 * of what goes is used again.
 */
export class Fillings {
  /** The present problems, by phase. */
  placed: Placed[];
  private now: PhaseProblems;
  private readonly firstPlaced: Placed[];
  /** In place beside the first; those last used come last. */
  private readonly others = new Map<PhaseProblems, Placed[]>();
  private readonly room: Room;

  constructor(
    private readonly engine: Engine,
    private readonly first: PhaseProblems,
    settings: Settings,
  ) {
    this.room = new Room(engine);
    this.firstPlaced = first.problems.map((problem, p) => this.forGood(problem, settings, first.folds?.[p]));
    this.placed = this.firstPlaced;
    this.now = first;
  }

  get present(): PhaseProblems {
    return this.now;
  }

  /** Takes other problems for the present ones; their settings are to be written. */
  use(filling: PhaseProblems, settings: Settings): void {
    const { first, others, room } = this;
    let placed = filling === first ? this.firstPlaced : others.get(filling);
    if (placed === undefined) {
      this.makeRoom();
      placed = filling.problems.map((problem, p) =>
        placeProblem(this.engine, problem, settings, (bytes) => room.take(bytes), filling.folds?.[p]),
      );
    }
    others.delete(filling);
    if (filling !== first) others.set(filling, placed);
    this.placed = placed;
    this.now = filling;
  }

  /** Gives a phase of the present problems factors with all their fill, for good. */
  complete(phase: number, settings: Settings): void {
    this.placed[phase] = this.forGood(this.now.complete(phase), settings, this.now.folds?.[phase]);
  }

  private forGood(problem: CompiledProblem, settings: Settings, fold: FoldRun | undefined): Placed {
    return placeProblem(this.engine, problem, settings, (bytes) => allocate(this.engine, bytes), fold);
  }

  private makeRoom(): void {
    for (const [oldest, gone] of this.others) {
      if (this.others.size < OTHERS) return;
      this.others.delete(oldest);
      for (const { record, work, unfold } of gone) {
        this.room.free(record);
        this.room.free(work);
        if (unfold !== 0) this.room.free(unfold);
      }
    }
  }
}
