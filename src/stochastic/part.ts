import { drainPausing } from '../simulate/many.js';
import { StochasticFailure } from './failure.js';
import { type KeptRun, RowCollector, withObservables } from './kept.js';
import { type MomentNode, MomentTree } from './moments.js';
import type { PreparedStochastic } from './prepare.js';
import { beginRun, type StochasticEnd } from './run.js';
import type { EnsembleStats } from './types.js';
import type { StochasticVessel } from './vessel.js';

/** Runs of an ensemble that follow each other, as plain data. */
export interface EnsemblePart {
  count: number;
  stats: EnsembleStats;
  /** Species of which a start or a dose was rounded. */
  rounded: number[];
  /** Moments of the rows, observables included. */
  nodes: MomentNode[];
  /** The runs themselves, where they are kept. */
  kept: KeptRun[];
}

export const noRuns = (): EnsemblePart => ({
  count: 0,
  stats: { events: 0, leaps: 0, rejectedLeaps: 0, crossings: 0, extinct: 0 },
  rounded: [],
  nodes: [],
  kept: [],
});

/** Adds the work of runs, and what they have rounded. */
export function addWork(
  into: EnsemblePart,
  { count, stats, rounded }: Omit<EnsemblePart, 'nodes' | 'kept'>,
): void {
  into.count += count;
  into.stats.events += stats.events;
  into.stats.leaps += stats.leaps;
  into.stats.rejectedLeaps += stats.rejectedLeaps;
  into.stats.crossings += stats.crossings;
  into.stats.extinct += stats.extinct;
  for (const species of rounded) if (!into.rounded.includes(species)) into.rounded.push(species);
}

const workOf = ({ stats: { extinctAt, ...stats }, rounded }: StochasticEnd) => ({
  count: 1,
  stats: { ...stats, extinct: extinctAt === null ? 0 : 1 },
  rounded,
});

/** A run of an ensemble that has failed, with what there is of it. */
export class FailedRun extends Error {
  constructor(
    /** Its place in the part. */
    readonly k: number,
    readonly failure: StochasticFailure,
    readonly partial: KeptRun | undefined,
    /** The runs before it. */
    readonly before: EnsemblePart,
  ) {
    super(failure.message);
  }
}

/** Which runs to make. */
export interface PartOfRuns {
  /** Number of the first. */
  first: number;
  count: number;
  keep: boolean;
}

/**
 * Makes runs that follow each other. To be drained; it tells now and then how many have ended.
 * @throws FailedRun at the first that does not reach its end, or does not begin since the caller has cancelled
 */
function* runPart(
  vessel: StochasticVessel,
  prepared: PreparedStochastic,
  { first, count, keep }: PartOfRuns,
): Generator<number, EnsemblePart> {
  const rows = new RowCollector(prepared);
  const measured = withObservables(prepared);
  const tree = new MomentTree();
  const part = noRuns();
  const failed = (k: number, failure: StochasticFailure, partial?: KeptRun) =>
    new FailedRun(k, failure, partial, { ...part, nodes: tree.take() });
  for (let k = 0; k < count; k++) {
    if (prepared.signal?.aborted) {
      throw failed(k, new StochasticFailure('cancelled', { time: prepared.from, events: 0 }));
    }
    rows.begin();
    const run = beginRun(vessel, prepared, first + k, rows.sink);
    try {
      while (!run.steps.next().done) yield k;
    } catch (error) {
      if (!(error instanceof StochasticFailure)) throw error;
      throw failed(k, error, rows.keep(vessel.state.slice(), run.end(error.code, error.time)));
    }
    const end = run.end('done');
    addWork(part, workOf(end));
    tree.add(measured(rows.values));
    if (keep) part.kept.push(rows.keep(vessel.state.slice(), end));
    yield k + 1;
  }
  return { ...part, nodes: tree.take() };
}

/**
 * Makes runs that follow each other, letting the host's events in every few milliseconds.
 * @param told called before each pause with how many have ended
 * @throws (rejects) as `runPart`
 */
export async function runPartPausing(
  vessel: StochasticVessel,
  prepared: PreparedStochastic,
  runs: PartOfRuns,
  told: (done: number) => void,
): Promise<EnsemblePart> {
  let part = noRuns();
  function* work(): Generator<number, void> {
    part = yield* runPart(vessel, prepared, runs);
  }
  await drainPausing(work(), (done) => {
    told(done);
    return () => {};
  });
  return part;
}
