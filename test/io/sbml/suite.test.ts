import { describe, expect, it } from 'vitest';
import { indexed, type Outcome, runSuiteCase, type SuiteCase, suiteCases, suiteFolder } from './suite.js';

/** Far inside of the suite's tolerance. */
const room = 0.5;

interface Result {
  one: SuiteCase;
  outcome: Outcome;
}

// The suite is no part of the project: without it, test/io/sbml/read.test.ts and the others beside it stand alone.
describe.skipIf(suiteFolder === undefined)('the SBML Test Suite', () => {
  it('every case passes or is refused, and those that must pass do', async () => {
    const results: Result[] = [];
    for (const one of suiteCases(suiteFolder!)) {
      // An official suite has cases for later levels alone; an index names those that are there.
      if (one.models.length === 0 && one.group === 'any') continue;
      results.push({ one, outcome: await runSuiteCase(one, one.models[0]!) });
    }
    console.log(tables(results));
    const index = indexed(suiteFolder!, 'semantic');
    if (index !== undefined) expect(results.map(({ one }) => one.id).sort()).toEqual(index);
    const wrong = results.filter(({ outcome }) => outcome.kind === 'wrong');
    expect(wrong.map(({ one, outcome }) => [one.id, outcome])).toEqual([]);
    const needed = results.filter(({ one }) => /^(mass-action|generalized)$/.test(one.group));
    const missed = needed.filter(({ outcome }) => outcome.kind !== 'passed');
    expect(missed.map(({ one, outcome }) => [one.id, outcome])).toEqual([]);
    const tight = needed.filter(({ outcome }) => outcome.kind === 'passed' && outcome.worst > room);
    expect(tight.map(({ one, outcome }) => [one.id, outcome])).toEqual([]);
    expect(results.length).toBeGreaterThan(100);
  });

  it('every level of a model that is read gives the same', async () => {
    const wrong: unknown[] = [];
    for (const one of suiteCases(suiteFolder!)) {
      for (const model of one.models.slice(1)) {
        const outcome = await runSuiteCase(one, model);
        if (outcome.kind === 'wrong') wrong.push([model, outcome]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Coverage by group and by tag, and what was refused why. */
function tables(results: readonly Result[]): string {
  const lines = ['| | cases | passed | refused | wrong |', '|---|---|---|---|---|'];
  const row = (name: string, some: readonly Result[]) => {
    const count = (kind: Outcome['kind']) => some.filter(({ outcome }) => outcome.kind === kind).length;
    lines.push(`| ${name} | ${some.length} | ${count('passed')} | ${count('refused')} | ${count('wrong')} |`);
  };
  row('all', results);
  for (const group of sorted(results.map(({ one }) => one.group))) {
    row(
      group,
      results.filter(({ one }) => one.group === group),
    );
  }
  for (const tag of sorted(results.flatMap(({ one }) => one.tags))) {
    row(
      tag,
      results.filter(({ one }) => one.tags.includes(tag)),
    );
  }
  const reasons = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.kind === 'refused') reasons.set(outcome.why, (reasons.get(outcome.why) ?? 0) + 1);
  }
  const refused = [...reasons].sort(([, a], [, b]) => b - a).map(([why, count]) => `${why} ${count}`);
  const worst = Math.max(...results.map(({ outcome }) => (outcome.kind === 'passed' ? outcome.worst : 0)));
  return [...lines, '', `refused: ${refused.join(', ')}`, `largest error, in tolerances: ${worst}`].join(
    '\n',
  );
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();
