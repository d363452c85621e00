import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { readSbml, writeSbml } from '../../../src/io/sbml/index.js';
import type { Network } from '../../../src/network/model.js';
import { amounts, stripped } from './foreign.js';
import { suiteCases, suiteFolder } from './suite.js';

/** Amounts of every species along a run. */
async function course(network: Network): Promise<number[][]> {
  const solution = await simulate(network, { to: 1, save: 10, rtol: 1e-9, atol: 1e-12, method: 'rodas5p' });
  return Array.from(solution.times, (_, i) => amounts(network, solution.row(i)));
}

/** A model of another program, read, written without our text and read again. */
async function expectSameAgain(xml: string): Promise<boolean> {
  const { network } = readSbml(xml);
  if (network === null) return false;
  const { network: again, issues } = readSbml(stripped(writeSbml(network)));
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [wanted, found] = [await course(network), await course(again!)];
  const largest = wanted[0]!.map((_, s) => Math.max(...wanted.map((row) => Math.abs(row[s]!))));
  for (const [i, row] of wanted.entries()) {
    for (const [s, amount] of row.entries()) {
      expect(Math.abs(found[i]![s]! - amount)).toBeLessThanOrEqual(1e-9 * largest[s]!);
    }
  }
  return true;
}

describe('SBML of other programs, read, written, and read again, has the same course', () => {
  it.each(['level2', 'rules'])('%s.xml', async (name) => {
    const xml = readFileSync(new URL(`models/${name}.xml`, import.meta.url), 'utf8');
    expect(await expectSameAgain(xml)).toBe(true);
  });

  // Skipped where the suite does not lie beside the project, of which it is no part; the models above are read again anywhere.
  it.skipIf(suiteFolder === undefined)('every model of the suite that is read', async () => {
    let same = 0;
    for (const { models } of suiteCases(suiteFolder!)) {
      if (models.length > 0 && (await expectSameAgain(readFileSync(models[0]!, 'utf8')))) same++;
    }
    expect(same).toBeGreaterThan(100);
  });
});
