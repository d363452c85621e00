import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { diffusingBrusselator } from '../problems/index.js';
import { digits, networkOf } from '../tools/network.js';
import { type StoredNetwork, storedNetwork, storedText } from '../tools/stored-network.js';

/**
 * Reference networks kept beside the checkout, where they are; the project's own (test/problems) hold most of them
 * as text.
 */
const checkout = new URL('../../', import.meta.url);
const names = [
  'hires',
  'orego',
  'pollu',
  'brusselator',
  'multistate',
  'repressilator',
  'neural_3',
  'neural_10',
  'e5',
];

async function expectReference(text: string, stored: StoredNetwork, wanted: number) {
  const solution = await simulate(networkOf(text), {
    to: stored.tspan[1],
    rtol: 1e-8,
    atol: 1e-12 * stored.atolScale,
    save: 1,
  });
  const largest = Math.max(...stored.reference.y.map(Math.abs));
  stored.species.forEach((species, s) => {
    const reference = stored.reference.y[s];
    if (Math.abs(reference) <= 1e-12 * largest) return;
    expect(digits(solution.final[species], reference), species).toBeGreaterThanOrEqual(wanted);
  });
}

// The files are not part of the project: without them there is nothing to compare with.
describe.skipIf(!existsSync(new URL('../shared/data/problems/', checkout)))(
  'stored reference networks',
  () => {
    it.each(names)('%s from text at rtol 1e-8', async (name) => {
      const stored = storedNetwork(name, checkout)!;
      await expectReference(storedText(stored), stored, name === 'e5' ? 4 : 6);
    });

    it('the diffusing Brusselator as generated', async () => {
      await expectReference(diffusingBrusselator(40).text, storedNetwork('bruss1d_40', checkout)!, 6);
    });
  },
);
