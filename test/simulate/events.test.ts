import { describe, expect, it } from 'vitest';
import { createReactor, type EngineKind, simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const tight = { rtol: 1e-10, atol: 1e-13 };

describe('doses on a level', () => {
  // A decays from 1; each time it has fallen to ½ it gets 1 more: the first time after ln 2, then every ln 3.
  const drip = 'init A = 1 \n A -> B \n dose A += 1 when A falls 0.5';
  const period = Math.log(3);
  const exact = (t: number) => {
    const since = t - Math.log(2);
    return since < 0 ? Math.exp(-t) : 1.5 * Math.exp(-(since % period));
  };

  it.each(['wasm', 'js'] as const)(
    'come at the crossing, again and again (%s)',
    async (engine: EngineKind) => {
      const solution = await simulate(networkOf(drip), { ...tight, engine, to: 8, save: 97 });
      solution.times.forEach((t, i) => {
        expect(solution.column('A')[i]).toBeCloseTo(exact(t), 8);
      });
      const doses = 1 + Math.floor((8 - Math.log(2)) / period);
      expect(solution.final.A + solution.final.B).toBeCloseTo(1 + doses, 8);
    },
  );

  it('are located to the tolerance of the run, however long its steps are', async () => {
    const loose = await simulate(networkOf(drip), { to: 0.7, rtol: 1e-4, atol: 1e-8, save: 1 });
    // The dose after ln 2 = 0.6931: without it A would be below ½.
    expect(loose.final.A).toBeCloseTo(exact(0.7), 4);
  });

  it('a row saved at the crossing shows the state after the dose, and no row is lost or repeated', async () => {
    const network = networkOf('init A = 0 \n -> A \n dose B += 1 when A rises 0.5 \n B -> B');
    const solution = await simulate(network, { ...tight, saveAt: [0.25, 0.5, 0.75, 1], to: 1 });
    expect([...solution.times]).toEqual([0.25, 0.5, 0.75, 1]);
    const b = [...solution.column('B')];
    expect([b[0], b[2], b[3]]).toEqual([0, 1, 1]);
  });

  it('rises and falls are apart, and doses on one crossing come together', async () => {
    const network = networkOf(`
      init A = 1, B = 0.6
      A -> ∅
      dose C += 1 when A rises 0.5
      dose D += 1 when A falls 0.5
      dose E += 2 when A falls 0.5
      C -> C
      D -> D
      E -> E
    `);
    const { final } = await simulate(network, { ...tight, to: 3 });
    expect([final.C, final.D, final.E]).toEqual([0, 1, 2]);
  });

  it('work within phases, and their steps are counted', async () => {
    const text = (dose: string) => `
      init A = 1
      fall: A -> ∅
      phase one 2: fall
      phase two 2: fall
      dose A += 1 at two
      ${dose}
    `;
    const plain = await simulate(networkOf(text('')), { ...tight, to: 4, save: 1 });
    const event = await simulate(networkOf(text('dose A += 1 when A falls 0.5')), {
      ...tight,
      to: 4,
      save: 1,
    });
    expect(event.stats.steps).toBeGreaterThan(plain.stats.steps);
    // ½ is reached at ln 2 and at ln 2 + ln 3, before phase two gives 1 more, and once after that.
    const atTwo = 1.5 * Math.exp(Math.log(6) - 2) + 1;
    const again = 2 + Math.log(atTwo / 0.5);
    expect(event.final.A).toBeCloseTo(1.5 * Math.exp(again - 4), 8);
  });

  it('at() crosses events too', async () => {
    const solution = await simulate(networkOf(drip), { ...tight, to: 8, saveAt: [0, 8] });
    for (const t of [0.5, 0.8, 3.3, 7]) expect(solution.at(t).A).toBeCloseTo(exact(t), 7);
  });

  it('an oscillator triggers once a turn', async () => {
    const network = networkOf(`
      init A = 1, B = 1.5
      A -> 2 A
      A + B -> 2 B
      B -> ∅
      dose N += 1 when A rises 1
      N -> N
    `);
    const solution = await simulate(network, { rtol: 1e-8, atol: 1e-11, to: 40, save: 4000 });
    const a = solution.column('A');
    const turns = a.reduce((sum, value, i) => sum + (i > 0 && a[i - 1] < 1 && value >= 1 ? 1 : 0), 0);
    expect(turns).toBeGreaterThan(4);
    expect(solution.final.N).toBe(turns);
  });
});

describe('a reactor run until a crossing', () => {
  it('stops there and goes on from there', async () => {
    const reactor = await createReactor(networkOf('init A = 1 \n A -> B \n phase p 10: *'), tight);
    const a = reactor.index('A');
    const first = reactor.run('p', { until: { species: 'A', direction: 'falls', level: 0.5 } });
    expect(first.elapsed).toBeCloseTo(Math.log(2), 9);
    expect(reactor.state[a]).toBeCloseTo(0.5, 12);
    // Already past the level: it must not stop at once.
    const second = reactor.run('p', { until: { species: 'A', direction: 'falls', level: 0.25 } });
    expect(second.elapsed).toBeCloseTo(Math.log(2), 9);
    expect(reactor.run('p', { until: { species: 'A', direction: 'rises', level: 0.5 } }).elapsed).toBe(10);
    expect(() => reactor.run('p', { until: { species: 'Q', direction: 'rises', level: 1 } })).toThrow(/"Q"/);
    reactor.dispose();
  });
});
