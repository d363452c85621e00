import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';
import { createRandom } from '../../src/learning/index.js';
import { createReactor } from '../../src/simulate/reactor.js';
import { distance, runExample, steps } from './example.js';

/** Reference cases: state, sensitivity and output of one example, by Runge–Kutta at 1e-11. */
const THETA = [
  [1, -0.5, 0.2],
  [-0.4, 0.9, 0.1],
  [0.3, 0.3, -0.6],
];
const X = [0.3, 0.8, 0.2];
const cases = {
  'quadratic, diagonal': {
    options: { dynamics: 'quadratic', wiring: 'diagonal', horizon: 1, theta: [0.5, 2, -0.4] },
    x: [1, 1.5, 1],
    y: 3,
    z: [1, 2.349873, 0.371696],
    F: [0.632121, 0.399614, 0.773227],
    leaky: [0.5, 0.298519, 0.729025],
  },
  'quadratic, full': {
    options: { dynamics: 'quadratic', horizon: 0.9, theta: THETA },
    x: X,
    y: 1,
    z: [0.216141, 0.987197, 0.352926],
    F: [0.808739, 0.607035, 0.786616],
    leaky: [0.9 / (1 + 0.9 * 0.216141), 0.9 / (1 + 0.9 * 0.987197), 0.9 / (1 + 0.9 * 0.352926)],
  },
  'quadratic, κ = 0.15': {
    options: { dynamics: 'quadratic', kappa: 0.15, horizon: 0.4, theta: THETA },
    x: X,
    y: 1,
    z: [0.271106, 0.999059, 0.280499],
    F: [0.39334, 0.378374, 0.393967],
    leaky: [0.4 / (1 + 0.12 * 0.271106), 0.4 / (1 + 0.12 * 0.999059), 0.4 / (1 + 0.12 * 0.280499)],
  },
  cubic: {
    options: { dynamics: 'cubic', horizon: 0.9, theta: THETA },
    x: X,
    y: 1,
    z: [0.242971, 1.196002, 0.38485],
    F: [0.88623, 0.697696, 0.878694],
    leaky: [0.87671, 0.547549, 0.843764],
  },
} as const;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** θ-gradient e·Fᵢ·xⱼ row by row. */
function gradient(
  options: NeuralCrnOptions,
  e: number,
  F: readonly number[],
  x: readonly number[],
): number[] {
  return options.wiring === 'diagonal'
    ? F.map((f, i) => e * f * x[i])
    : F.flatMap((f) => x.map((value) => e * f * value));
}

for (const [name, { options, x, y, z, F, leaky }] of Object.entries(cases)) {
  describe(name, () => {
    const base: NeuralCrnOptions = { inputs: 3, rate: 0.3, ...options };
    const error = sum(z) - y;

    it('exact adjoint: state, sensitivity, and a step along the gradient', async () => {
      const circuit = neuralCrn(base);
      const ran = await runExample(circuit, [...x], y);
      expect(
        distance(
          [1, 2, 3].map((i) => ran.value(`Z[${i}]`)),
          z,
        ),
      ).toBeLessThan(1e-4);
      expect(
        distance(
          [1, 2, 3].map((i) => ran.value(`F[${i}]`)),
          F,
        ),
      ).toBeLessThan(1.5e-4);
      expect(ran.outputs[0]).toBeCloseTo(sum(z), 3);
      const wanted = gradient(base, error, F, x).map((g) => -0.3 * g);
      expect(distance(steps(ran), wanted)).toBeLessThan(3e-5);
    });

    it('leaky adjoint: a step along e·x/(1/T + J), within O(1/σ)', async () => {
      const wanted = gradient(base, error, leaky, x).map((g) => -0.1 * g);
      const size = Math.max(...wanted.map(Math.abs));
      const off = async (constants: Record<string, number>) => {
        const circuit = neuralCrn({ ...base, adjoint: 'leaky', rate: 0.1, constants });
        const ran = await runExample(circuit, [...x], y, { learnTime: 30 });
        return distance(steps(ran), wanted) / size;
      };
      const fast = { kf: 5000, ka: 5000, kr: 2000, annihilation: 1e4 };
      const [near, far] = [await off({ ...fast, sigma: 1000 }), await off({ ...fast, sigma: 100 })];
      expect(far).toBeLessThan(0.02);
      expect(near).toBeLessThan(0.003);
      expect(await off({})).toBeLessThan(0.12);
    });

    it('constant adjoint: a step −LR·T·e·x', async () => {
      const circuit = neuralCrn({
        ...base,
        adjoint: 'constant',
        rate: 0.1,
        constants: { annihilation: 1e4 },
      });
      const ran = await runExample(circuit, [...x], y, { learnTime: 30 });
      const T = circuit.options.horizon;
      const wanted = gradient(base, error, [T, T, T], x).map((g) => -0.1 * g);
      expect(distance(steps(ran), wanted)).toBeLessThan(1e-4);
    });

    it('does not depend on what both rails of a weight hold in common', async () => {
      for (const adjoint of ['exact', 'constant'] as const) {
        const circuit = neuralCrn({ ...base, adjoint });
        const contents = Object.fromEntries(
          circuit.weights.flatMap(({ plus, minus }) => [
            [plus, 1],
            [minus as string, 1],
          ]),
        );
        const plain = await runExample(circuit, [...x], y);
        const raised = await runExample(circuit, [...x], y, { contents });
        // 100 against 1e4: the slower annihilation leaves a hundred times as much on the wrong rail of Z.
        expect(distance(raised.after.theta, plain.after.theta)).toBeLessThan(
          adjoint === 'exact' ? 1e-5 : 2e-3,
        );
      }
    });
  });
}

