import type { Learner, StepRecord } from 'neural-crn/learning';
import { Pace } from '../../learn/worker/pace';
import type { RunFrames } from '../../learn/worker/session';
import type { DigitPictures } from './pictures';
import type { Frame, Reading, Reply } from './protocol';

/** Examples of which the part of right answers is told, and after how many it is told again. */
const WINDOW = 200;
const TOLD_EVERY = 20;
/** Points of that curve; of more every second is dropped. */
const MOST = 600;
/** Least time between two pictures of the weights (milliseconds). */
const WEIGHTS_EVERY = 120;

/** What the page is shown of a run: each time what has changed since it last drew. */
export class DigitFrames implements RunFrames {
  last: StepRecord | undefined;
  drawn = true;
  readonly #pace = new Pace();
  readonly #right: boolean[] = [];
  #running: { step: number; part: number }[] = [];
  #every = TOLD_EVERY;
  readonly #sent = { history: -1, running: -1, weights: -1, reading: undefined as Reading | undefined };
  #weightsNext = 0;

  constructor(
    private readonly id: number,
    private readonly learner: Learner,
    private readonly pictures: DigitPictures,
    private readonly post: (reply: Reply, transfer?: Transferable[]) => void,
  ) {}

  begin(): void {
    this.#pace.begin(this.learner.steps);
  }

  add(step: StepRecord): void {
    const { steps } = this.learner;
    this.last = step;
    this.#pace.count(steps);
    this.#right.push(step.prediction === step.target);
    if (this.#right.length > WINDOW) this.#right.shift();
    if (steps % this.#every !== 0) return;
    const part = this.#right.filter((right) => right).length / this.#right.length;
    this.#running.push({ step: steps, part });
    if (this.#running.length < MOST) return;
    this.#every *= 2;
    this.#running = this.#running.filter(({ step }) => step % this.#every === 0);
  }

  send(still: boolean): void {
    const { learner, pictures, last } = this;
    const frame: Frame = {
      kind: 'frame',
      id: this.id,
      epoch: learner.epoch,
      visited: learner.visited,
      rows: learner.task.train.inputs.length,
      steps: learner.steps,
      perSecond: this.#pace.perSecond,
    };
    const transfer: Transferable[] = [];
    if (last) {
      const { sample, prediction, target, step } = last;
      frame.last = { sample, prediction, target, step };
    }
    this.#addHistory(frame);
    this.#addWeights(frame, still);
    const { reading } = pictures;
    if (reading && this.#sent.reading !== reading) {
      this.#sent.reading = reading;
      frame.reading = reading;
      transfer.push(reading.nodes.buffer, reading.outputs.buffer);
    }
    this.drawn = false;
    this.post(frame, transfer);
  }

  #addHistory(frame: Frame): void {
    const { history, predictions } = this.learner;
    if (this.#sent.history !== history.length) {
      this.#sent.history = history.length;
      frame.history = [...history];
      if (predictions) frame.predicted = Uint8Array.from(predictions.validation);
    }
    const latest = this.#running[this.#running.length - 1]?.step ?? 0;
    if (this.#sent.running === latest) return;
    this.#sent.running = latest;
    frame.running = {
      steps: Float64Array.from(this.#running, ({ step }) => step),
      parts: Float32Array.from(this.#running, ({ part }) => part),
    };
  }

  #addWeights(frame: Frame, still: boolean): void {
    const now = performance.now();
    const { steps, weights } = this.learner;
    if (this.#sent.weights === steps || (!still && now < this.#weightsNext)) return;
    this.#weightsNext = now + WEIGHTS_EVERY;
    this.#sent.weights = steps;
    frame.weights = { theta: Float32Array.from(weights.theta), W: Float32Array.from(weights.W ?? []) };
  }
}
