import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn, neuralSettings } from '../../src/circuits/index.js';
import { contradiction } from '../../src/learning/ideal-hinge.js';
import { idealLoss, idealNetwork } from '../../src/learning/index.js';
import { distance, runExample } from '../circuits/example.js';

const THETA = [1, -0.5, 0.2, -0.4, 0.9, 0.1, 0.3, 0.3, -0.6];
const X = [0.3, 0.8, 0.2];
// The twin needs the settings alone: no network is built, however large it would be.
const twinOf = (options: NeuralCrnOptions) => idealNetwork(neuralSettings(options));

/** Sensitivities from one step: Δθᵢⱼ/(−LR·e·xⱼ). */
function sensitivities(options: NeuralCrnOptions, x: number[], y: number): number[] {
  const twin = twinOf(options);
  const before = [...twin.theta];
  const [e] = twin.step(x, [y]);
  const rows = options.wiring === 'diagonal' ? [0, 1, 2] : [0, 3, 6];
  return rows.map(
    (k) => (twin.theta[k] - before[k]) / (-(options.rate ?? 0.1) * e * x[rows[1] === 1 ? k : 0]),
  );
}

describe('the ideal twin', () => {
  it('has the reference outputs and sensitivities', () => {
    const quad = {
      inputs: 3,
      dynamics: 'quadratic',
      wiring: 'diagonal',
      horizon: 1,
      theta: [0.5, 2, -0.4],
      rate: 0.3,
    } as const;
    const x = [1, 1.5, 1];
    expect(twinOf(quad).outputs(x)[0]).toBeCloseTo(3.721569, 6);
    expect(distance(sensitivities(quad, x, 3), [0.632121, 0.399614, 0.773227])).toBeLessThan(1e-6);
    expect(
      distance(sensitivities({ ...quad, adjoint: 'leaky', rate: 0.1 }, x, 3), [0.5, 0.298519, 0.729025]),
    ).toBeLessThan(1e-6);
    // A chain of very many stages keeps time.
    const frozen = { adjoint: 'frozen', stages: 1e8 } as const;
    expect(
      distance(sensitivities({ ...quad, ...frozen, rate: 0.1 }, x, 3), [0.632121, 0.384965, 0.835188]),
    ).toBeLessThan(1e-6);
    const leaky = sensitivities({ ...quad, adjoint: 'leaky', rate: 0.1 }, x, 3);
    expect(
      distance(sensitivities({ ...quad, adjoint: 'frozen', stages: 1, rate: 0.1 }, x, 3), leaky),
    ).toBeLessThan(1e-12);
    expect(distance(sensitivities({ ...quad, adjoint: 'constant' }, x, 3), [1, 1, 1])).toBeLessThan(1e-9);
    const cubic = { inputs: 3, dynamics: 'cubic', horizon: 0.9, theta: THETA, rate: 0.1 } as const;
    expect(twinOf(cubic).outputs(X)[0]).toBeCloseTo(1.823822, 6);
    expect(distance(sensitivities(cubic, X, 1), [0.88623, 0.697696, 0.878694])).toBeLessThan(1e-6);
    expect(
      distance(sensitivities({ ...cubic, adjoint: 'leaky' }, X, 1), [0.87671, 0.547549, 0.843764]),
    ).toBeLessThan(1e-6);
    expect(
      distance(sensitivities({ ...cubic, ...frozen }, X, 1), [0.888151, 0.66365, 0.870663]),
    ).toBeLessThan(1e-6);
    const slow = { ...cubic, dynamics: 'quadratic', kappa: 0.15, horizon: 0.4 } as const;
    expect(
      distance(sensitivities({ ...slow, ...frozen }, X, 1), [0.393563, 0.376953, 0.393343]),
    ).toBeLessThan(1e-6);
    expect(twinOf({ inputs: 2, theta: [0.3, 0.4], horizon: 0.5 }).outputs([2, 3])[0]).toBeCloseTo(6, 12);
  });

  it('descends the loss: exact steps are finite differences', () => {
    const relu = {
      inputs: 3,
      hidden: 2,
      outputs: 2,
      dynamics: 'relu',
      readoutRate: 0.02,
      rate: 0.05,
    } as const;
    const all: [NeuralCrnOptions, number[]][] = [
      [{ inputs: 3, dynamics: 'quadratic', theta: THETA, rate: 0.05 }, [1]],
      [{ inputs: 3, dynamics: 'cubic', theta: THETA, rate: 0.05, drift: 0.2 }, [1]],
      [{ ...relu, theta: THETA.slice(0, 6), readoutWeights: [0.8, -0.4, -0.3, 0.6] }, [1, 0]],
    ];
    for (const [options, y] of all) {
      const { options: settings } = neuralCrn(options);
      const loss = (theta: number[], W: number[] | null) =>
        idealLoss(idealNetwork(settings, { theta, W }), [X], [y]);
      const twin = idealNetwork(settings);
      const theta = [...twin.theta];
      const W = twin.W && [...twin.W];
      twin.step(X, y);
      const h = 1e-5;
      const moved = (values: number[], k: number, by: number) => values.map((v, j) => (j === k ? v + by : v));
      theta.forEach((value, k) => {
        const slope = (loss(moved(theta, k, h), W) - loss(moved(theta, k, -h), W)) / (2 * h);
        expect(Math.abs((value - twin.theta[k]) / 0.05 - slope)).toBeLessThan(1e-6);
      });
      W?.forEach((value, k) => {
        const slope = (loss(theta, moved(W, k, h)) - loss(theta, moved(W, k, -h))) / (2 * h);
        expect(Math.abs((value - (twin.W as number[])[k]) / 0.02 - slope)).toBeLessThan(1e-6);
      });
    }
  });

  it('takes the steps of the chemistry, lag and fuel included', async () => {
    const options = {
      inputs: 3,
      hidden: 2,
      outputs: 2,
      dynamics: 'relu',
      fuel: 50,
      theta: THETA.slice(0, 6),
      learnTime: 16,
    } as const;
    const circuit = neuralCrn(options);
    const twin = idealNetwork(circuit.options);
    expect(distance(twin.outputs(X), (await runExample(circuit, X)).outputs)).toBeLessThan(1e-6);
    twin.step(X, [1, 0]);
    const ran = await runExample(circuit, X, [1, 0]);
    expect(distance(ran.after.theta, twin.theta)).toBeLessThan(1e-6);
    expect(ran.left.L).toBeCloseTo(twin.fuel, 9);
  });
});

