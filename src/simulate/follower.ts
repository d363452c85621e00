import type { Placed } from './placed.js';
import type { PlannedDose, PlannedEvent } from './plan.js';
import type { Prepared } from './prepare.js';
import type { Stretch } from './stretch.js';

/** What goes along with the runs of a vessel and is told of all that moves their state: their sensitivities. */
export interface Follower {
  /** A run begins. */
  start(prepared: Prepared): void;
  /** Numbers that it saves with every row, in widths of the row. */
  readonly width: number;
  /** The kernel has begun a stretch in the workspace of `placed`, whose views may be stale afterwards. */
  begin(placed: Placed, stretch: Stretch): void;
  /** The kernel's rows are about to be taken. */
  take(placed: Placed): void;
  /**
   * The state is about to be dosed: at an edge of the schedule, or at a crossing. The workspace of the stretch before is as
   * that left it, but for the first edge, which has none.
   */
  turn(doses: readonly PlannedDose[], crossed: PlannedEvent | undefined): void;
}
