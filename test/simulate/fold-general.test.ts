import { afterEach, describe, expect, it } from 'vitest';
import {
  createReactor,
  explainCompile,
  parseNetwork,
  type Reactor,
  type SolverOptions,
} from '../../src/index.js';
import { createRandom } from '../../src/learning/index.js';
import type { Network } from '../../src/network/model.js';

/** So many weights on each side: a block of n² reactions. */
const N = 12;

/** A block that is no circuit of ours: weights P drive U, and adjoints A and inputs X write them in another phase. */
function block({ more = '', learn = '', tail = '' } = {}): Network {
  const random = createRandom(5);
  const all = Array.from({ length: N }, (_, k) => k + 1);
  const cells = all.flatMap((i) => all.map((j) => [i, j] as const));
  const lines = [
    ...cells.map(([i, j]) => `init P${i}_${j} = ${random.uniform()}`),
    ...all.flatMap((i) => [`init X${i} = ${random.uniform()}`, `init A${i} = ${random.uniform()}`]),
    ...cells.flatMap(([i, j], k) => [
      `drive[${k}]: P${i}_${j} + X${j} ->{0.5} U${i} + P${i}_${j} + X${j}`,
      `write[${k}]: A${i} + X${j} ->{0.3} P${i}_${j} + A${i} + X${j}`,
    ]),
    ...all.flatMap((i) => [
      `fade[${i}]: U${i} ->{5} ∅`,
      `back[${i}]: U${i} ->{0.1} U${i} + A${i}`,
      `rest[${i}]: A${i} ->{1} ∅`,
      `clear[${i}]: X${i} ->{2} ∅`,
    ]),
    more,
    'phase feed 2: drive[*], fade[*]',
    `phase learn 3: fade[*], back[*], rest[*], write[*], clear[*]${learn}`,
    tail,
  ];
  const { network, issues } = parseNetwork(lines.join('\n'));
  if (network === null) throw new Error(issues[0].message);
  return network;
}

const made: Reactor[] = [];
afterEach(() => {
  for (const reactor of made.splice(0)) reactor.dispose();
});
async function pots(
  network: Network,
  options: SolverOptions = {},
): Promise<[folded: Reactor, complete: Reactor]> {
  const tight = { rtol: 1e-9, atol: 1e-12, ...options };
  const both = [await createReactor(network, tight), await createReactor(network, { ...tight, fold: false })];
  made.push(...both);
  return both as [Reactor, Reactor];
}
const learn = (reactor: Reactor) => {
  for (let k = 0; k < 3; k++) {
    reactor.state[reactor.index('X1')] += 0.5;
    reactor.state[reactor.index('X3')] += 0.7;
    reactor.run('feed');
    reactor.run('learn');
  }
  return reactor.state.slice();
};
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, s) => Math.max(most, Math.abs(value - b[s]) / (1 + Math.abs(b[s]))), 0);

/** The first phase changes U alone, of which nothing can be spared. */
const folds = (network: Network) =>
  explainCompile(network, { reactor: true }).phases.map(({ folded }) => folded !== undefined);

describe('a block of reactions that is no circuit of ours', () => {
  it.each([
    ['as it is', block()],
    ['with gains of other orders', block({ more: 'odd: 2 X1 + X2 ->{0.2} V + 2 X1 + X2', learn: ', odd' })],
    [
      'with gains of a fractional order',
      block({ more: 'odd: ∅ -> P1_2 [rate 0.1*A1^0.5*X2^1.5]', learn: ', odd' }),
    ],
    ['with a weight that is read in both phases', block({ more: 'both: P1_1 ->{0.1} ∅', learn: ', both' })],
  ])('%s: folded, and with the ends of the complete network', async (_, network) => {
    expect(folds(network)).toEqual([false, true]);
    const [folded, complete] = await pots(network);
    const [one, other] = [folded, complete].map(learn);
    // A few times what either is off by at this tolerance.
    expect(largestDifference(one, other)).toBeLessThan(5e-8);
    const [js] = await pots(network, { engine: 'js' });
    expect(Array.from(learn(js))).toEqual(Array.from(one));
  });

  it('says what is held, and nothing of its own making', () => {
    const [feed, learned] = explainCompile(block(), { reactor: true }).phases;
    expect(feed.held).toContain('P1_1');
    expect(learned.folded?.gains).toContain('P1_1');
    expect(learned.held).not.toContain('P1_1');
    expect(learned.held).not.toContain('X1');
    expect([...learned.held, ...learned.accumulators].filter((name) => name.startsWith('∫'))).toEqual([]);
  });
});

describe('doses at a level', () => {
  const network = block({
    more: 'idle: Z ->{0.01} ∅',
    learn: ', idle',
    tail: 'dose Z += 1 when X2 falls 0.3\ndose Z += 2 when P1_2 rises 0.65',
  });

  it('are seen by runs and by many of them', async () => {
    expect(folds(network)).toEqual([false, false]);
    const [reactor, complete] = await pots(network);
    const start = reactor.state.slice();
    const ends = (pot: Reactor) => {
      const found: number[] = [];
      const runs = pot.runMany({
        count: 3,
        phases: [{ name: 'feed' }, { name: 'learn' }],
        fill: (k, state) => {
          state.set(start);
          state[pot.index('X2')] += 0.3 * k + 0.5;
        },
        after: (k, _, state) => {
          found[k] = state[pot.index('Z')];
        },
      });
      for (const _ of runs);
      return found;
    };
    const alone = [0, 1, 2].map((k) => {
      complete.state.set(start);
      complete.state[complete.index('X2')] += 0.3 * k + 0.5;
      complete.run('feed');
      complete.run('learn');
      return complete.state[complete.index('Z')];
    });
    expect(Math.min(...alone)).toBeGreaterThan(0.9);
    expect(ends(reactor)).toEqual(alone);
  });
});

describe('what is no concentration is refused, folded or not', () => {
  it.each([
    ['below 0', { X1: -0.5 }, 'negative', 'X1'],
    ['no number', { X1: Number.NaN }, 'blowUp', 'X1'],
    ['a weight below 0', { P1_1: -0.5 }, 'negative', 'P1_1'],
    ['a weight that becomes infinite', { X1: 1e308, A1: 1e10 }, 'blowUp', 'P1_1'],
  ] as const)('%s', async (_, values, code, species) => {
    const [folded, complete] = await pots(block());
    for (const reactor of [folded, complete]) {
      for (const [name, value] of Object.entries(values)) reactor.state[reactor.index(name)] = value;
    }
    expect(() => folded.run('learn')).toThrow(expect.objectContaining({ code, species }));
    expect(() => complete.run('learn')).toThrow(expect.objectContaining({ code }));
  });

  it('what grows without bound is named', async () => {
    const network = block({ more: 'grow: 2 A1 ->{50} 3 A1', learn: ', grow' });
    expect(folds(network)).toEqual([false, true]);
    for (const reactor of await pots(network)) {
      expect(() => learn(reactor)).toThrow(/species A1.*a concentration grows without bound/);
    }
  });
});
