import type { Experiment } from '../fit/types.js';
import { createRandom } from '../learning/random.js';
import { checkKeys, checkWhole } from '../simulate/check.js';
import { SolveFailure } from '../simulate/failure.js';
import { Breath } from './breath.js';
import { type Courses, coursesOf } from './courses.js';
import { errorsOf, type Fitted, fitStructure } from './fit-structure.js';
import type { Weights } from './power-laws.js';
import { keyOf, networkOf, reactionText, roundedOff, uncertain, type WholeReaction } from './structure.js';
import { randomWeights, type Trained, trainOnIntegrals, trainOnRuns } from './train-weights.js';
import type { DiscoverOptions, DiscoverProgress, Discovery } from './types.js';

const optionNames = ['species', 'reactions', 'starts', 'seed', 'onProgress', 'signal'];

/** Entries that are rounded the other way, to see whether that fits better, at most. */
const MOST_FLIPS = 8;
/** Rounding that costs less than this part of the error is taken as it is. */
const GOOD_ROUNDING = 1.02;
/** Starts are tried in batches of so many, until two finalists agree. */
const BATCH = 10;
/** Rounding that costs more than this part of the error says that the right reactions were not found. */
const AGREEMENT = 1.1;
/** Of each batch go on to be trained through runs. */
const FINALISTS = 3;

/**
 * Learns reactions and their rate constants from measured concentrations, after the chemical reaction neural network of Ji
 * and Deng (J. Phys. Chem. A 125 (2021) 1082–1092): rates are exp(b + Σ o ln c), changes W r(c), the orders o = clip(−W, 0,
 * 2.5); the weights are trained through runs, pruned, rounded, and the constants fitted again. The model is theirs; the
 * training is ours: many starts on integrals of the measurements, Levenberg and Marquardt's method in place of Adam, and
 * pruning by an information criterion instead of a threshold.
 *
 * A digital trainer: what comes out is chemistry, what finds it is not. It finds mass action whose reactions consume what
 * their rates depend on, so no catalysts, of species that were all measured.
 *
 * When it is cancelled, the promise resolves with the best so far, and the reason `'cancelled'`.
 *
 * @param data one experiment or several, as `fit` takes them: starts are `initial`, or what was measured at time 0
 * @throws (rejects) RangeError or TypeError for measurements and options that cannot be used; SolveFailure `'cancelled'` when
 *   there was nothing yet
 */
export async function discover(
  data: Experiment | readonly Experiment[],
  options: DiscoverOptions,
): Promise<Discovery> {
  checkKeys('discover', options, optionNames);
  const experiments = Array.isArray(data) ? (data as readonly Experiment[]) : [data as Experiment];
  if (experiments.length === 0) throw new RangeError('data must hold at least one experiment');
  const { species = Object.keys(experiments[0].values), reactions, starts = 40 } = options;
  const { seed = 0 } = options;
  checkWhole('reactions', reactions);
  checkWhole('starts', starts);
  if (new Set(species).size < species.length) throw new RangeError('species names one species twice');
  const courses = coursesOf(experiments, species);
  const search = new Search(courses, experiments, options);
  const random = createRandom(seed, 'discover');
  const points = Array.from({ length: starts }, () => randomWeights(courses, reactions, random));
  return search.run(points);
}

interface Finalist {
  trained: Trained;
  fitted: Fitted;
}

class Search {
  private readonly breath: Breath;
  private readonly signal: AbortSignal | undefined;
  private readonly ended: Finalist[] = [];
  private best: Trained | undefined;
  /** Fits by structure: several starts come to the same. */
  private readonly known = new Map<string, Fitted | undefined>();

  constructor(
    private readonly data: Courses,
    private readonly experiments: readonly Experiment[],
    private readonly options: DiscoverOptions,
  ) {
    this.signal = options.signal;
    this.breath = new Breath(options.signal);
  }

  async run(points: readonly Weights[]): Promise<Discovery> {
    const batches = Math.ceil(points.length / BATCH);
    for (let b = 0; b < batches && !this.signal?.aborted && !this.agreed(); b++) {
      await this.batch(points.slice(b * BATCH, (b + 1) * BATCH), (part) => (b + part) / batches);
    }
    return this.result();
  }

