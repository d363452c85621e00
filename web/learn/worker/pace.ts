/** Time over which examples are counted (milliseconds). */
const COUNTED = 400;

/** How many examples a second are learned, lately. */
export class Pace {
  perSecond = 0;
  #from = 0;
  #steps = 0;

  /** Begins to count at so many examples. */
  begin(steps: number): void {
    this.#from = performance.now();
    this.#steps = steps;
  }

  count(steps: number): void {
    const elapsed = performance.now() - this.#from;
    if (elapsed < COUNTED) return;
    this.perSecond = ((steps - this.#steps) / elapsed) * 1000;
    this.begin(steps);
  }
}
