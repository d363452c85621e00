import { type Learner, scaleInputs } from 'neural-crn/learning';
import type { RunPictures } from '../../learn/worker/session';
import type { Reading } from './protocol';
import type { Reader } from './reader';

/** Least time between two readings while it learns (milliseconds), and how many times over their cost is waited for. */
const EVERY = 60;
const PATIENCE = 4;

/** What the pot makes of the image that it is asked, or of the example just learned. */
export class DigitPictures implements RunPictures {
  reading: Reading | undefined;
  #asked: { ask: number; pixels: readonly number[] | null };
  #next = 0;

  constructor(
    private readonly learner: Learner,
    private readonly reader: Reader,
    asked: { ask: number; pixels: readonly number[] | null },
  ) {
    this.#asked = asked;
  }

  ask(ask: number, pixels: readonly number[] | null): void {
    this.#asked = { ask, pixels };
  }

  hurry(): void {
    this.#next = 0;
  }

  async updateTrace(row: number, now: boolean): Promise<void> {
    const began = performance.now();
    if (!now && began < this.#next) return;
    const { learner } = this;
    const { ask, pixels: given } = this.#asked;
    const pixels = given ?? learner.task.train.inputs[row];
    const read = this.reader.read(
      learner.model().parameters.concentrations,
      scaleInputs(learner.task.scaling, pixels),
    );
    this.reading = { ...read, ask, pixels: Float32Array.from(pixels), example: given ? null : row };
    const cost = performance.now() - began;
    this.#next = performance.now() + Math.max(EVERY, PATIENCE * cost);
  }
}
