import { describe, expect, it } from 'vitest';
import { indexed, runStochasticSuiteCase, suiteCases, suiteFolder } from './suite.js';

const RUNS = 1000;
const SEED = 1;

// The suite is no part of the project: without it, test/stochastic stands alone. The suite's own number of runs is made by
// test/long/stochastic-suite.test.ts.
describe.skipIf(suiteFolder === undefined)('the stochastic part of the SBML Test Suite', () => {
  const cases = suiteFolder === undefined ? [] : suiteCases(suiteFolder, 'stochastic');

  it('every case passes or is refused, and those that must pass do', async () => {
    const lines: string[] = [];
    const wrong: unknown[] = [];
    const index = indexed(suiteFolder!, 'stochastic');
    if (index !== undefined) expect(cases.map(({ id }) => id)).toEqual(index);
    for (const one of cases.filter(({ models, group }) => models.length > 0 || group !== 'any')) {
      const outcome = await runStochasticSuiteCase(one, RUNS, SEED);
      lines.push(
        `${one.id} ${outcome.kind} ${
          outcome.kind === 'refused'
            ? outcome.why
            : outcome.verdicts
                .map(({ name, outside, largest }) => `${name} ${outside} (${largest.toFixed(1)})`)
                .join(', ')
        }`,
      );
      const must = /^(mass-action|generalized)$/.test(one.group);
      if (outcome.kind === 'wrong' || (must && outcome.kind !== 'passed')) wrong.push([one.id, outcome]);
    }
    console.log(lines.join('\n'));
    expect(wrong).toEqual([]);
    // A folder of semantic cases alone is a suite, too.
    expect(cases.length === 0 || lines.length > 10).toBe(true);
  });
});
