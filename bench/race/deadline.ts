import { TooSlow } from './contestant.js';

/** A look at the clock costs as much as a small derivative. */
const LOOK_EVERY = 64;

/** Ends a solver that has no time limit of its own: its derivative asks here. */
export class Deadline {
  private calls = 0;
  private end = Number.POSITIVE_INFINITY;

  constructor(private readonly seconds: number) {}

  /** At the start of a solve. */
  start(): void {
    this.end = performance.now() + this.seconds * 1000;
  }

  /** @throws TooSlow when the time is up */
  check(): void {
    if (++this.calls % LOOK_EVERY === 0 && performance.now() > this.end) throw new TooSlow(this.seconds);
  }
}
