import type { Learner, StepRecord } from 'neural-crn/learning';
import { Pace } from './pace';
import type { Pictures } from './pictures';
import type { Frame, Reply } from './protocol';
import { Trail, thinned } from './trail';

/** Least time between two pictures of the weights (milliseconds). */
const WEIGHTS_EVERY = 150;

/** What the page is shown of a run: each time what has changed since it last drew. */
export class Frames {
  /** What was learned last. */
  last: StepRecord | undefined;
  /** The page has drawn the last frame. */
  drawn = true;
  readonly #trail: Trail;
  /** What the page has already. */
  readonly #sent = { history: -1, map: undefined as unknown, trace: undefined as unknown, weights: -1 };
  #weightsNext = 0;
  readonly #pace = new Pace();

  constructor(
    private readonly id: number,
    private readonly learner: Learner,
    private readonly pictures: Pictures,
    private readonly post: (reply: Reply, transfer?: Transferable[]) => void,
  ) {
    const { theta } = learner.weights;
    this.#trail = new Trail(theta.length);
    this.#trail.add(learner.steps, theta);
  }

  /** Begins to count examples a second. */
  begin(): void {
    this.#pace.begin(this.learner.steps);
  }

  /** Takes up what was just learned. */
  add(step: StepRecord): void {
    const { steps } = this.learner;
    this.last = step;
    this.#trail.add(steps, step.theta);
    this.#pace.count(steps);
  }

  /** Posts what has changed; weights that change all the time only now and then, or when all is `still`. */
  send(still: boolean): void {
    const { learner, pictures } = this;
    const frame: Frame = {
      kind: 'frame',
      id: this.id,
      epoch: learner.epoch,
      visited: learner.visited,
      rows: learner.task.train.inputs.length,
      steps: learner.steps,
      perSecond: this.#pace.perSecond,
      ...(this.last && { last: this.last }),
    };
    const transfer: Transferable[] = [];
    this.#addHistory(frame);
    this.#addWeights(frame, transfer, still);
    if (pictures.map && this.#sent.map !== pictures.map) {
      this.#sent.map = pictures.map;
      frame.map = pictures.map;
    }
    if (pictures.trace && this.#sent.trace !== pictures.trace) {
      this.#sent.trace = pictures.trace;
      frame.trace = pictures.trace;
      transfer.push(pictures.trace.values.buffer);
    }
    this.drawn = false;
    this.post(frame, transfer);
  }

  #addHistory(frame: Frame): void {
    const { history, predictions } = this.learner;
    if (this.#sent.history === history.length) return;
    frame.history = thinned(history);
    if (predictions) {
      frame.predictions = {
        train: Float32Array.from(predictions.train),
        validation: Float32Array.from(predictions.validation),
      };
    }
    this.#sent.history = history.length;
  }

  #addWeights(frame: Frame, transfer: Transferable[], still: boolean): void {
    const now = performance.now();
    const { steps } = this.learner;
    if (this.#sent.weights === steps || (!still && now < this.#weightsNext)) return;
    this.#weightsNext = now + WEIGHTS_EVERY;
    frame.weights = this.#trail.copy();
    transfer.push(frame.weights.values.buffer, frame.weights.steps.buffer);
    this.#sent.weights = steps;
  }
}
