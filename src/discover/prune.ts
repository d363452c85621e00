import { fit as fitNetwork } from '../fit/fit.js';
import type { Experiment, FitResult } from '../fit/types.js';
import type { Random } from '../learning/random.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import type { Breath } from './breath.js';
import type { Goals } from './goals.js';
import { type TrainedConstants, type TrainingSettings, trainConstants } from './train-constants.js';

/** Flows below this part of the largest are pruned at once. */
const NEGLIGIBLE = 1e-3;

/** Reactions that are left, with their constants. */
export interface Pruned {
  /** Places among the candidates. */
  reactions: readonly number[];
  constants: readonly number[];
  network: Network;
  /** Constants of all candidates as they were trained, with the penalty: where the next training begins. */
  path: Float64Array;
  /** Root mean square of (x − wanted)/σ. */
  error: number;
}

/** What pruning needs of the training before it. */
export interface PruningOptions {
  goals: Goals;
  breath: Breath;
  /** Of the training after reactions were taken out. */
  again: TrainingSettings;
  random: Random;
  tolerance: number;
  signal: AbortSignal | undefined;
}

/**
 * Takes reactions out, those of the least flow first: half of them, and fewer at a time where that is too many. What is left is
 * fitted by least squares; where that does not come within the tolerance, it is trained again, with the penalty, and then fitted.
 */
export class Pruner {
  constructor(
    private readonly candidates: Network,
    private readonly experiments: readonly Experiment[],
    private readonly options: PruningOptions,
    private readonly tell: (error: number) => void,
  ) {}

  async from(trained: TrainedConstants): Promise<Pruned> {
    const { tolerance, signal } = this.options;
    const { constants, judged } = trained;
    const least = NEGLIGIBLE * Math.max(...judged.flows);
    const some = Array.from(constants, (_, r) => r).filter((r) => judged.flows[r] > least);
    const everything = this.unfitted(some, constants, Math.sqrt(2 * judged.loss));
    if (signal?.aborted) return everything;
    let kept = (await this.fitted(some, constants)) ?? everything;
    const limit = Math.max(tolerance, 1.05 * kept.error);
    for (let chunk = Math.ceil(kept.reactions.length / 2); chunk >= 1; ) {
      const fewer = await this.without(kept, chunk, limit);
      if (signal?.aborted) return fewer ?? kept;
      if (fewer === undefined) chunk = Math.floor(chunk / 2);
      else {
        kept = fewer;
        chunk = Math.min(chunk, Math.ceil(kept.reactions.length / 2));
      }
      this.tell(kept.error);
    }
    return kept;
  }

  /** So many reactions fewer, within the limit; a single one may be any. */
  private async without(kept: Pruned, chunk: number, limit: number): Promise<Pruned | undefined> {
    const { path } = kept;
    const { flows } = this.options.goals.at(path);
    const order = [...kept.reactions].sort((a, b) => flows[a] - flows[b]);
    const tries = chunk === 1 ? order.map((r) => [r]) : [order.slice(0, chunk)];
    for (const left of tries) {
      if (this.options.signal?.aborted) return undefined;
      const rest = kept.reactions.filter((r) => !left.includes(r));
      if (rest.length === 0) continue;
      const masked = path.map((constant, r) => (rest.includes(r) ? constant : 0));
      const tried = await this.fitted(rest, masked);
      if (tried !== undefined && tried.error <= limit) return tried;
      const again = await this.trained(masked);
      if (again === undefined) continue;
      const next = await this.fitted(rest, again);
      if (next !== undefined && next.error <= limit) return next;
    }
    return undefined;
  }

  private async trained(path: Float64Array): Promise<Float64Array | undefined> {
    const { goals, again, random, breath } = this.options;
    try {
      return (await trainConstants(goals, path, again, random, breath, () => {})).constants;
    } catch (error) {
      if (error instanceof SolveFailure) return undefined;
      throw error;
    }
  }

  private async fitted(reactions: readonly number[], path: Float64Array): Promise<Pruned | undefined> {
    const { signal, again } = this.options;
    const { most, least } = again;
    let found: FitResult;
    try {
      found = await fitNetwork(
        this.networkOf(
          reactions,
          reactions.map((r) => path[r]),
        ),
        this.experiments,
        {
          vary: Object.fromEntries(
            reactions.map((r, i) => [
              `rate:${i + 1}`,
              { start: Math.min(path[r], most), lower: 0, upper: most },
            ]),
          ),
          maxIterations: 30,
          rtol: 1e-5,
          atol: 1e-8,
          ...(signal && { signal }),
        },
      );
    } catch (error) {
      if (error instanceof SolveFailure) return undefined;
      throw error;
    }
    // What least squares have turned off is no reaction any more.
    const on = found.estimates.flatMap(({ value }, i) => (value > least ? [i] : []));
    if (on.length === 0) return undefined;
    const left = on.map((i) => reactions[i]);
    const constants = on.map((i) => found.estimates[i].value);
    const squares = found.points.reduce(
      (sum, { fitted, measured, sigma }) => sum + ((fitted - measured) / sigma) ** 2,
      0,
    );
    return {
      reactions: left,
      constants,
      network: this.networkOf(left, constants),
      path: path.map((constant, r) => (left.includes(r) ? constant : 0)),
      error: Math.sqrt(squares / found.points.length),
    };
  }

  private unfitted(reactions: readonly number[], path: Float64Array, error: number): Pruned {
    const constants = reactions.map((r) => path[r]);
    return { reactions, constants, network: this.networkOf(reactions, constants), path, error };
  }

  private networkOf(reactions: readonly number[], constants: readonly number[]): Network {
    const { candidates } = this;
    return {
      ...candidates,
      reactions: reactions.map((r, i) => ({
        ...candidates.reactions[r],
        rate: { kind: 'number', value: constants[i] },
      })),
    };
  }
}