  private async batch(points: readonly Weights[], part: (fraction: number) => number): Promise<void> {
    const { data, breath, signal } = this;
    const found: Trained[] = [];
    for (const [i, point] of points.entries()) {
      if (signal?.aborted) break;
      const trained = await trainOnIntegrals(data, point, breath, signal);
      if (trained !== undefined) found.push(trained);
      found.sort((a, b) => a.loss - b.loss);
      // Losses of integrals and of runs are not of one kind: what has run goes first.
      if (this.ended.length === 0) this.best = found[0];
      this.tell('starts', part((0.4 * (i + 1)) / points.length));
    }
    const chosen = distinct(found).slice(0, FINALISTS);
    for (const [i, start] of chosen.entries()) {
      if (signal?.aborted || this.agreed()) break;
      await this.finish(start.weights, (fraction) => part(0.4 + (0.6 * (i + fraction)) / chosen.length));
    }
  }

  /** Whether two finalists came to the same reactions, and rounding cost the best of them nothing. */
  private agreed(): boolean {
    const [first, second] = [...this.ended].sort((a, b) => a.fitted.criterion - b.fitted.criterion);
    if (second === undefined || keyOf(first.fitted.reactions) !== keyOf(second.fitted.reactions))
      return false;
    return first.fitted.loss < first.trained.loss * AGREEMENT ** 2;
  }

  /** Trains through runs, prunes, rounds and fits. */
  private async finish(start: Weights, part: (fraction: number) => number): Promise<void> {
    const { data, breath, signal } = this;
    // Weights of integrals whose runs go astray are no worse a guess for rounding.
    const trained = await trainOnRuns(data, start, 40, breath, signal);
    if (trained === undefined) return;
    this.best = trained;
    this.tell('training', part(0.4));
    const fewer = await this.fewer(trained);
    this.best = fewer;
    this.tell('training', part(0.7));
    const fitted = await this.rounded(fewer);
    if (fitted !== undefined) this.ended.push({ trained: fewer, fitted: await this.pruned(fitted) });
    this.tell('rounding', part(1));
  }

  /** Without reactions that the measurements do not ask for: the one of the least flow is tried first. */
  private async fewer(trained: Trained): Promise<Trained> {
    const { data, breath, signal } = this;
    const width = data.species.length + 1;
    let kept = trained;
    for (;;) {
      const reactions = kept.weights.length / width;
      if (reactions === 1 || signal?.aborted) return kept;
      const flows = Array.from({ length: reactions }, (_, r) => {
        const row = kept.weights.subarray(r * width, (r + 1) * width);
        return {
          r,
          flow: Math.exp(row[width - 1]) * row.subarray(0, -1).reduce((sum, w) => sum + Math.abs(w), 0),
        };
      }).sort((a, b) => a.flow - b.flow);
      let next: Trained | undefined;
      for (const { r } of flows.slice(0, 2)) {
        const without = kept.weights.filter((_, p) => Math.floor(p / width) !== r);
        const tried = await trainOnRuns(data, without, 12, breath, signal);
        if (tried !== undefined && this.score(tried) < this.score(kept)) {
          next = tried;
          break;
        }
      }
      if (next === undefined) return kept;
      kept = next;
    }
  }

  /** The information criterion of weights that are not whole: every weight is a number. */
  private score({ weights, loss }: Trained): number {
    const { count } = this.data;
    return count * Math.log(Math.max((2 * loss) / count, 1e-12)) + weights.length * Math.log(count);
  }

  /** Whole numbers: the nearest, and where they fit badly those on the other side of the least certain entries. */
  private async rounded(trained: Trained): Promise<Fitted | undefined> {
    const { data } = this;
    const flips = new Set<number>();
    let best = await this.fit(roundedOff(data, trained.weights));
    for (const place of uncertain(trained.weights, data.species.length).slice(0, MOST_FLIPS)) {
      if (this.signal?.aborted) break;
      if (best !== undefined && best.loss < trained.loss * GOOD_ROUNDING ** 2) break;
      flips.add(place);
      const tried = await this.fit(roundedOff(data, trained.weights, flips));
      if (tried !== undefined && (best === undefined || tried.criterion < best.criterion)) best = tried;
      else flips.delete(place);
    }
    return best;
  }

