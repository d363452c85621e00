import { describe, expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { createRandom, gradientCheck, idealNetwork } from '../../src/learning/index.js';
import { distance, runExample, steps } from './example.js';

describe('relu nodes with trained output weights', () => {
  const options = {
    inputs: 3,
    hidden: 2,
    outputs: 2,
    dynamics: 'relu',
    horizon: 2,
    learnTime: 20,
    rate: 0.05,
    readoutRate: 0.02,
    theta: [
      [0.5, -1, 0.25],
      [-0.75, 0.5, 1],
    ],
    readoutWeights: [
      [0.8, -0.4],
      [-0.3, 0.6],
    ],
  } as const;

  it('gives the reference state, outputs and steps', async () => {
    const circuit = neuralCrn(options);
    const ran = await runExample(circuit, [1, 0.5, 1], [1, 0]);
    expect(distance([ran.value('Z[1]'), ran.value('Z[2]')], [0.4984769, 0.72710817])).toBeLessThan(1e-8);
    expect(distance([ran.value('F[1]'), ran.value('F[2]')], [0.77909941, 1.05733292])).toBeLessThan(1e-8);
    expect(distance(ran.outputs, [0.10793825, 0.28672183])).toBeLessThan(1e-8);
    const theta = [0.0311509633, 0.0155754817, 0.0311509633, -0.0279589378, -0.0139794689, -0.0279589378];
    expect(distance(steps(ran), theta)).toBeLessThan(1e-8);
    const W = [0.0088934435, 0.0129725076, -0.0028584842, -0.0041695557];
    expect(distance(steps(ran, 'W'), W)).toBeLessThan(1e-8);
  });

  it('tends to the smooth rectifier as the drive gets faster', async () => {
    const ran = await runExample(neuralCrn({ ...options, constants: { ku: 1e5 } }), [1, 0.5, 1], [1, 0]);
    expect(distance([ran.value('Z[1]'), ran.value('Z[2]')], [0.5, 0.73105858])).toBeLessThan(1e-4);
    expect(distance([ran.value('F[1]'), ran.value('F[2]')], [0.78693868, 1.06889329])).toBeLessThan(1e-4);
  });

  it('applies to θ and W the gradient of the loss it simulates, whatever ku', async () => {
    for (const ku of [3, 10, 500]) {
      const at = { ...options, constants: { ku } };
      const x = [1, 0.5, 1];
      const y = [1, 0];
      const loss = async (theta: number[], W: number[]) => {
        const said = (await runExample(neuralCrn({ ...at, theta, readoutWeights: W }), x)).outputs;
        return said.reduce((total, value, k) => total + 0.5 * (value - y[k]) ** 2, 0);
      };
      const theta = options.theta.flat();
      const W = options.readoutWeights.flat();
      const ran = await runExample(neuralCrn(at), x, y);
      const moved = (values: number[], k: number, by: number) => values.map((v, j) => (j === k ? v + by : v));
      const h = 1e-3;
      for (const k of [0, 4]) {
        const slope = ((await loss(moved(theta, k, h), W)) - (await loss(moved(theta, k, -h), W))) / (2 * h);
        expect(Math.abs(steps(ran)[k] / -0.05 - slope)).toBeLessThan(1e-6);
      }
      const slope = ((await loss(theta, moved(W, 1, h))) - (await loss(theta, moved(W, 1, -h)))) / (2 * h);
      expect(Math.abs(steps(ran, 'W')[1] / -0.02 - slope)).toBeLessThan(1e-6);
    }
  });

  it('keeps fixed output weights, and moves θ as before', async () => {
    const trained = await runExample(neuralCrn(options), [1, 0.5, 1], [1, 0]);
    const { readoutRate: _, ...rest } = options;
    const fixed = neuralCrn({ ...rest, readout: 'signed' });
    expect(fixed.groups.W).toBeUndefined();
    const ran = await runExample(fixed, [1, 0.5, 1], [1, 0]);
    expect(distance(ran.after.theta, trained.after.theta)).toBeLessThan(1e-9);
    expect(ran.left['W[1,1]+']).toBe(0.8);
  });

  it('with fuel writes a tenth of ten times as much', async () => {
    const plain = await runExample(neuralCrn(options), [1, 0.5, 1], [1, 0]);
    const ran = await runExample(neuralCrn({ ...options, fuel: 'constant' }), [1, 0.5, 1], [1, 0]);
    expect(distance(steps(ran), steps(plain))).toBeLessThan(1e-9);
    expect(distance(steps(ran, 'W'), steps(plain, 'W'))).toBeLessThan(1e-9);
    expect(ran.left['M[1,1]+'] - ran.left['M[1,1]-']).toBeCloseTo(
      10 * (plain.left['M[1,1]+'] - plain.left['M[1,1]-']),
      9,
    );
  });
});

it('cubic and smoothly rectified nodes behind output weights have their Γ for random constants', async () => {
  const random = createRandom(3, 'rates');
  for (const dynamics of ['cubic', 'relu'] as const) {
    const names = ['kz', 'kd', 'ka', 'kb', 'kalpha', 'kbeta', 'kx', 'kphi'];
    const constants = Object.fromEntries(names.map((name) => [name, random.uniform(1, 6)]));
    const circuit = neuralCrn({
      inputs: 4,
      hidden: 3,
      outputs: 2,
      dynamics,
      readout: 'trained',
      exactCubic: dynamics === 'cubic',
      learnTime: 30,
      rate: 0.07,
      readoutRate: 0.03,
      constants: { ...constants, kZ: 20 },
      theta: Array.from({ length: 12 }, () => random.normal(0, 0.6)),
      readoutWeights: Array.from({ length: 6 }, () => random.normal(0, 0.6)),
    });
    const y = [0.2, 0.9];
    const x = [0.4, 0.9, 0.1, 1];
    const ran = await runExample(circuit, x, y);
    const W = ran.before.W as number[];
    const z = [1, 2, 3].map((i) => ran.value(`Z[${i}]`));
    const F = [1, 2, 3].map((i) => ran.value(`F[${i}]`));
    const said = [0, 1].map((k) => z.reduce((total, value, i) => total + W[3 * k + i] * value, 0));
    expect(distance(ran.outputs, said)).toBeLessThan(1e-8);
    const e = said.map((value, k) => value - y[k]);
    const theta = F.flatMap((f, i) => x.map((v) => -0.07 * (e[0] * W[i] + e[1] * W[3 + i]) * f * v));
    const size = Math.max(...theta.map(Math.abs));
    expect(distance(steps(ran), theta) / size).toBeLessThan(1e-9);
    const dW = e.flatMap((error) => z.map((value) => -0.03 * error * value));
    expect(distance(steps(ran, 'W'), dW) / Math.max(...dW.map(Math.abs))).toBeLessThan(1e-9);
  }
});

describe('constant adjoint behind output weights', () => {
  const options = {
    inputs: 3,
    hidden: 2,
    outputs: 2,
    readout: 'trained',
    adjoint: 'constant',
    learnTime: 20,
    rate: 0.05,
    readoutRate: 0.03,
    theta: [1, -0.5, 0.2, -0.4, 0.9, 0.1],
    readoutWeights: [0.8, -0.4, -0.3, 0.6],
  } as const;
  const [x, y] = [
    [1, 0.5, 1],
    [1, 0],
  ];

  for (const dynamics of ['linear', 'quadratic', 'cubic', 'relu'] as const) {
    it(`${dynamics}: θ moves by T (relu: ∫z dt) in place of F, W as ever, the twin likewise`, async () => {
      const circuit = neuralCrn({ ...options, dynamics });
      const ran = await runExample(circuit, x, y);
      const e = ran.outputs.map((value, k) => value - y[k]);
      const [W, T] = [ran.before.W as number[], circuit.options.horizon];
      const F = dynamics === 'relu' ? [ran.value('F[1]'), ran.value('F[2]')] : [T, T];
      const theta = F.flatMap((f, i) => x.map((v) => -0.05 * (e[0] * W[i] + e[1] * W[2 + i]) * f * v));
      expect(distance(steps(ran), theta)).toBeLessThan(1e-10);
      const dW = e.flatMap((error) => [1, 2].map((i) => -0.03 * error * ran.value(`Z[${i}]`)));
      expect(distance(steps(ran, 'W'), dW)).toBeLessThan(1e-10);
      const twin = idealNetwork(circuit.options);
      twin.step(x, y);
      // What kZ = 1e4 leaves on the wrong rail.
      const bound = dynamics === 'linear' || dynamics === 'relu' ? 1e-7 : 3e-5;
      expect(distance(twin.theta, ran.after.theta)).toBeLessThan(bound);
      expect(distance(twin.W as number[], ran.after.W as number[])).toBeLessThan(bound);
    });
  }

  it('learns nothing without its fuel', async () => {
    const circuit = neuralCrn({ ...options, dynamics: 'cubic', fuel: 'constant' });
    const ran = await runExample(circuit, x, y, { contents: { L: -1 } });
    expect(distance(steps(ran), [0, 0, 0, 0, 0, 0])).toBeLessThan(1e-12);
    const full = await runExample(circuit, x, y);
    const half = await runExample(circuit, x, y, { contents: { L: -0.5 } });
    const wanted = steps(full).map((step) => step / 2);
    expect(distance(steps(half), wanted)).toBeLessThan(1e-9);
  });

  it('is the gradient of linear nodes', async () => {
    const circuit = neuralCrn({ ...options, dynamics: 'linear' });
    const { largestRelativeError } = await gradientCheck(circuit, { x, y }, { step: 1e-3 });
    expect(largestRelativeError).toBeLessThan(1e-7);
  });
});
