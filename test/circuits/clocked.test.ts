import { beforeAll, describe, expect, it } from 'vitest';
import { coopClock } from '../../src/circuits/clock.js';
import { clocked, type GateStyle } from '../../src/circuits/clocked.js';
import { doses, linearCrn } from '../../src/circuits/index.js';
import { measureClock } from '../../src/circuits/measure-clock.js';
import { analyse, createReactor, type Network, printNetwork, simulate } from '../../src/index.js';
import { networkOf } from '../tools/network.js';

const clock = coopClock({ leak: 1e-3 });
let exposures: number[];
let gone: number;

beforeAll(async () => {
  const { phases } = await measureClock(clock.network, { phases: clock.phases });
  exposures = phases.map(({ exposure }) => exposure);
  gone = phases[1].peak / 100;
});

/** One example learned under the clock: dosed when the learning phase has gone, read a turn later. */
async function learnOne(network: Network, circuit: ReturnType<typeof linearCrn>, x: number[], y: number) {
  const reactor = await createReactor(network, { rtol: 1e-8, atol: 1e-11 });
  const edge = { species: 'C[3]', direction: 'falls', level: gone } as const;
  reactor.run('', { duration: 200, until: edge });
  for (const { species, amount } of doses(circuit, x, y)) reactor.state[reactor.index(species)] += amount;
  reactor.run('', { duration: 200, until: edge });
  const theta = circuit.weights.map(
    ({ plus, minus }) =>
      reactor.state[reactor.index(plus)] - (minus === null ? 0 : reactor.state[reactor.index(minus)]),
  );
  reactor.dispose();
  return theta;
}

describe('the linear circuit with its clock inside', () => {
  // θ = (0.3, 0.4), x = (2, 3), y = 9.5: e = −3.5, so that Γ = 0.05 gives (0.65, 0.925).
  const options = { inputs: 2, theta: [0.3, 0.4], drift: 0.1, rate: 0.1 } as const;
  const ideal = [0.65, 0.925];

  it.each([
    ['positive', 'rate', 24 + 16, 15 + 8, 3],
    ['positive', 'catalyst', 24 + 16, 15 + 8, 3],
    ['dual', 'catalyst', 45 + 16, 22 + 8, 3],
  ] as const)(
    '%s rails, %s gates: one step, no schedule',
    async (rails, style, reactions, species, order) => {
      const circuit = linearCrn({ ...options, rails });
      const network = clocked(circuit.network, clock, { style, exposures });
      const found = analyse(network);
      expect([found.reactions, found.species, network.phases.length]).toEqual([reactions, species, 0]);
      expect(
        Math.max(...network.reactions.map(({ orders }) => orders.reduce((sum, { value }) => sum + value, 0))),
      ).toBe(order);
      const theta = await learnOne(network, circuit, [2, 3], 9.5);
      // The step along the gradient is exact; its length feels the tails of the pulses.
      expect((theta[1] - 0.4) / (theta[0] - 0.3)).toBeCloseTo(1.5, 3);
      theta.forEach((value, i) => {
        expect(value).toBeCloseTo(ideal[i], 2);
      });
    },
  );

  it('strictly bimolecular by relays, with a step in the direction of the gradient', async () => {
    const circuit = linearCrn({ ...options, rails: 'positive' });
    const network = clocked(circuit.network, clock, { style: 'proxy', exposures });
    expect(analyse(network).maxMolecularity).toBe(2);
    const theta = await learnOne(network, circuit, [2, 3], 9.5);
    expect((theta[1] - 0.4) / (theta[0] - 0.3)).toBeCloseTo(1.5, 3);
    // Relays lag by 1/1000 behind what they copy.
    expect(Math.abs((theta[0] - 0.3) / 0.35 - 1)).toBeLessThan(0.01);
  });

  it('by relays of the first reactant does the same with more of them', async () => {
    const circuit = linearCrn({ ...options, inputs: 2 });
    const by = (relayed: 'shared' | 'first') =>
      clocked(circuit.network, clock, { style: 'proxy', exposures, relayed });
    const [shared, first] = [by('shared'), by('first')];
    expect(first.species.length).toBeGreaterThanOrEqual(shared.species.length);
    const [one, other] = [
      await learnOne(shared, circuit, [2, 3], 9.5),
      await learnOne(first, circuit, [2, 3], 9.5),
    ];
    one.forEach((theta, i) => {
      expect(theta).toBeCloseTo(other[i], 4);
    });
  });

  it('is text like any network', () => {
    const circuit = linearCrn({ ...options, rails: 'dual' });
    for (const style of ['rate', 'catalyst', 'proxy'] as GateStyle[]) {
      const network = clocked(circuit.network, clock, { style, exposures });
      const text = printNetwork(network);
      expect(printNetwork(networkOf(text))).toBe(text);
    }
  });
});

