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
    // Relays lag by 1/50 behind what they copy, which changes the length of the step by a few per cent.
    expect(Math.abs((theta[0] - 0.3) / 0.35 - 1)).toBeLessThan(0.05);
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
