import { StochasticFailure } from './failure.js';
import { type KeptRun, RowCollector } from './kept.js';
import { type MomentNode, MomentTree } from './moments.js';
import type { PreparedStochastic } from './prepare.js';
import { beginRun, type StochasticEnd } from './run.js';
import type { StochasticVessel } from './vessel.js';

/** Runs of an ensemble that follow each other, as plain data. */
export interface EnsemblePart {
  /** Moments of the rows. */
  nodes: MomentNode[];
  ends: StochasticEnd[];
  /** The runs themselves, where they are kept. */
  kept: KeptRun[];
}

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

/**
 * Makes runs `first` to `first + count`. To be drained; it tells now and then how many have ended.
 * @throws FailedRun at the first that does not reach its end, or does not begin since the caller has cancelled
 */
export function* runPart(
  vessel: StochasticVessel,
  prepared: PreparedStochastic,
  { first, count, keep }: { first: number; count: number; keep: boolean },
): Generator<number, EnsemblePart> {
  const rows = new RowCollector(prepared);
  const tree = new MomentTree(rows.values.length);
  const ends: StochasticEnd[] = [];
  const kept: KeptRun[] = [];
  for (let k = 0; k < count; k++) {
    if (prepared.signal?.aborted) {
      const cancelled = new StochasticFailure('cancelled', { time: prepared.from, events: 0 });
      throw new FailedRun(k, cancelled, undefined, { nodes: tree.take(), ends, kept });
    }
    rows.begin();
    const run = beginRun(vessel, prepared, first + k, rows.sink);
    try {
      while (!run.steps.next().done) yield k;
    } catch (error) {
      if (!(error instanceof StochasticFailure)) throw error;
      const partial = rows.keep(vessel.state.slice(), run.end(error.code, error.time));
      throw new FailedRun(k, error, partial, { nodes: tree.take(), ends, kept });
    }
    const end = run.end('done');
    ends.push(end);
    tree.add(rows.values);
    if (keep) kept.push(rows.keep(vessel.state.slice(), end));
    yield k + 1;
  }
  return { nodes: tree.take(), ends, kept };
}