describe('a clocked network', () => {
  const two = networkOf(`
    init A = 1
    one: A -> B
    two: B -> D
    both: D ->{0.01} ∅
    phase first 2: one, both
    phase second 3: two, both
    dose A += 1 at first
  `);

  it('turns doses at a phase into doses at the clock’s edge', async () => {
    const network = clocked(two, clock, {
      exposures,
      doseAt: { first: { species: 'C[3]', direction: 'falls', level: gone } },
    });
    expect(network.doses[0].at.kind).toBe('level');
    const { final } = await simulate(network, { to: 150 });
    const total = final.A + final.B + final.D;
    // One at the start and one a turn, less what has faded.
    expect(total).toBeGreaterThan(2);
    expect(total).toBeLessThan(6);
  });

  it('needs a phase for each of the clock’s, and a reaction that can be switched', () => {
    expect(() => clocked(networkOf('A -> B \n phase p 1: *'), clock, { exposures })).toThrow(
      /2 phases, the network 1/,
    );
    const consumed = networkOf('a: A + B -> D \n b: D -> A \n phase p 1: a \n phase q 1: b');
    expect(() => clocked(consumed, clock, { exposures, style: 'proxy' })).toThrow(
      /reaction a cannot be switched/,
    );
  });
});

describe('a gate of style proxy', () => {
  /** ∫κz² under the clock: z after one turn, from 1, with nothing else. */
  async function decayed(text: string, style: GateStyle): Promise<number> {
    const network = clocked(networkOf(text), clock, { style, exposures });
    expect(style === 'proxy' ? analyse(network).maxMolecularity : 2).toBe(2);
    const reactor = await createReactor(network, { rtol: 1e-8, atol: 1e-11 });
    const edge = { species: 'C[3]', direction: 'falls', level: gone } as const;
    reactor.run('', { duration: 200, until: edge });
    reactor.state[reactor.index('Z')] = 1;
    reactor.run('', { duration: 200, until: edge });
    const left = reactor.state[reactor.index('Z')];
    reactor.dispose();
    return left;
  }
  const phases = 'phase feed 2: decay \n phase learn 3: other';

  it('switches 2 Z -> Z as κz² for the length of the phase', async () => {
    const text = `decay: 2 Z ->{0.7} Z \n other: A -> ∅ \n ${phases}`;
    // dz/dt = −κz² for T = 2.
    expect((await decayed(text, 'proxy')) * (1 + 0.7 * 2)).toBeCloseTo(1, 2);
    expect((await decayed(text, 'catalyst')) * (1 + 0.7 * 2)).toBeCloseTo(1, 2);
  });

  it('relays the reactant that does not change, and of two the one that more reactions share', () => {
    const text = `
      init U = 2, A = 1, B = 1
      grow: A + U -> 2 A + U
      more: B + U -> 2 B + U
      other: A -> ∅
      phase feed 2: grow, more
      phase learn 3: other`;
    const network = clocked(networkOf(text), clock, { style: 'proxy', exposures });
    const names = network.species.map(({ name }) => name).filter((name) => name.includes('gate'));
    expect(names).toEqual(['Ugate[feed]', 'gate[learn]']);
  });

  it('refuses three reactants', () => {
    const text = `decay: 3 Z -> 2 Z \n other: A -> ∅ \n ${phases}`;
    expect(() => clocked(networkOf(text), clock, { style: 'proxy', exposures })).toThrow(
      /reaction decay cannot be switched by a bimolecular gate/,
    );
  });
});
