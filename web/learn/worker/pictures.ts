import { type Learner, traceExample } from 'neural-crn/learning';
import type { Plane } from './plane';
import type { MapFrame, TraceFrame } from './protocol';

/** Part of the time that may go into pictures while it learns: what they cost is waited for so many times over. */
const PATIENCE = 4;
/** Least time between two traces (milliseconds). */
const TRACE_EVERY = 90;
/** Sides of the decision map: while it learns, and then finer and finer. */
const COARSE = 16;
const FINE = [28, 56];
/** Intervals of a trace in each phase. */
const INTERVALS = 64;

/** The pictures of a run that take chemistry of their own: one example's concentrations, and the decision map. */
export class Pictures {
  trace: TraceFrame | undefined;
  map: MapFrame | undefined;
  #traceNext = 0;
  #mapNext = 0;

  constructor(
    private readonly learner: Learner,
    private readonly plane: Plane | null,
  ) {}

  /** The next trace is made whatever the last one cost. */
  hurry(): void {
    this.#traceNext = 0;
  }

  /** A trace of a row of the training set, when there is time for one, or `now`. */
  async updateTrace(row: number, now: boolean): Promise<void> {
    const began = performance.now();
    if (!now && began < this.#traceNext) return;
    const { inputs, targets } = this.learner.task.train;
    const example = Math.min(row, inputs.length - 1);
    const trace = await traceExample(
      this.learner.model(),
      { inputs: inputs[example], target: targets[example] },
      { intervals: INTERVALS },
    );
    const { times, concentrations, species, phases, prediction } = trace;
    const values = new Float32Array(species.length * times.length);
    concentrations.forEach((levels, k) => {
      levels.forEach((level, s) => {
        values[s * times.length + k] = level;
      });
    });
    this.trace = { times: Float32Array.from(times), values, phases, example, prediction };
    const cost = performance.now() - began;
    this.#traceNext = performance.now() + Math.max(TRACE_EVERY, PATIENCE * cost);
  }

  /** A coarse decision map, when there is time for one. */
  async updateMap(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    if (this.plane === null || began < this.#mapNext) return;
    await this.#mapOf(this.plane, COARSE, signal);
    this.#mapNext = performance.now() + PATIENCE * (performance.now() - began);
  }

  /** Finer and finer maps, each of which is shown, until there is something else to do. */
  async refine(signal: AbortSignal, show: () => Promise<boolean>): Promise<void> {
    if (this.plane === null) return;
    for (const side of FINE) {
      await this.#mapOf(this.plane, side, signal);
      if (!(await show())) return;
    }
  }

  async #mapOf({ x, y }: Plane, side: number, signal: AbortSignal): Promise<void> {
    const at = ([from, to]: [number, number], k: number) => from + ((k + 0.5) / side) * (to - from);
    const rows = Array.from({ length: side * side }, (_, k) => [
      at(x, k % side),
      at(y, Math.floor(k / side)),
    ]);
    const values = await this.learner.predict(rows, { signal });
    this.map = { side, values: Float32Array.from(values), epoch: Math.max(0, this.learner.epoch) };
  }
}
