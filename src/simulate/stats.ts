import * as L from '../../assembly/layout';
import type { Stats } from './types.js';

export function zeroStats(): Stats {
  return {
    steps: 0,
    rejected: { error: 0, negative: 0, nonFinite: 0, newton: 0 },
    derivatives: 0,
    jacobians: 0,
    factorisations: 0,
    solves: 0,
    linearIterations: 0,
    fallbacks: 0,
    events: 0,
    switches: 0,
  };
}

/** Adds the counters of a run's record (as 32-bit words) to `stats`; events and fallbacks are counted by who acts on them. */
export function addCounters(stats: Stats, record: Int32Array): void {
  stats.steps += record[L.R_COUNT_STEPS];
  stats.rejected.error += record[L.R_COUNT_REJECTED_ERROR];
  stats.rejected.negative += record[L.R_COUNT_REJECTED_NEGATIVE];
  stats.rejected.nonFinite += record[L.R_COUNT_REJECTED_NON_FINITE];
  stats.rejected.newton += record[L.R_COUNT_REJECTED_NEWTON];
  stats.derivatives += record[L.R_COUNT_DERIVATIVES];
  stats.jacobians += record[L.R_COUNT_JACOBIANS];
  stats.factorisations += record[L.R_COUNT_FACTORISATIONS];
  stats.solves += record[L.R_COUNT_SOLVES];
  stats.switches += record[L.R_COUNT_SWITCHES];
  stats.linearIterations += record[L.R_COUNT_LINEAR];
}

export function addStats(into: Stats, from: Stats): void {
  into.steps += from.steps;
  into.rejected.error += from.rejected.error;
  into.rejected.negative += from.rejected.negative;
  into.rejected.nonFinite += from.rejected.nonFinite;
  into.rejected.newton += from.rejected.newton;
  into.derivatives += from.derivatives;
  into.jacobians += from.jacobians;
  into.factorisations += from.factorisations;
  into.solves += from.solves;
  into.linearIterations += from.linearIterations;
  into.fallbacks += from.fallbacks;
  into.events += from.events;
  into.switches += from.switches;
  if (from.stochastic === undefined) return;
  const { events, leaps, rejectedLeaps } = into.stochastic ?? { events: 0, leaps: 0, rejectedLeaps: 0 };
  into.stochastic = {
    events: events + from.stochastic.events,
    leaps: leaps + from.stochastic.leaps,
    rejectedLeaps: rejectedLeaps + from.stochastic.rejectedLeaps,
  };
}

/** Attempted steps of a record: accepted and rejected for any cause. */
export function attemptsOf(record: Int32Array): number {
  return (
    record[L.R_COUNT_STEPS] +
    record[L.R_COUNT_REJECTED_ERROR] +
    record[L.R_COUNT_REJECTED_NEGATIVE] +
    record[L.R_COUNT_REJECTED_NON_FINITE] +
    record[L.R_COUNT_REJECTED_NEWTON]
  );
}
