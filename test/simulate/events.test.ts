import { describe, expect, it } from 'vitest';
import {
  createReactor,
  type EngineKind,
  networkBuilder,
  parseNetwork,
  printNetwork,
  simulate,
} from '../../src/index.js';
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
    expect([plain.stats.events, event.stats.events]).toEqual([0, 3]);
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
    expect(first.stats.events).toBe(1);
    const second = reactor.run('p', { until: { species: 'A', direction: 'falls', level: 0.25 } });
    expect(second.elapsed).toBeCloseTo(Math.log(2), 9);
    expect(reactor.run('p', { until: { species: 'A', direction: 'rises', level: 0.5 } }).elapsed).toBe(10);
    expect(() => reactor.run('p', { until: { species: 'Q', direction: 'rises', level: 1 } })).toThrow(/"Q"/);
    reactor.dispose();
  });
});

describe('phases that start on a level', () => {
  // A grows by 1 per unit in `fill` until it is 2, then halves every ln 2 in `drain`, which ends at 1/e of it at latest.
  const text = (start = 'when A rises 2') => `
    grow: ∅ -> A
    fade: A -> ∅
    phase fill 5: grow
    phase drain 1 ${start}: fade
    dose N += 1 at drain
    N -> N
  `;
  const exact = (t: number) => {
    // fill from a takes 2 − a, drain 1 from 2 to 2/e.
    if (t <= 2) return t;
    const since = (t - 2) % (1 + 2 - 2 / Math.E);
    return since <= 1 ? 2 * Math.exp(-since) : 2 / Math.E + since - 1;
  };

  it.each(['wasm', 'js'] as const)('end the phase before them (%s)', async (engine: EngineKind) => {
    const solution = await simulate(networkOf(text()), { ...tight, engine, to: 9, save: 90 });
    solution.times.forEach((t, i) => {
      expect(solution.column('A')[i]).toBeCloseTo(exact(t), 8);
    });
    expect(solution.final.N).toBe(4);
    expect(solution.stats.events).toBe(4);
  });

  it('start when their time has come all the same', async () => {
    const { final, stats } = await simulate(networkOf(text('when A rises 7')), { ...tight, to: 6, save: 1 });
    expect(final.A).toBeCloseTo(5 * Math.exp(-1), 8);
    expect([final.N, stats.events]).toEqual([1, 0]);
  });

  it('at() crosses their edges', async () => {
    const solution = await simulate(networkOf(text()), { ...tight, to: 9, saveAt: [0, 4, 9] });
    for (const t of [1, 2.5, 3.5, 4.2, 6, 8.5]) expect(solution.at(t).A).toBeCloseTo(exact(t), 7);
    expect(solution.at(3.5).N).toBe(1);
    expect(solution.at(6).N).toBe(2);
  });

  it('share a crossing with doses, which come first', async () => {
    const network = networkOf(`${text()} \n dose A += 1 when A rises 2`);
    const { final } = await simulate(network, { ...tight, to: 2.5, save: 1 });
    expect(final.A).toBeCloseTo(3 * Math.exp(-0.5), 8);
  });

  it('are printed, built and given as an option', async () => {
    const network = networkOf(text());
    expect(printNetwork(network)).toContain('phase drain 1 when A rises 2: fade');
    const built = networkBuilder()
      .reaction('grow: ∅ -> A')
      .reaction('fade: A -> ∅')
      .phase('fill', 5, ['grow'])
      .phase('drain', 1, ['fade'], { when: 'A', rises: 2 })
      .build();
    const again = await simulate(built, { ...tight, to: 9, save: 1 });
    expect(again.final.A).toBeCloseTo(exact(9), 8);
    const plain = networkOf('grow: ∅ -> A \n fade: A -> ∅');
    const given = await simulate(plain, {
      ...tight,
      to: 9,
      save: 1,
      schedule: [
        { name: 'fill', duration: 5, active: ['grow'] },
        {
          name: 'drain',
          duration: 1,
          active: ['fade'],
          when: { species: 'A', direction: 'rises', level: 2 },
        },
      ],
    });
    expect(given.final.A).toBe(again.final.A);
  });

  it('are refused where they cannot be', () => {
    const issue = (start: string) => parseNetwork(text(start)).issues[0]?.message;
    expect(issue('when Q rises 1')).toMatch(/no species `?"?Q/);
    expect(issue('when A climbs 1')).toMatch(/expected `rises` or `falls`/);
    expect(issue('when A rises -1')).toMatch(/the level is -1/);
    expect(issue('when A rises 1 2')).toMatch(/expected an operator, `when` or `:`/);
  });
});
