import { expect, it } from 'vitest';
import { candidateReactions, design, designTarget, discover } from '../../src/discover/index.js';
import { fourChanges, fourConstants, fourCourses } from '../../src/validation/four-reactions.js';

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

it('the four reactions of Ji and Deng from 20 courses of 100 points with 5 % noise: nine of ten seeds at least', async () => {
  const errors: number[] = [];
  for (const seed of SEEDS) {
    const { reactions, error, agreed } = await discover(await fourCourses(seed), { reactions: 4, seed });
    const names = reactions.map(({ reaction }) => reaction).sort();
    const isFound = names.join() === fourChanges.join();
    if (isFound) {
      errors.push(
        Math.max(
          ...reactions.map(({ reaction, constant }) => Math.abs(constant / fourConstants[reaction] - 1)),
        ),
      );
    }
    console.log(`seed ${seed}: ${isFound ? 'found' : names.join('; ')}, error ${error}, agreed ${agreed}`);
  }
  console.log(`${errors.length} of ${SEEDS.length}; largest error of a constant, median ${median(errors)}`);
  expect(errors.length).toBeGreaterThanOrEqual(9);
  expect(median(errors)).toBeLessThan(0.01);
});

it('two reactions too many are pruned', async () => {
  const { reactions, pruned } = await discover(await fourCourses(0), { reactions: 6 });
  expect(reactions.map(({ reaction }) => reaction).sort()).toEqual(fourChanges);
  expect(pruned).toBe(2);
});

it.each(['adder', 'xor', 'oscillator'])(
  '%s: from ten starts, how many come within the tolerance',
  async (name) => {
    const { candidates, wanted, options } = designTarget(name);
    const { starts, reached } = await design(candidates, wanted, { ...options, starts: SEEDS.length });
    const good = starts.filter((start) => start.reached);
    console.log(
      `${name}: ${good.length} of ${starts.length}, reactions ${good.map((one) => one.reactions).join(' ')}`,
    );
    expect(reached).toBe(true);
    expect(good.length).toBeGreaterThanOrEqual(SEEDS.length / 2);
  },
);

it('a table of an unknown kind: logistic growth, with inflow and outflow among the candidates', async () => {
  const times = Array.from({ length: 20 }, (_, i) => (i + 1) / 2);
  const logistic = times.map((t) => 1 / (1 + 9 * Math.exp(-t)));
  const candidates = candidateReactions({ species: ['A'], balanced: false, inflow: true, outflow: true });
  const found = await design(
    candidates,
    { times, values: { A: logistic }, initial: { A: 0.1 } },
    { tolerance: 0.005 },
  );
  expect(found.reached).toBe(true);
});
