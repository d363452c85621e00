import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Format, formatNamed } from '../../src/io/index.js';
import type { Network } from '../../src/network/model.js';
import { anyNetwork } from '../network/arbitraries.js';
import { withoutSpans } from '../network/helpers.js';
import { exchangeable } from './networks.js';
import { expectSameRuns } from './trajectories.js';

const both = (name: string): Required<Pick<Format, 'read' | 'write'>> => {
  const { read, write } = formatNamed(name, 'read');
  return { read: read!, write: write! };
};

/** Reads what was written; that it reads at all is part of the test. */
function again(name: string, network: Network): Network {
  const { read, write } = both(name);
  // Some keep the network's own text in comments: what other programs go by is what is tested.
  const text = write(network, { name: 'test' }).replaceAll(/^\/\/~.*\n/gm, '');
  const { network: found, issues } = read(text);
  const errors = issues.filter(({ severity }) => severity === 'error');
  expect(errors, text).toEqual([]);
  return found!;
}

describe('a network that is written and read again runs the same', () => {
  it.each([
    ['crn', { fractional: true, observables: true }],
    ['json', { fractional: true, observables: true }],
    ['dsd', { fractional: false, observables: true }],
    ['net', { fractional: false, elementary: true, observables: true }],
    ['nuskell', { fractional: false, elementary: true, observables: false }],
    ['antimony', { fractional: true, observables: false }],
  ])('%s', async (name, { observables, ...kind }) => {
    await fc.assert(
      fc.asyncProperty(exchangeable(kind), async (network) => {
        await expectSameRuns(network, again(name, network), { observables });
      }),
      { seed: 11, numRuns: 120 },
    );
  });
});

/** Without places; JSON has no −0, which is a weight like 0. */
function plain(network: Network): Network {
  const copy = withoutSpans(structuredClone(network));
  for (const { terms } of copy.observables ?? [])
    for (const term of terms) if (term.value === 0) term.value = 0;
  return copy;
}

describe('the formats that hold all of a network', () => {
  it.each(['crn', 'json'])('%s: any network reads back as it was', (name) => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expect(plain(again(name, network))).toEqual(plain(network));
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
