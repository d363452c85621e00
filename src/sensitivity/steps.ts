import { TAPE_SLOTS } from '../../assembly/sensitivity/layout';

/** Numbers in a row that grows. */
class Numbers {
  values = new Float64Array(64);
  length = 0;

  /** Adds `count` numbers of an array from `first` on: mostly so few that views would cost more than they save. */
  push(numbers: Float64Array, first: number, count: number): void {
    const needed = this.length + count;
    if (needed > this.values.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.values.length));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    for (let i = 0; i < count; i++) this.values[this.length + i] = numbers[first + i];
    this.length = needed;
  }
}

/** The steps of a stretch, with the states before every so many of them. */
export class Steps {
  private readonly made = new Numbers();
  private readonly states = new Numbers();
  private stride = 1;

  /** @param count unknowns */
  constructor(readonly count: number) {}

  get length(): number {
    return this.made.length / TAPE_SLOTS;
  }

  /**
   * Adds the entry that begins at `first` in a piece of the kernel's tape.
   * @param stride that of all stretches
   * @returns whether its state is kept
   */
  add(tape: Float64Array, first: number, stride: number): boolean {
    this.stride = stride;
    const isKept = this.length % stride === 0;
    this.made.push(tape, first, TAPE_SLOTS);
    if (isKept) this.states.push(tape, first + TAPE_SLOTS, this.count);
    return isKept;
  }

  /** A number of a step, by its slot (TAPE_*). */
  of(step: number, slot: number): number {
    return this.made.values[step * TAPE_SLOTS + slot];
  }

  /** The last step at or before this one whose state is kept. */
  keptBefore(step: number): number {
    return step - (step % this.stride);
  }

  /** Writes the state before a step, one that is kept. */
  read(step: number, to: Float64Array): void {
    const { count } = this;
    const at = (step / this.stride) * count;
    for (let i = 0; i < count; i++) to[i] = this.states.values[at + i];
  }

  /** Keeps the states of a larger stride, twice the one before. @returns how many there are */
  thin(stride: number): number {
    const { count, states } = this;
    if (this.stride === stride) return states.length / count;
    const left = Math.ceil(this.length / stride);
    const thinner = new Float64Array(Math.max(64, left * count));
    for (let i = 0; i < left; i++) {
      thinner.set(states.values.subarray(2 * i * count, (2 * i + 1) * count), i * count);
    }
    states.values = thinner;
    states.length = left * count;
    this.stride = stride;
    return left;
  }
}
