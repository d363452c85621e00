import { describe, expect, it } from 'vitest';
import {
  type Circuit,
  doses,
  linearCrn,
  prediction,
  updateGain,
  weights,
  withSample,
} from '../../src/circuits/index.js';
import { createRandom } from '../../src/learning/index.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';
import { createReactor } from '../../src/simulate/reactor.js';
import { simulate } from '../../src/simulate/simulate.js';

const PRECISE = { rtol: 1e-10, atol: 1e-13 };

/** Doses one example, runs phase 1 and, with a label, phase 2. */
async function runExample(
  circuit: Circuit,
  x: number[],
  y?: number,
  options: { learnTime?: number; solver?: object; before?: Record<string, number> } = {},
) {
  const reactor = await createReactor(circuit.network, options.solver ?? PRECISE);
  const read = (name: string) => reactor.state[reactor.index(name)];
  for (const [name, value] of Object.entries(options.before ?? {}))
    reactor.state[reactor.index(name)] += value;
  for (const { species, amount } of doses(circuit, x, y)) reactor.state[reactor.index(species)] += amount;
  reactor.run(circuit.phases.feed);
  const fed = Object.fromEntries(reactor.species.map((name) => [name, read(name)]));
  const output = prediction(circuit, read);
  if (y !== undefined) {
    reactor.run(circuit.phases.learn, options.learnTime === undefined ? {} : { duration: options.learnTime });
  }
  const theta = weights(circuit, read);
  const debt = circuit.rails === 'positive' ? circuit.weights.map(({ minus }) => read(minus!)) : [];
  reactor.dispose();
  return { fed, output, theta, debt };
}

describe('phase 1', () => {
  const settings = { inputs: 2, theta: [0.3, 0.4], drift: 0.1, horizon: 0.5 };

  it('gives z(T) = (2.35, 3.65) for x = (2, 3), θ = (0.3, 0.4), h = 0.1, T = 0.5', async () => {
    const { fed, output } = await runExample(linearCrn(settings), [2, 3]);
    expect(fed['Z[1]+'] - fed['Z[1]-']).toBeCloseTo(2.35, 9);
    expect(fed['Z[2]+'] - fed['Z[2]-']).toBeCloseTo(3.65, 9);
    expect(output).toBeCloseTo(6, 9);
    expect((await runExample(linearCrn({ ...settings, rails: 'positive' }), [2, 3])).output).toBeCloseTo(
      6,
      9,
    );
  });

  it('has ∂z/∂(θx) = F = (0.5, 0.5)', async () => {
    for (const i of [0, 1]) {
      const theta = (by: number) => settings.theta.map((value, j) => value + (j === i ? by : 0));
      const z = async (by: number) => {
        const { fed } = await runExample(linearCrn({ ...settings, theta: theta(by) }), [2, 3]);
        return fed[`Z[${i + 1}]+`] - fed[`Z[${i + 1}]-`];
      };
      expect(((await z(0.1)) - (await z(-0.1))) / 0.2 / [2, 3][i]).toBeCloseTo(0.5, 9);
    }
  });

  it('is right for every combination of signs', async () => {
    for (const x of [2, -2]) {
      for (const theta of [0.7, -3.1]) {
        for (const drift of [0.1, -0.1]) {
          const { output } = await runExample(linearCrn({ inputs: 1, theta: [theta], drift }), [x]);
          expect(output).toBeCloseTo(x * (1 + theta * 0.5) + 0.5 * drift, 8);
        }
      }
    }
  });
});

describe('a circuit as text', () => {
  it('learns its example when `simulate` runs the text', async () => {
    const circuit = linearCrn({ inputs: 2, rails: 'positive', theta: [0.3, 0.4], drift: 0.1, learnTime: 20 });
    const { network, issues } = parseNetwork(printNetwork(withSample(circuit, [2, 3], 9.5)));
    expect(issues).toEqual([]);
    const { final } = await simulate(network!, PRECISE);
    expect(final['P[1]']).toBeCloseTo(0.65, 6);
    expect(final['P[2]']).toBeCloseTo(0.925, 6);
  });
});