describe('the ideal twin of a hinge circuit', () => {
  const options = {
    inputs: 3,
    hidden: 2,
    dynamics: 'rectified',
    theta: [0.8, -0.5, 0.4, 0.6, 0.7, -0.2],
  } as const;
  const x = [0.4, -0.6];
  const stepped = (at: NeuralCrnOptions, given: number[], y: number[], sharp: boolean) => {
    const twin = idealNetwork(neuralCrn(at).options, { sharp });
    twin.step(given, y);
    return twin.theta;
  };

  it('sharp', () => {
    const up = [0.8112, -0.5168, 0.407, 0.596606, 0.705091, -0.202121];
    expect(distance(stepped(options, x, [1], true), up)).toBeLessThan(1e-6);
    const down = [0.7312, -0.3968, 0.357, 0.620848, 0.668727, -0.18697];
    expect(distance(stepped(options, x, [-1], true), down)).toBeLessThan(1e-6);
    const three = { inputs: 2, hidden: 3, outputs: 3, dynamics: 'rectified', bias: 0.5 } as const;
    expect(
      distance(
        stepped({ ...three, theta: [0.5, 0.1, -0.3, 0.2, 0.7, -0.4] }, [0.6], [1, -1, -1], true),
        [0.6302, 0.2085, -0.314333, 0.188056, 0.6214, -0.4655],
      ),
    ).toBeLessThan(1e-6);
    const line = { inputs: 3, error: 'hinge', rate: 0.3, theta: [0.5, -0.25, 0.3] } as const;
    expect(distance(stepped(line, x, [1], true), [0.542, -0.313, 0.405])).toBeLessThan(1e-6);
    expect(distance(stepped(line, x, [-1], true), [0.302, 0.047, -0.195])).toBeLessThan(1e-6);
  });

  it('with finite rates', () => {
    const up = [0.812946, -0.519418, 0.408091, 0.595856, 0.706216, -0.20259];
    expect(distance(stepped(options, x, [1], false), up)).toBeLessThan(5e-6);
    const down = [0.734171, -0.401257, 0.358857, 0.621072, 0.668392, -0.18683];
    expect(distance(stepped(options, x, [-1], false), down)).toBeLessThan(2e-4);
  });

  it('has a soft hinge without a negative part', () => {
    const { options: settings } = neuralCrn(options);
    const table = [
      [0, 1, 0.9739],
      [0.5, 1, 0.4925],
      [0.9, 1, 0.1649],
      [1, 1, 0.1121],
      [1.1, 1, 0.0748],
      [1.5, 1, 0.0176],
      [3, 1, 0.001],
      [0, 3, 2.9216],
      [2, 3, 0.9762],
      [3, 3, 0.1612],
      [3.5, 3, 0.0408],
    ];
    // The two labels of the reference example, from its measured rails.
    expect(contradiction(settings, 0.719758, 1.031817)).toBeCloseTo(0.323588, 4);
    expect(contradiction(settings, 0.031817, 1.719758)).toBeCloseTo(1.643843, 4);
    for (const [a, b, epsilon] of table) {
      expect(Math.abs(contradiction(settings, a, b) - epsilon)).toBeLessThan(2e-4);
    }
  });

  it('takes the steps of the chemistry', async () => {
    const circuit = neuralCrn(options);
    const { after } = await runExample(circuit, x, 1);
    expect(distance(stepped(options, x, [1], false), after.theta)).toBeLessThan(1e-4);
  });
});
