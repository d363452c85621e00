import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { digits, networkOf } from '../tools/network.js';

/**
 * Reference networks kept beside the checkout, where they are; the project's own (test/problems) hold most of them
 * as text. They come as JSON with reactions by species index.
 */
const folder = new URL('../../../shared/data/problems/', import.meta.url);
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

interface Stored {
  species: string[];
  y0: number[];
  reactions: { reactants: [number, number][]; products: [number, number][]; k: number }[];
  tspan: [number, number];
  atolScale: number;
  reference: { y: number[] };
}

function asText({ species, y0, reactions }: Stored): string {
  const quoted = species.map((name) => `\`${name}\``);
  const side = (terms: [number, number][]) => terms.map(([s, n]) => `${n} ${quoted[s]}`).join(' + ') || '∅';
  return [
    ...y0.map((value, s) => `init ${quoted[s]} = ${value}`),
    ...reactions.map(({ reactants, products, k }) => `${side(reactants)} ->{${k}} ${side(products)}`),
  ].join('\n');
}

// The files are not part of the project: without them there is nothing to compare with.
describe.skipIf(!existsSync(folder))('stored reference networks, from text at rtol 1e-8', () => {
  it.each(names)('%s', async (name) => {
    const stored: Stored = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
    const solution = await simulate(networkOf(asText(stored)), {
      to: stored.tspan[1],
      rtol: 1e-8,
      atol: 1e-12 * stored.atolScale,
      save: 1,
    });
    const largest = Math.max(...stored.reference.y.map(Math.abs));
    stored.species.forEach((species, s) => {
      const reference = stored.reference.y[s];
      if (Math.abs(reference) <= 1e-12 * largest) return;
      expect(digits(solution.final[species], reference), species).toBeGreaterThanOrEqual(
        name === 'e5' ? 4 : 6,
      );
    });
  });
});
