import { StochasticEnsemble } from './ensemble.js';
import type { StochasticFailure } from './failure.js';
import { type KeptRun, solutionOf, toUnit } from './kept.js';
import { MomentTree } from './moments.js';
import { addWork, type EnsemblePart, noRuns } from './part.js';
import type { PreparedStochastic } from './prepare.js';

/** Puts the parts of an ensemble together, in whichever order they come. */
export class EnsembleAssembly {
  private readonly tree = new MomentTree();
  private readonly waiting = new Map<number, EnsemblePart>();
  /** Runs that follow each other from the first on; their moments are in the tree. */
  private readonly all = noRuns();

  constructor(
    private readonly prepared: PreparedStochastic,
    private readonly first: number,
  ) {}

  /** Runs from the first to the last that follows without a gap. */
  get count(): number {
    return this.all.count;
  }

  /** @param at place of the part's first run in the ensemble: where another ends */
  add(at: number, part: EnsemblePart): void {
    const { waiting, all } = this;
    if (part.count > 0) waiting.set(at, part);
    for (let next = waiting.get(all.count); next !== undefined; next = waiting.get(all.count)) {
      waiting.delete(all.count);
      for (const node of next.nodes) this.tree.push(node);
      for (const run of next.kept) all.kept.push(run);
      addWork(all, next);
    }
  }

  /**
   * Gives a failure what there is: of its own run, and the runs before it. Nothing can be added any more.
   * @param k place of the run in the ensemble
   */
  complete(failure: StochasticFailure, k: number, partial: KeptRun | undefined): StochasticFailure {
    failure.run = this.first + k;
    failure.partial = partial && solutionOf(this.prepared, failure.run, partial);
    failure.ensemble = this.finish();
    return failure;
  }

  /** The ensemble of all runs from the first to the last that follows without a gap. Nothing can be added any more. */
  finish(): StochasticEnsemble {
    const { prepared, first } = this;
    const { species, saveAt, seed, unit, network } = prepared;
    const observables = (network.observables ?? []).map(({ name }) => name);
    const { stats, rounded, kept } = this.all;
    const width = species.length + observables.length;
    const cells = saveAt.length * width;
    const none = { count: 0, mean: new Float64Array(cells), squares: new Float64Array(cells) };
    const { count, mean, squares } = this.tree.total() ?? none;
    const ofSpecies = toUnit(prepared);
    // Those of observables are in the unit of the result already.
    const convert = (place: number, value: number) =>
      place < species.length ? ofSpecies(place, value) : value;
    return new StochasticEnsemble({
      species,
      observables,
      times: saveAt.slice(),
      unit,
      seed,
      first,
      stats,
      rounded: rounded.map((s) => species[s]),
      solutions: kept.map((run, k) => solutionOf(prepared, first + k, run)),
      moments: {
        count,
        mean: mean.map((value, i) => convert(i % width, value)),
        squares: squares.map((value, i) => convert(i % width, convert(i % width, value))),
      },
    });
  }
}
