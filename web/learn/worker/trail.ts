/** A list as it is drawn: of a long one evenly spaced entries, the first and the last among them. */
export function thinned<T>(list: readonly T[], most = 600): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]);
}

/** Rows over time in bounded memory: when full, every other one is dropped, and half as many are added from then on. */
export class Trail {
  readonly width: number;
  readonly #most: number;
  #steps: number[] = [];
  #rows: Float32Array[] = [];
  #every = 1;

  constructor(width: number, most = 512) {
    this.width = width;
    this.#most = most;
  }

  /** Adds a row, unless it lies between those that are kept. */
  add(step: number, row: readonly number[]): void {
    if (step % this.#every !== 0) return;
    this.#steps.push(step);
    this.#rows.push(Float32Array.from(row));
    if (this.#steps.length < this.#most) return;
    this.#every *= 2;
    const kept = this.#steps.flatMap((at, k) => (at % this.#every === 0 ? [k] : []));
    this.#steps = kept.map((k) => this.#steps[k]);
    this.#rows = kept.map((k) => this.#rows[k]);
  }

  /** A copy, values row by row. */
  copy(): { steps: Float64Array; values: Float32Array; width: number } {
    const values = new Float32Array(this.#rows.length * this.width);
    for (const [k, row] of this.#rows.entries()) values.set(row, k * this.width);
    return { steps: Float64Array.from(this.#steps), values, width: this.width };
  }
}
