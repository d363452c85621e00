import { describe, expect, it } from 'vitest';
import { runStochasticSuiteCase, suiteCases, suiteFolder } from '../io/sbml/suite.js';

/** As many as the suite's document has. */
const RUNS = 10_000;

// The suite is no part of the project, and cannot be run where it does not lie beside it.
describe.skipIf(suiteFolder === undefined)('the stochastic part of the SBML Test Suite, 10 000 runs', () => {
  it('every case passes or is refused', async () => {
    const wrong: unknown[] = [];
    for (const one of suiteCases(suiteFolder!, 'stochastic').filter(({ models }) => models.length > 0)) {
      const outcome = await runStochasticSuiteCase(one, RUNS, 0);
      const must = /^(mass-action|generalized)$/.test(one.group);
      if (outcome.kind === 'wrong' || (must && outcome.kind !== 'passed')) wrong.push([one.id, outcome]);
    }
    expect(wrong).toEqual([]);
  });
});
