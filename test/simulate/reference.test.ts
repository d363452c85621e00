import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { referenceProblems } from '../problems/index.js';
import { digits, networkOf } from '../tools/network.js';

const cases = referenceProblems.flatMap(({ name, text, ends }) =>
  ends.map((end) => ({ name, text, ...end })),
);

describe('reference end states at rtol 1e-8', () => {
  it.each(cases)('$name to $to', async ({ text, to, state, atol = 1e-12, digits: wanted = 6 }) => {
    const solution = await simulate(networkOf(text), { to, rtol: 1e-8, atol, save: 1 });
    const largest = Math.max(...Object.values(state));
    for (const [species, reference] of Object.entries(state)) {
      if (reference <= 1e-12 * largest) continue;
      expect(digits(solution.final[species], reference), species).toBeGreaterThanOrEqual(wanted);
    }
  });
});
