import { applyDoses, type PlannedPhase, type Segment } from './plan.js';
import type { Settings } from './settings.js';
import type { Stats } from './types.js';
import type { RowSink, Vessel } from './vessel.js';

/** Attempts of the first slice, and how long a slice should take: short enough to answer, long enough to be free. */
const FIRST_SLICE = 64;
const SLICE_MILLISECONDS = 8;

export interface RunRequest {
  phases: readonly PlannedPhase[];
  /** Stretches in order, the last ending at `to`; those that begin a phase get its doses first. */
  segments: Iterable<Segment>;
  to: number;
  saveAt: Float64Array;
  sink: RowSink;
  settings: Settings;
  stats: Stats;
  signal?: AbortSignal | undefined;
}

/** Where a run is, told between slices. */
export interface Progress {
  time: number;
  steps: number;
}

/**
 * Integrates stretches of a schedule from the vessel's present state, in slices: the caller drives it, at once or with pauses.
 * @throws SolveFailure when the end is not reached; the vessel's state is then where it stopped
 */
export function* integrate(vessel: Vessel, request: RunRequest): Generator<Progress, void> {
  const { phases, to, saveAt, settings, stats } = request;
  const deadline = performance.now() + settings.maxSeconds * 1000;
  let attemptsLeft = settings.maxSteps;
  let slice = FIRST_SLICE;
  let next = 0;
  for (const segment of request.segments) {
    if (segment.begins) applyDoses(vessel.state, phases[segment.phase], vessel.speciesNames);
    // A row at an edge shows the state after the doses; the very last one has no phase after it.
    const first = next;
    while (next < saveAt.length && (saveAt[next] < segment.to || segment.to === to)) next++;
    vessel.begin({
      phase: segment.phase,
      from: segment.from,
      to: segment.to,
      saveAt: saveAt.subarray(first, next),
      sink: request.sink,
      stepsBefore: stats.steps,
    });
    try {
      for (;;) {
        const began = performance.now();
        if (vessel.advance(Math.min(slice, attemptsLeft - vessel.attempts))) break;
        if (vessel.attempts >= attemptsLeft) throw vessel.stop('stepLimit');
        const now = performance.now();
        if (now > deadline) throw vessel.stop('timeLimit');
        if (now - began < SLICE_MILLISECONDS / 2) slice *= 2;
        else if (now - began > SLICE_MILLISECONDS * 2 && slice > 1) slice >>= 1;
        yield { time: vessel.time, steps: vessel.steps };
        if (request.signal?.aborted) throw vessel.stop('cancelled');
      }
    } finally {
      vessel.count(stats);
    }
    attemptsLeft -= vessel.attempts;
  }
}

/** Drives a run to its end at once. */
export function drive(run: Generator<Progress, void>): void {
  while (!run.next().done);
}
