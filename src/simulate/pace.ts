/**
 * Attempts of the first slice and of the largest, and how long one should take: short enough to answer, long enough to
 * be free. (A slice also ends when a batch of rows is full, so its length in time says little about its attempts.)
 */
const FIRST_SLICE = 64;
const LARGEST_SLICE = 1 << 20;
const SLICE_MILLISECONDS = 8;
/** A run begins with slices as long as the vessel's last ones, but no longer: its own attempts may be dearer. */
const LARGEST_FIRST = 512;

/** How long slices are, and when the caller has the word. It asks for the time once a slice. */
export class Pace {
  /** Attempts of the next slice. */
  slice: number;
  private now = performance.now();
  /** When the caller last had the word. */
  private rested = this.now;
  private readonly deadline: number;

  /** @param slice what has been found good for the vessel's last run */
  constructor(maxSeconds: number, slice = FIRST_SLICE) {
    this.slice = Math.min(slice, LARGEST_FIRST);
    this.deadline = this.now + maxSeconds * 1000;
  }

  /** Looks at the clock after a slice. @param whole whether all of its attempts were made */
  look(whole: boolean): void {
    const before = this.now;
    this.now = performance.now();
    if (!whole) return;
    const took = this.now - before;
    if (took < SLICE_MILLISECONDS / 2) this.slice = Math.min(this.slice * 2, LARGEST_SLICE);
    else if (took > SLICE_MILLISECONDS * 2) this.slice = Math.max(1, this.slice >> 1);
  }

  get isOver(): boolean {
    return this.now > this.deadline;
  }

  get mayPause(): boolean {
    return this.now - this.rested >= SLICE_MILLISECONDS;
  }

  /** The caller has had the word. */
  rest(): void {
    this.now = performance.now();
    this.rested = this.now;
  }
}