it('constant adjoint, quadratic and diagonal, default rates: raised rails shift a step by 2e-5', async () => {
  const { options, x, y } = cases['quadratic, diagonal'];
  const circuit = neuralCrn({ inputs: 3, adjoint: 'constant', ...options });
  const both = circuit.weights.flatMap(({ plus, minus }) => [plus, minus as string]);
  const contents = Object.fromEntries(both.map((name) => [name, 1]));
  const plain = await runExample(circuit, [...x], y);
  const raised = await runExample(circuit, [...x], y, { contents });
  expect(distance(raised.after.theta, plain.after.theta)).toBeLessThan(2e-5);
});

describe('exact adjoint in numbers', () => {
  it('quadratic, diagonal: the step of the reference network at kZ = 1e4', async () => {
    const { options, x, y } = cases['quadratic, diagonal'];
    const ran = await runExample(neuralCrn({ inputs: 3, rate: 0.3, ...options }), [...x], y);
    expect(distance(ran.after.theta, [0.36317, 1.870249, -0.567364])).toBeLessThan(2e-6);
    expect(distance(ran.after.theta, [0.363165, 1.870244, -0.56738])).toBeLessThan(2e-5);
  });

  it('quadratic: the error falls tenfold per decade of kZ', async () => {
    const { options, x, y, F, z } = cases['quadratic, full'];
    const off: number[] = [];
    for (const kZ of [1e2, 1e3, 1e4]) {
      const circuit = neuralCrn({ inputs: 3, rate: 0.3, ...options, constants: { kZ } });
      const ran = await runExample(circuit, [...x], y);
      const g = gradient({ inputs: 3, wiring: 'full' }, sum(z) - y, F, x);
      off.push(
        distance(
          steps(ran).map((step) => step / -0.3),
          g,
        ) / Math.max(...g.map(Math.abs)),
      );
    }
    expect(off[0]).toBeCloseTo(2.1e-2, 3);
    expect(off[0] / off[1]).toBeGreaterThan(8);
    expect(off[1] / off[2]).toBeGreaterThan(8);
  });

  it('quadratic: the state is off by −sgn(z)·(2κ/kZ)·F times the drive on the other rail', async () => {
    const { options, x } = cases['quadratic, full'];
    const at = async (kZ: number) => {
      const circuit = neuralCrn({ inputs: 3, ...options, constants: { kZ } });
      const { value } = await runExample(circuit, [...x], undefined, {
        solver: { rtol: 1e-12, atol: 1e-15 },
      });
      return [1, 2, 3].map((i) => ({ z: value(`Z[${i}]`), F: value(`F[${i}]`) }));
    };
    const sharp = await at(1e8);
    for (const kZ of [1e3, 1e4, 1e5]) {
      (await at(kZ)).forEach(({ z, F }, i) => {
        const drives = THETA[i].map((weight, j) => weight * x[j]);
        const opposite = sum(drives.map((drive) => Math.max(0, -drive * Math.sign(z))));
        const predicted = -Math.sign(z) * (1 / kZ) * opposite * F;
        expect(Math.abs((z - sharp[i].z) / predicted - 1)).toBeLessThan(0.01);
      });
    }
  });

  it('cubic with its mixed terms: exact at any annihilation rate', async () => {
    const { options, x, y } = cases.cubic;
    const results = [];
    for (const kZ of [10, 1e4]) {
      const circuit = neuralCrn({ inputs: 3, rate: 0.3, ...options, exactCubic: true, constants: { kZ } });
      results.push(await runExample(circuit, [...x], y, { learnTime: 30 }));
    }
    expect(distance(results[0].after.theta, results[1].after.theta)).toBeLessThan(1e-8);
    // Against the step's own numbers: Δθ = −Γ·e·F·x.
    const { value, outputs } = results[0];
    const F = [1, 2, 3].map((i) => value(`F[${i}]`));
    expect(distance(F, cases.cubic.F)).toBeLessThan(1e-6);
    const wanted = gradient({ inputs: 3, wiring: 'full' }, outputs[0] - y, F, x).map((g) => -0.3 * g);
    expect(distance(steps(results[0]), wanted)).toBeLessThan(1e-8);
  });

  it('has its Γ for random constants, any number of nodes and both starts', async () => {
    const random = createRandom(5, 'rates');
    for (const [hidden, start] of [
      [2, 0],
      [4, 0.3],
      [3, 'input'],
    ] as const) {
      const constants = Object.fromEntries(
        ['kf', 'kd', 'kalpha', 'kx', 'kphi', 'ka'].map((name) => [name, random.uniform(1, 8)]),
      );
      const circuit = neuralCrn({
        inputs: 3,
        hidden,
        start,
        dynamics: 'cubic',
        exactCubic: true,
        rate: random.uniform(0.05, 0.5),
        constants: { ...constants, kZ: 100 },
        theta: Array.from({ length: 3 * hidden }, () => random.normal(0, 0.7)),
      });
      const x = [0.7, -0.4, 0.3];
      const ran = await runExample(circuit, x, 0.4, { learnTime: 30 });
      const F = Array.from({ length: hidden }, (_, i) => ran.value(`F[${i + 1}]`));
      const g = gradient({ inputs: 3, wiring: 'full' }, ran.outputs[0] - 0.4, F, x);
      const wanted = g.map((value) => -circuit.gamma * value);
      expect(distance(steps(ran), wanted) / Math.max(...wanted.map(Math.abs))).toBeLessThan(1e-9);
    }
  });
});

