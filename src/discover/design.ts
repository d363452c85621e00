import type { Experiment } from '../fit/types.js';
import { createRandom } from '../learning/random.js';
import type { Network } from '../network/model.js';
import { checkKeys, checkNonNegative, checkPositive, checkWhole } from '../simulate/check.js';
import { requireNetwork } from '../simulate/check-network.js';
import { Breath } from './breath.js';
import type { Design, DesignOptions, DesignStart } from './design-types.js';
import { Goals } from './goals.js';
import { type Pruned, Pruner } from './prune.js';
import { reactionText } from './structure.js';
import { trainConstants } from './train-constants.js';

const optionNames = [
  'sparsity',
  'tolerance',
  'steps',
  'rate',
  'most',
  'starts',
  'seed',
  'onProgress',
  'signal',
];

/** Constants lie between this part of the largest allowed and that. */
const LEAST_PART = 1e-6;

/**
 * Chooses among candidate reactions and trains their rate constants until a network does what it is asked to:
 * differentiable programming of chemical reaction networks, after Mordvintsev, Randazzo and Niklasson (arXiv 2302.02714);
 * the candidates, the losses and the steps of training are ours. Gradients of the loss come from the kernel's adjoint; a
 * penalty on Σ k makes the network sparse; what little passes through is pruned, and the constants that are left are fitted
 * by least squares, one reaction fewer at a time, for as long as the error stays within `tolerance`.
 *
 * A digital trainer: what comes out is chemistry, what finds it is not.
 *
 * When it is cancelled, the promise resolves with the best so far, and the reason `'cancelled'`.
 *
 * @param candidates a network of mass action without phases and doses, as {@link candidateReactions} makes it; its constants
 *   do not matter, but a reaction whose constant is 0 is no candidate
 * @param wanted what runs are to give, as measurements for `fit`: starts, times, values, σ
 * @throws (rejects) RangeError or TypeError for what cannot be used
 */
export async function design(
  candidates: Network,
  wanted: Experiment | readonly Experiment[],
  options: DesignOptions = {},
): Promise<Design> {
  requireNetwork(candidates);
  checkKeys('design', options, optionNames);
  const {
    sparsity = 3e-4,
    tolerance = 0.02,
    steps = 600,
    rate = 0.05,
    most = 10,
    starts = 1,
    seed = 0,
  } = options;
  checkNonNegative('sparsity', sparsity);
  for (const [name, value] of Object.entries({ tolerance, rate, most })) checkPositive(name, value);
  checkWhole('steps', steps);
  checkWhole('starts', starts);
  if (candidates.phases.length > 0 || candidates.doses.length > 0) {
    throw new RangeError('candidates must have no phases and no doses');
  }
  if (candidates.reactions.length === 0) throw new RangeError('candidates must hold at least one reaction');
  const experiments = (
    Array.isArray(wanted) ? (wanted as readonly Experiment[]) : [wanted as Experiment]
  ).map((one, e) => ({ ...one, name: one.name ?? String(e + 1) }));
  if (experiments.length === 0) throw new RangeError('wanted must hold at least one experiment');
  const goals = await Goals.create(candidates, experiments);
  const breath = new Breath(options.signal);
  const found: { start: DesignStart; pruned: Pruned; losses: number[] }[] = [];
  try {
    for (let s = 0; s < starts && (s === 0 || !options.signal?.aborted); s++) {
      const tell = (step: number, loss: number) =>
        options.onProgress?.({
          start: s + 1,
          starts,
          fraction: (s + (0.8 * step) / steps) / starts,
          stage: 'training',
          error: Math.sqrt(2 * loss),
        });
      const settings = { steps, rate, sparsity, least: LEAST_PART * most, most };
      const random = createRandom(seed + s, 'design');
      const count = candidates.reactions.length;
      const trained = await trainConstants(goals, count, settings, random, breath, tell);
      const again = { ...settings, steps: Math.ceil(steps / 8) };
      const pruner = new Pruner(
        candidates,
        experiments,
        { goals, breath, again, random, tolerance, signal: options.signal },
        (error) =>
          options.onProgress?.({
            start: s + 1,
            starts,
            fraction: (s + 0.9) / starts,
            stage: 'pruning',
            error,
          }),
      );
      const pruned = await pruner.from(trained);
      const { error } = pruned;
      const trainedError = Math.sqrt(2 * trained.judged.loss);
      const reactions = pruned.reactions.length;
      found.push({
        start: { seed: seed + s, trainedError, error, reactions, reached: error <= tolerance },
        pruned,
        losses: trained.losses,
      });
    }
  } finally {
    goals.dispose();
  }
  return chosen(found, candidates, options.signal?.aborted ? 'cancelled' : 'done');
}

/** The best start: within the tolerance with the fewest reactions, or else the nearest. */
function chosen(
  found: readonly { start: DesignStart; pruned: Pruned; losses: number[] }[],
  candidates: Network,
  reason: Design['reason'],
): Design {
  const rank = ({ start: { reached, reactions, error } }: (typeof found)[number]): number[] =>
    reached ? [0, reactions, error] : [1, error, reactions];
  const [best] = [...found].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    const place = one.findIndex((value, i) => value !== other[i]);
    return place < 0 ? 0 : one[place] - other[place];
  });
  const { network, error } = best.pruned;
  return {
    network,
    reactions: network.reactions.map((_, r) => ({
      reaction: reactionText(network, r),
      constant: best.pruned.constants[r],
    })),
    candidates: candidates.reactions.length,
    error,
    reached: best.start.reached,
    reason,
    losses: best.losses,
    starts: found.map(({ start }) => start),
  };
}
