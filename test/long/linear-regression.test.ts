/**
 * The regression task over seeds that nothing was chosen on. Run once when something changes that can change its
 * numbers; the tables it prints are recorded in docs/studies.md.
 */
import { describe, expect, it } from 'vitest';
import { linearRegressionTask, train } from '../../src/learning/index.js';

/** Seeds `100:119`, or as the environment says. */
const [first, last] = (process.env.SEEDS ?? '100:119').split(':').map(Number);
const SEEDS = Array.from({ length: last - first + 1 }, (_, i) => first + i);

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
};

const settings = [
  {
    name: "authors' settings (LR 0.1, 5 epochs), dual rails",
    rails: 'dual',
    rate: 0.1,
    epochs: 5,
    median: 0.17,
  },
  {
    name: 'task default (LR 0.02, 10 epochs), dual rails',
    rails: 'dual',
    rate: 0.02,
    epochs: 10,
    median: 0.13,
  },
  {
    name: 'task default (LR 0.02, 10 epochs), positive rails',
    rails: 'positive',
    rate: 0.02,
    epochs: 10,
    median: 0.13,
  },
] as const;

describe(`linear regression, seeds ${first} to ${last}`, () => {
  it('is recorded as it falls', async () => {
    const lines = [
      `# Linear regression, seeds ${first} to ${last}`,
      '',
      'Validation losses (mean of ½e²), simulated. The twin is ideal stochastic gradient descent on the same data.',
      '',
    ];
    const medians: { name: string; value: number; goal: number }[] = [];
    for (const { name, median: goal, ...options } of settings) {
      lines.push(
        `## ${name}`,
        '',
        '| seed | before | after | twin | difference | R² | lowest θ |',
        '|---|---|---|---|---|---|---|',
      );
      const losses: number[] = [];
      for (const seed of SEEDS) {
        const { history, metrics, weights } = await train(linearRegressionTask({ seed, ...options }), {
          ideal: true,
        }).result;
        const loss = history[history.length - 1].validationLoss;
        const twin = metrics.idealFinalLoss!;
        losses.push(loss);
        const cells = [
          seed,
          history[0].validationLoss.toFixed(3),
          loss.toFixed(4),
          twin.toFixed(4),
          `${(100 * (loss / twin - 1)).toFixed(3)} %`,
          metrics.validationR2!.toFixed(4),
          Math.min(...weights.flat()).toFixed(3),
        ];
        lines.push(`| ${cells.join(' | ')} |`);
        expect(Math.abs(loss / twin - 1), `seed ${seed}`).toBeLessThan(0.01);
      }
      lines.push(
        '',
        `Median ${median(losses).toFixed(4)} (goal ${goal}), largest ${Math.max(...losses).toFixed(4)}.`,
        '',
      );
      medians.push({ name, value: median(losses), goal });
    }
    console.log(lines.join('\n'));
    for (const { name, value, goal } of medians) expect(value, name).toBeLessThanOrEqual(goal);
  });
});
