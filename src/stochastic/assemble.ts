import { StochasticEnsemble } from './ensemble.js';
import type { StochasticFailure } from './failure.js';
import { type KeptRun, solutionOf, toUnit } from './kept.js';
import { MomentTree } from './moments.js';
import type { EnsemblePart, FailedRun } from './part.js';
import type { PreparedStochastic } from './prepare.js';
import type { StochasticEnd } from './run.js';
import type { EnsembleStats } from './types.js';

/** Puts the parts of an ensemble together, in whichever order they come. */
export class EnsembleAssembly {
  private readonly tree: MomentTree;
  private readonly waiting = new Map<number, EnsemblePart>();
  private readonly kept: KeptRun[] = [];
  private readonly stats: EnsembleStats = {
    events: 0,
    leaps: 0,
    rejectedLeaps: 0,
    crossings: 0,
    extinct: 0,
  };
  private readonly rounded = new Set<number>();
  /** Runs that follow each other from the first on. */
  private count = 0;

  constructor(
    private readonly prepared: PreparedStochastic,
    private readonly first: number,
  ) {
    this.tree = new MomentTree(prepared.saveAt.length * prepared.species.length);
  }

  /** @param at place of the part's first run in the ensemble */
  add(at: number, part: EnsemblePart): void {
    this.waiting.set(at, part);
    for (let next = this.waiting.get(this.count); next !== undefined; next = this.waiting.get(this.count)) {
      this.waiting.delete(this.count);
      for (const node of next.nodes) this.tree.push(node);
      for (const end of next.ends) this.addEnd(end);
      this.kept.push(...next.kept);
      this.count += next.ends.length;
      if (next.ends.length === 0) return;
    }
  }

  private addEnd({ stats, rounded }: StochasticEnd): void {
    const all = this.stats;
    all.events += stats.events;
    all.leaps += stats.leaps;
    all.rejectedLeaps += stats.rejectedLeaps;
    all.crossings += stats.crossings;
    if (stats.extinctAt !== null) all.extinct++;
    for (const s of rounded) this.rounded.add(s);
  }

  /** What to throw when a run of the part at `at` has failed: it gets what there is. Nothing can be added after it. */
  fail(at: number, { k, failure, partial, before }: FailedRun): StochasticFailure {
    this.add(at, before);
    const run = this.first + at + k;
    failure.run = run;
    failure.partial = partial && solutionOf(this.prepared, run, partial);
    failure.ensemble = this.finish();
    return failure;
  }

  /** The ensemble of all runs from the first to the last that follows without a gap. Nothing can be added after it. */
  finish(): StochasticEnsemble {
    const { prepared, first } = this;
    const { species, saveAt, seed, unit } = prepared;
    const { count, mean, squares } = this.tree.total();
    const convert = toUnit(prepared);
    const width = species.length;
    return new StochasticEnsemble({
      species,
      times: saveAt.slice(),
      unit,
      seed,
      first,
      stats: this.stats,
      rounded: [...this.rounded].map((s) => species[s]),
      solutions: this.kept.map((run, k) => solutionOf(prepared, first + k, run)),
      moments: {
        count,
        mean: mean.map((value, i) => convert(i % width, value)),
        squares: squares.map((value, i) => convert(i % width, convert(i % width, value))),
      },
    });
  }
}
