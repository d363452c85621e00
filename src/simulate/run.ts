import { SolveFailure } from './failure.js';
import { applyDoses, eventsOf, type PlannedEvent, type PlannedPhase, type Segment } from './plan.js';
import type { Settings } from './settings.js';
import type { Outcome, RowSink } from './stretch.js';
import type { Stats } from './types.js';
import type { Vessel } from './vessel.js';

/**
 * Attempts of the first slice and of the largest, and how long one should take: short enough to answer, long enough to
 * be free. (A slice also ends when a batch of rows is full, so its length in time says little about its attempts.)
 */
const FIRST_SLICE = 64;
const LARGEST_SLICE = 1 << 20;
const SLICE_MILLISECONDS = 8;

export interface RunRequest {
  phases: readonly PlannedPhase[];
  /**
   * Stretches in order, the last ending at `to`; those that begin a phase get its doses first. The iterator is told
   * where a stretch ended early, because the next phase started.
   */
  segments: { [Symbol.iterator](): Iterator<Segment, unknown, number | undefined> };
  to: number;
  events: readonly PlannedEvent[];
  saveAt: Float64Array;
  sink: RowSink;
  settings: Settings;
  stats: Stats;
  signal?: AbortSignal | undefined;
}

/**
 * A run under way. It yields how many attempts its vessel should go on for, and is given the outcome; or nothing, when
 * its driver may pause.
 */
export type Run = Generator<number | undefined, number, Outcome | undefined>;

/**
 * Integrates stretches of a schedule from the vessel's present state, in slices: a driver advances the vessel, by itself
 * or beside another, at once or with pauses.
 * @returns the time reached: `to`, or where an event stopped the run
 * @throws SolveFailure when the end is not reached; the vessel's state is then where it stopped
 */
export function* integrate(vessel: Vessel, request: RunRequest): Run {
  const { phases, events, to, saveAt, settings } = request;
  const began = performance.now();
  const pace: Pace = {
    deadline: began + settings.maxSeconds * 1000,
    attemptsLeft: settings.maxSteps,
    slice: FIRST_SLICE,
    rested: began,
  };
  let first = 0;
  const stretches = request.segments[Symbol.iterator]();
  let cut: number | undefined;
  for (let next = stretches.next(); !next.done; next = stretches.next(cut)) {
    const segment = next.value;
    cut = undefined;
    const { name, doses } = phases[segment.phase];
    const watched = eventsOf(phases, segment.phase, events);
    if (segment.begins) applyDoses(vessel.state, doses, vessel.speciesNames, `phase ${name}`);
    // A row at an edge shows the state after the doses; the very last one has no phase after it.
    let end = first;
    while (end < saveAt.length && (saveAt[end] < segment.to || segment.to === to)) end++;
    for (let from = segment.from; ; ) {
      vessel.begin({
        phase: segment.phase,
        from,
        to: segment.to,
        saveAt: saveAt.subarray(first, end),
        sink: request.sink,
        stepsBefore: request.stats.steps,
        events: watched,
      });
      const outcome = yield* finish(vessel, request, pace);
      first += vessel.rowsSaved;
      // Stretches may be short and many: the clock is looked at between them too.
      yield* breathe(vessel, request, pace);
      if (outcome === 'done') break;
      if (outcome === 'unsolved') {
        request.stats.fallbacks++;
        from = vessel.time;
        vessel.complete(segment.phase);
        continue;
      }
      request.stats.events++;
      const { species, direction, level, doses: due, after } = outcome.crossed;
      from = vessel.time;
      if (after === 'stop') return from;
      const crossing = `${vessel.speciesNames[species]} ${direction} ${level}`;
      applyDoses(vessel.state, due, vessel.speciesNames, crossing);
      if (after === 'goOn') continue;
      cut = from;
      break;
    }
  }
  return to;
}

interface Pace {
  deadline: number;
  attemptsLeft: number;
  slice: number;
  /** When the caller last had the word. */
  rested: number;
}

/** Looks at the clock and, now and then, lets the caller have the word. */
function* breathe(
  vessel: Vessel,
  { signal }: RunRequest,
  pace: Pace,
): Generator<undefined, void, Outcome | undefined> {
  const now = performance.now();
  if (now > pace.deadline) throw vessel.stop('timeLimit');
  if (now - pace.rested < SLICE_MILLISECONDS) return;
  yield;
  if (signal?.aborted) throw vessel.stop('cancelled');
  pace.rested = performance.now();
}

type Ended = Exclude<Outcome, 'running' | SolveFailure>;

/** Goes on with the vessel's stretch, slice by slice, until it is over. Its work is counted however it ends. */
function* finish(
  vessel: Vessel,
  request: RunRequest,
  pace: Pace,
): Generator<number | undefined, Ended, Outcome | undefined> {
  try {
    for (;;) {
      const began = performance.now();
      const outcome = (yield Math.min(pace.slice, pace.attemptsLeft - vessel.attempts)) as Outcome;
      if (outcome instanceof SolveFailure) throw outcome;
      if (outcome !== 'running') return outcome;
      if (vessel.attempts >= pace.attemptsLeft) throw vessel.stop('stepLimit');
      const took = performance.now() - began;
      if (took < SLICE_MILLISECONDS / 2) pace.slice = Math.min(pace.slice * 2, LARGEST_SLICE);
      else if (took > SLICE_MILLISECONDS * 2) pace.slice = Math.max(1, pace.slice >> 1);
      yield* breathe(vessel, request, pace);
    }
  } finally {
    vessel.count(request.stats);
    pace.attemptsLeft -= vessel.attempts;
  }
}

/** Drives a run by itself. @returns what the run yields next, when its driver may pause, or its end */
export function goOn(vessel: Vessel, run: Run): IteratorResult<undefined, number> {
  for (let step = run.next(); ; ) {
    if (step.done) return step;
    if (step.value === undefined) return { done: false, value: undefined };
    step = run.next(vessel.advance(step.value));
  }
}

/** Drives a run to its end at once. */
export function drive(vessel: Vessel, run: Run): number {
  for (;;) {
    const step = goOn(vessel, run);
    if (step.done) return step.value;
  }
}