  /** Gives up whole reactions for as long as the criterion falls. */
  private async pruned(fitted: Fitted): Promise<Fitted> {
    let kept = fitted;
    for (;;) {
      let next: Fitted | undefined;
      for (const reaction of kept.reactions) {
        if (this.signal?.aborted) return kept;
        const tried = await this.fit(kept.reactions.filter((one) => one !== reaction));
        if (tried !== undefined && tried.criterion < (next ?? kept).criterion) next = tried;
      }
      if (next === undefined) return kept;
      kept = next;
    }
  }

  private async fit(reactions: readonly WholeReaction[]): Promise<Fitted | undefined> {
    const key = keyOf(reactions);
    if (this.known.has(key)) return this.known.get(key);
    const fitted = await fitStructure(this.data, this.experiments, reactions, { signal: this.signal });
    if (!this.signal?.aborted) this.known.set(key, fitted);
    return fitted;
  }

  private async result(): Promise<Discovery> {
    const { data, signal, best, ended, options } = this;
    ended.sort((a, b) => a.fitted.criterion - b.fitted.criterion);
    const winner = ended[0];
    if (winner === undefined) return this.unfinished(best);
    const { trained, fitted } = winner;
    // Each species' errors are known only now; with them, constants have standard errors.
    const errors = errorsOf(data, fitted);
    const final = signal?.aborted
      ? undefined
      : await fitStructure(data, this.experiments, fitted.reactions, { errors, signal });
    const { result, loss, reactions } = final ?? fitted;
    const error = (one: { loss: number }) => Math.sqrt((2 * one.loss) / data.count);
    const network = networkOf(data.species, reactions);
    return {
      network,
      reactions: reactions.map(({ constant }, r) => {
        const { standardError, interval } = final?.result.estimates[r] ?? {};
        return {
          reaction: reactionText(network, r),
          constant,
          ...(standardError !== undefined && { standardError }),
          ...(interval && { interval }),
        };
      }),
      estimates: result.estimates,
      reason: signal?.aborted ? 'cancelled' : 'done',
      agreed: this.agreed(),
      error: error({ loss }),
      unroundedError: error(trained),
      measurements: data.count,
      errors: errors.kinds,
      pruned: options.reactions - reactions.length,
      weights: rowsOf(data, trained),
      finalists: ended.map((one) => ({
        error: error(one.fitted),
        unroundedError: error(one.trained),
        isSame: keyOf(one.fitted.reactions) === keyOf(fitted.reactions),
      })),
    };
  }

  /** What there is when no finalist has come to its end: rounded, and not fitted. */
  private unfinished(best: Trained | undefined): Discovery {
    const { data, signal, options } = this;
    const reactions = best === undefined ? [] : roundedOff(data, best.weights);
    if (best === undefined || reactions.length === 0) {
      if (signal?.aborted) throw new SolveFailure('cancelled', { time: 0, step: 0 });
      throw new RangeError(
        `nothing was found from ${options.starts ?? 40} starts: allow more starts or more reactions`,
      );
    }
    const network = networkOf(data.species, reactions);
    const unroundedError = Math.sqrt((2 * best.loss) / data.count);
    return {
      network,
      reactions: reactions.map(({ constant }, r) => ({ reaction: reactionText(network, r), constant })),
      estimates: [],
      reason: signal?.aborted ? 'cancelled' : 'done',
      agreed: false,
      error: Number.NaN,
      unroundedError,
      measurements: data.count,
      errors: [],
      pruned: options.reactions - reactions.length,
      weights: rowsOf(data, best),
      finalists: [],
    };
  }

  private tell(stage: DiscoverProgress['stage'], fraction: number): void {
    const fitted = this.ended.map(({ fitted: { loss } }) => loss);
    const loss = stage === 'rounding' && fitted.length > 0 ? Math.min(...fitted) : this.best?.loss;
    const error = loss === undefined ? Number.NaN : Math.sqrt((2 * loss) / this.data.count);
    this.options.onProgress?.({ stage, fraction, error });
  }
}

const rowsOf = ({ species }: Courses, { weights }: Trained): number[][] => {
  const width = species.length + 1;
  return Array.from({ length: weights.length / width }, (_, r) => [
    ...weights.subarray(r * width, (r + 1) * width - 1),
  ]);
};

/** Starts that came to the same loss came to the same minimum. */
function distinct(found: readonly Trained[]): Trained[] {
  return found.filter((one, i) => i === 0 || one.loss > found[i - 1].loss * (1 + 1e-4));
}
