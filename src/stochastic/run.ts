import { Pace } from '../simulate/pace.js';
import { eventsOf, movesEdges, movingSegments, type PlannedEvent, segments } from '../simulate/plan.js';
import { Amounts } from './amounts.js';
import { StochasticFailure } from './failure.js';
import type { PreparedStochastic } from './prepare.js';
import type { StochasticStats, StochasticStatus } from './types.js';
import type { RowSink, StochasticOutcome, StochasticVessel } from './vessel.js';

/** What a run has come to beside its rows. */
export interface StochasticEnd {
  status: StochasticStatus;
  /** Time at which it ended. */
  reached: number;
  stats: StochasticStats;
  /** Species of which a start or a dose was rounded. */
  rounded: number[];
}

/** A run in a vessel. */
export interface OneStochasticRun {
  /** To be drained: yields where its driver may pause. Throws a StochasticFailure when the end is not reached. */
  steps: Generator<undefined, void>;
  /** Time and events so far. */
  told(): { time: number; events: number };
  end(status: StochasticStatus, reached?: number): StochasticEnd;
}

/**
 * Makes a run ready in a vessel. Everything that it draws follows from the seed and its own number.
 * @param sink gets its rows
 */
export function beginRun(
  vessel: StochasticVessel,
  prepared: PreparedStochastic,
  run: number,
  sink: RowSink,
): OneStochasticRun {
  vessel.seed(prepared.seed, run);
  const amounts = new Amounts(prepared, vessel.draw);
  const course = new Course(vessel, prepared, amounts, sink);
  return {
    steps: course.steps(),
    told: () => ({ time: course.time, events: vessel.events }),
    end: (status, reached = prepared.to) => ({
      status,
      reached,
      stats: course.stats(),
      rounded: [...amounts.rounded],
    }),
  };
}

/** One run on its way through the schedule. */
class Course {
  /** Time reached by the stretches that are over. */
  time: number;
  private crossings = 0;
  private extinctAt: number | null = null;
  private readonly pace: Pace;

  constructor(
    private readonly vessel: StochasticVessel,
    private readonly prepared: PreparedStochastic,
    private readonly amounts: Amounts,
    private readonly sink: RowSink,
  ) {
    this.time = prepared.from;
    this.pace = new Pace(prepared.maxSeconds, vessel.slice);
    amounts.begin(vessel.state);
  }

  *steps(): Generator<undefined, void> {
    const { vessel, prepared, amounts } = this;
    const { plan, from, to, saveAt, species, held } = prepared;
    const stretches = movesEdges(plan) ? movingSegments(plan, from, to) : segments(plan, from, from, to);
    const iterator = stretches[Symbol.iterator]() as Iterator<
      { phase: number; from: number; to: number; begins: boolean },
      unknown,
      number | undefined
    >;
    let first = 0;
    let cut: number | undefined;
    for (let next = iterator.next(); !next.done; next = iterator.next(cut)) {
      const segment = next.value;
      cut = undefined;
      const { name, doses } = plan.phases[segment.phase];
      // A held species crosses no level but by doses.
      const watched = eventsOf(plan.phases, segment.phase, plan.events).filter(
        (one) => held[one.species] === 0,
      );
      if (segment.begins) amounts.dose(vessel.state, doses, `phase ${name}`);
      // A row at an edge shows the state after the doses; the very last one has no phase after it.
      let end = segment.to === to ? saveAt.length : first;
      while (end < saveAt.length && saveAt[end] < segment.to) end++;
      for (let start = segment.from; ; ) {
        const outcome = yield* this.stretch(segment.phase, start, segment.to, watched, first, end);
        first += vessel.rowsSaved;
        if (outcome === undefined) break;
        this.crossings += outcome.length;
        start = vessel.time;
        for (const { species: crossed, direction, level, doses: due } of outcome) {
          amounts.dose(vessel.state, due, `${species[crossed]} ${direction} ${level}`);
        }
        if (outcome.every(({ after }) => after === 'goOn')) continue;
        cut = start;
        break;
      }
      this.time = cut ?? segment.to;
    }
  }

  /** One stretch. @returns the crossings that have ended it, if some have */
  private *stretch(
    phase: number,
    from: number,
    to: number,
    crossings: readonly PlannedEvent[],
    first: number,
    end: number,
  ): Generator<undefined, PlannedEvent[] | undefined> {
    const { vessel, prepared, pace } = this;
    const failure = vessel.begin({
      phase,
      from,
      to,
      crossings,
      saveAt: prepared.saveAt,
      first,
      end,
      sink: this.sink,
    });
    if (failure !== undefined) throw failure;
    try {
      for (let outcome: StochasticOutcome = 'running'; ; ) {
        const left = prepared.maxEvents - vessel.work;
        if (left <= 0) throw vessel.stop('eventLimit');
        outcome = vessel.advance(Math.min(pace.slice, left));
        if (outcome instanceof StochasticFailure) throw outcome;
        pace.look(outcome === 'running');
        if (pace.isOver) throw vessel.stop('timeLimit');
        if (pace.mayPause) {
          yield;
          if (prepared.signal?.aborted) throw vessel.stop('cancelled');
          pace.rest();
        }
        if (outcome === 'done') return undefined;
        if (outcome !== 'running') return outcome.crossed;
      }
    } finally {
      this.time = vessel.time;
      vessel.slice = pace.slice;
      const since = vessel.extinctAt;
      // A stretch that begins so goes on with what the one before has ended with.
      this.extinctAt = since === undefined ? null : since === from ? (this.extinctAt ?? from) : since;
    }
  }

  stats(): StochasticStats {
    const { vessel, crossings, extinctAt } = this;
    return { events: vessel.events, ...vessel.leapsMade, crossings, extinctAt };
  }
}
