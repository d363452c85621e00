import { SolveFailure } from './failure.js';
import { Pace } from './pace.js';
import { applyDoses, eventsOf, type PlannedEvent, type PlannedPhase, type Segment } from './plan.js';
import type { Settings } from './settings.js';
import type { Outcome, RowSink } from './stretch.js';
import type { Stats } from './types.js';
import type { Vessel } from './vessel.js';

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
  const { phases, events, to, saveAt, sink, settings, stats, signal } = request;
  const pace = new Pace(settings.maxSeconds, vessel.slice);
  let attemptsLeft = settings.maxSteps;
  let first = 0;
  const stretches = request.segments[Symbol.iterator]();
  let cut: number | undefined;
  for (let next = stretches.next(); !next.done; next = stretches.next(cut)) {
    const segment = next.value;
    cut = undefined;
    const { name, doses } = phases[segment.phase];
    const watched = eventsOf(phases, segment.phase, events);
    if (segment.begins) {
      vessel.follower?.turn(doses, undefined);
      applyDoses(vessel.state, doses, vessel.speciesNames, `phase ${name}`);
    }
    // A row at an edge shows the state after the doses; the very last one has no phase after it.
    let end = segment.to === to ? saveAt.length : first;
    while (end < saveAt.length && saveAt[end] < segment.to) end++;
    for (let from = segment.from; ; ) {
      vessel.begin({
        phase: segment.phase,
        from,
        to: segment.to,
        saveAt: part(saveAt, first, end),
        sink,
        stepsBefore: stats.steps,
        events: watched,
      });
      let outcome: Outcome = 'running';
      try {
        while (outcome === 'running') {
          outcome = (yield Math.min(pace.slice, attemptsLeft - vessel.attempts)) as Outcome;
          if (outcome instanceof SolveFailure) throw outcome;
          if (outcome === 'running' && vessel.attempts >= attemptsLeft) throw vessel.stop('stepLimit');
          // Stretches may be short and many: the clock is looked at between them too.
          pace.look(outcome === 'running');
          if (pace.isOver) throw vessel.stop('timeLimit');
          if (!pace.mayPause) continue;
          yield;
          if (signal?.aborted) throw vessel.stop('cancelled');
          pace.rest();
        }
      } finally {
        vessel.count(stats);
        vessel.slice = pace.slice;
        attemptsLeft -= vessel.attempts;
      }
      first += vessel.rowsSaved;
      if (outcome === 'done') break;
      if (outcome === 'unsolved') {
        stats.fallbacks++;
        from = vessel.time;
        vessel.complete(segment.phase);
        continue;
      }
      stats.events++;
      const { species, direction, level, doses: due, after } = outcome.crossed;
      from = vessel.time;
      if (after === 'stop') return from;
      const crossing = `${vessel.speciesNames[species]} ${direction} ${level}`;
      vessel.follower?.turn(due, outcome.crossed);
      applyDoses(vessel.state, due, vessel.speciesNames, crossing);
      if (after === 'goOn') continue;
      cut = from;
      break;
    }
  }
  return to;
}

const part = (times: Float64Array, first: number, end: number): Float64Array =>
  first === 0 && end === times.length ? times : times.subarray(first, end);

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