describe('phase 2', () => {
  // x = (2, 3), y = 9.5: e = −3.5, Γ = 0.05, so θ goes from (0.3, 0.4) to (0.65, 0.925).
  for (const rails of ['positive', 'dual'] as const) {
    for (const [learnTime, tolerance] of [
      [10, 1e-4],
      [20, 1e-7],
    ]) {
      it(`makes the step to (0.65, 0.925) within ${tolerance} in ${learnTime} time units (${rails} rails)`, async () => {
        const circuit = linearCrn({ inputs: 2, rails, theta: [0.3, 0.4], drift: 0.1, rate: 0.1, learnTime });
        const { theta } = await runExample(circuit, [2, 3], 9.5);
        expect(Math.abs(theta[0] - 0.65)).toBeLessThan(tolerance);
        expect(Math.abs(theta[1] - 0.925)).toBeLessThan(tolerance);
      });
    }
  }

  it('follows Γ = k1/(k1+k2) · kg·kf/((kf+kx)(kd+kx)) for random rates', async () => {
    const random = createRandom(11, 'rates');
    for (let trial = 0; trial < 8; trial++) {
      const constants = {
        kf: random.uniform(2, 20),
        kd: random.uniform(0.8, 4),
        kg: random.uniform(0.5, 4),
        kx: random.uniform(0.7, 2),
        annihilation: random.uniform(20, 200),
      };
      const horizon = random.uniform(0.2, 1);
      const rate = (random.uniform(0.05, 0.9) * updateGain(constants, 1, 0)) / horizon;
      const theta = [random.uniform(-1, 1), random.uniform(-1, 1)];
      const x = [random.uniform(-2, 2), random.uniform(-2, 2)];
      const circuit = linearCrn({ inputs: 2, drift: false, horizon, rate, constants, theta });
      const ran = await runExample(circuit, x, 1.5, { learnTime: 40 });
      const error = ran.output - 1.5;
      ran.theta.forEach((value, i) => {
        const gamma = (theta[i] - value) / (error * x[i]);
        expect(Math.abs(gamma / (rate * horizon) - 1)).toBeLessThan(1e-7);
      });
    }
  });

  it('turns both ways and towards both signs', async () => {
    for (const y of [5, -5]) {
      for (const x of [1.5, -1.5]) {
        const circuit = linearCrn({ inputs: 1, theta: [0.1], drift: false, learnTime: 30 });
        const { theta, output } = await runExample(circuit, [x], y);
        expect(theta[0]).toBeCloseTo(0.1 - 0.05 * (output - y) * x, 8);
      }
    }
  });

  it('does not depend on what both rails of a weight hold in common', async () => {
    const circuit = linearCrn({ inputs: 2, theta: [0.3, -0.4], drift: 0.1, learnTime: 20 });
    const plain = await runExample(circuit, [2, -3], 4);
    const common = Object.fromEntries(
      circuit.weights.flatMap(({ plus, minus }) => [
        [plus, 1],
        [minus!, 1],
      ]),
    );
    const raised = await runExample(circuit, [2, -3], 4, { before: common });
    raised.theta.forEach((value, i) => {
      expect(Math.abs(value - plain.theta[i])).toBeLessThan(1e-8);
    });
  });

  it('leaves debt where a positive weight would have to become negative', async () => {
    const circuit = linearCrn({ inputs: 1, rails: 'positive', theta: [0.1], drift: false, learnTime: 30 });
    const { theta, debt } = await runExample(circuit, [2], 0);
    // ŷ = 2.1, so θ should fall by 0.05 · 2.1 · 2 = 0.21 to −0.11.
    expect(debt[0]).toBeCloseTo(0.11, 6);
    expect(theta[0]).toBeCloseTo(-0.11, 6);
  });
});