describe('fuel', () => {
  const base = { inputs: 2, dynamics: 'quadratic', theta: [0.2, -0.4, 0.6, 0.1], rate: 0.2 } as const;

  it('burns to 1/(1 + n/n0) and scales the steps', async () => {
    const circuit = neuralCrn({ ...base, fuel: 2000 });
    const ran = await runExample(circuit, [0.5, 0.2], 1);
    expect(Math.abs(ran.left.L - 1 / (1 + 1 / 2000))).toBeLessThan(1e-10);
    // A hundred empty examples burn as much as a hundred others.
    const reactor = await createReactor(circuit.network, { rtol: 1e-12, atol: 1e-15 });
    for (let n = 0; n < 100; n++) {
      reactor.run(circuit.phases.feed);
      reactor.run(circuit.phases.learn);
    }
    expect(Math.abs(reactor.state[reactor.index('L')] - 1 / (1 + 100 / 2000))).toBeLessThan(1e-10);
    reactor.dispose();
    const whole = steps(await runExample(neuralCrn(base), [0.5, 0.2], 1));
    const half = steps(
      await runExample(neuralCrn({ ...base, fuel: 'constant' }), [0.5, 0.2], 1, { contents: { L: -0.5 } }),
    );
    expect(
      distance(
        half,
        whole.map((step) => step / 2),
      ),
    ).toBeLessThan(1e-5);
    const none = steps(
      await runExample(neuralCrn({ ...base, fuel: 'constant' }), [0.5, 0.2], 1, { contents: { L: -1 } }),
    );
    expect(distance(none, [0, 0, 0, 0])).toBeLessThan(1e-12);
  });
});
