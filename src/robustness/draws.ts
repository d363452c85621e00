import { createRandom, type Disturbance, spreadFactor, type Task } from '../learning/index.js';
import type { VariationSettings, Varied } from './variation.js';
import type { Factor } from './varied-network.js';

/**
 * The numbers of a draw, by factor. They depend on seed, draw and kind alone, and grow with σ from the same random numbers:
 * two sizes of one study differ in nothing else.
 */
export function drawFactors(
  factors: readonly Factor[],
  variations: readonly VariationSettings[],
  at: { sigma: number; seed: number; draw: number },
): number[] {
  const streams = new Map<Varied, ReturnType<typeof createRandom>>();
  return factors.map(({ what, variation }) => {
    let random = streams.get(what);
    if (random === undefined) {
      random = createRandom(at.seed, `${what} ${at.draw}`);
      streams.set(what, random);
    }
    const { sigma = at.sigma, spread } = variations[variation];
    return what === 'leaks' ? 2 * sigma * random.uniform() : spreadFactor(random, sigma, spread);
  });
}

/** How a task's examples are dosed and timed in a draw. */
export function drawDisturbance(
  variations: readonly VariationSettings[],
  { sigma, seed, draw }: { sigma: number; seed: number; draw: number },
): Disturbance | undefined {
  const of = (what: Varied) => {
    const found = variations.find((variation) => variation.what === what);
    return found && { sigma: found.sigma ?? sigma, spread: found.spread };
  };
  const [doses, durations] = [of('doses'), of('jitter')];
  if (doses === undefined && durations === undefined) return undefined;
  return { seed, draw, ...(doses && { doses }), ...(durations && { durations }) };
}

/** A task with the noise of a draw on the rows that it learns from. */
export function drawTask(
  task: Task,
  variations: readonly VariationSettings[],
  { sigma, seed, draw }: { sigma: number; seed: number; draw: number },
): Task {
  let { inputs, targets } = task.train;
  for (const { what, sigma: own = sigma, spread, only } of variations) {
    const random = createRandom(seed, `${what} ${draw}`);
    const noise = () => own * (spread === 'uniform' ? random.uniform(-1, 1) : random.normal());
    if (what === 'inputs') {
      const sizes = task.features.map((name, j) =>
        only === undefined || only.includes(name) ? deviation(inputs.map((row) => row[j])) : 0,
      );
      inputs = inputs.map((row) => row.map((value, j) => value + sizes[j] * noise()));
    } else if (what === 'labels') {
      const classes = classesOf(task);
      const size = deviation(targets);
      targets = targets.map((label) => {
        if (classes === null) return label + size * noise();
        const isMistaken = random.uniform() < own;
        const other = random.integer(Math.max(1, classes.length - 1));
        return isMistaken ? classes.filter((one) => one !== label)[other] : label;
      });
    }
  }
  return { ...task, train: { inputs, targets } };
}

/** The labels of a classification; `null` for values. */
function classesOf({ labels, train }: Task): number[] | null {
  if (labels?.kind === 'oneHot') return labels.classes.map((_, k) => k);
  if (labels?.threshold === undefined) return null;
  return [...new Set(train.targets)].sort((a, b) => a - b);
}

/** Standard deviation of the values themselves, not of an estimate from them. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
