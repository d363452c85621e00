import { describe, expect, it } from 'vitest';
import { type NeuralCrnOptions, neuralCrn } from '../../src/circuits/index.js';
import { gradientCheck, idealNetwork } from '../../src/learning/index.js';
import { StagedPot } from '../../src/learning/staged-pot.js';
import { distance } from '../circuits/example.js';

const THETA = [1, -0.5, 0.2, -0.4, 0.9, 0.1, 0.3, 0.3, -0.6];
const X = [0.3, 0.8, 0.2];
const precise = { rtol: 1e-10, atol: 1e-13 };
const staged = (options: NeuralCrnOptions) => neuralCrn({ pipeline: 'staged', rate: 0.3, ...options });

const quadratic = {
  inputs: 3,
  dynamics: 'quadratic',
  wiring: 'diagonal',
  horizon: 1,
  theta: [0.5, 2, -0.4],
} as const;
const alpha = { inputs: 3, dynamics: 'quadratic', kappa: 0.15, horizon: 0.4, theta: THETA } as const;
const cubic = { inputs: 3, dynamics: 'cubic', theta: THETA } as const;
const relu = { inputs: 3, dynamics: 'relu', theta: THETA, biases: [0.1, -0.2, 0.3] } as const;

describe('exact adjoint: the gradient of the simulated loss', () => {
  const anyRate: [string, NeuralCrnOptions, number[], number | number[]][] = [
    ['LIN-D', { inputs: 2, theta: [0.3, -0.4], adjoint: 'exact' }, [2, 3], 9.5],
    ['LIN-D, positive rails', { inputs: 2, theta: [0.3, 0.4], rails: 'positive' }, [2, 3], 9.5],
    ['LIN-F', { inputs: 3, wiring: 'recurrent', theta: THETA, horizon: 1 }, X, 1],
    ['CUBIC with mixed terms', { ...cubic, exactCubic: true }, X, 1],
  ];
  for (const [name, options, x, y] of anyRate) {
    it(`${name}, at any rate of annihilation`, async () => {
      const check = await gradientCheck(staged(options), { x, y }, { step: 1e-3 });
      expect(check.largestRelativeError).toBeLessThan(2e-6);
    });
  }

  // What the two half-empty rails of a node hold beside its value falls as 1/kann, and the gradient's error with it.
  const limited: [string, NeuralCrnOptions, number[], number][] = [
    ['QUAD-D', { ...quadratic }, [1, 1.5, 1], 3],
    ['QUAD-F with drift', { ...alpha, kappa: 0.5, drift: 0.1 }, X, 1],
    ['CUBIC', { ...cubic }, X, 1],
    ['RELU', { ...relu }, X, 1],
  ];
  for (const [name, options, x, y] of limited) {
    it(`${name}, as 1/kann: within 1e-5 at 1e6`, async () => {
      const off = async (annihilation: number) => {
        const circuit = staged({ ...options, constants: { annihilation } });
        return (await gradientCheck(circuit, { x, y }, { step: 1e-3 })).largestRelativeError;
      };
      const [coarse, middle, fine] = [await off(1e2), await off(1e4), await off(1e6)];
      expect(coarse).toBeLessThan(0.02);
      expect(middle).toBeLessThan(coarse / 50);
      expect(fine).toBeLessThan(1e-5);
    });
  }

  it('RELU with three outputs: of biases and a trained read-out, too', async () => {
    const circuit = staged({
      ...relu,
      outputs: 3,
      readout: 'trained',
      readoutRate: 0.05,
      readoutWeights: [0.5, -0.3, 1, 0.2, 0.7, -0.6, -1, 0.4, 0.3],
      constants: { annihilation: 1e6 },
    });
    for (const group of ['theta', 'B', 'W'] as const) {
      const check = await gradientCheck(circuit, { x: X, y: [1, 0, 0] }, { group, step: 1e-3 });
      expect(check.chemical.length).toBe(group === 'B' ? 3 : 9);
      expect(check.largestRelativeError).toBeLessThan(1e-5);
    }
    await expect(gradientCheck(staged(cubic), { x: X, y: 1 }, { group: 'B' })).rejects.toThrow(
      'this circuit trains no B',
    );
  });

  it('is missed by the published relu adjoint, which its own twin predicts', async () => {
    const circuit = staged({ ...relu, staged: { backward: 'published' }, constants: { annihilation: 1e6 } });
    const check = await gradientCheck(circuit, { x: X, y: 1 }, { step: 1e-3 });
    expect(check.largestRelativeError).toBeGreaterThan(0.05);
    expect(distance(check.chemical, idealGradient(circuit.options, X, [1]))).toBeLessThan(1e-5);
  });
});

/** −Δθ/rate of the ideal twin. */
function idealGradient(
  settings: Parameters<typeof idealNetwork>[0],
  x: readonly number[],
  y: readonly number[],
): number[] {
  const twin = idealNetwork(settings);
  const before = [...twin.theta];
  twin.step(x, y);
  return before.map((value, e) => (value - twin.theta[e]) / settings.rate);
}

/** Sensitivities Fᵢ as one simulated example applies them: Δθ/(−rate·e·xⱼ) of the first input's column. */
async function sensitivities(options: NeuralCrnOptions, x: readonly number[], y: number) {
  const circuit = staged({ ...options, constants: { annihilation: 1e6 } });
  const pot = await StagedPot.create(circuit, precise);
  const before = pot.weights();
  const [output] = pot.learn(x, [y]);
  const moved = pot.weights().map((value, e) => (before[e] - value) / (0.3 * (output - y)));
  pot.dispose();
  const diagonal = options.wiring === 'diagonal';
  return {
    F: x.map((value, i) => (diagonal ? moved[i] / value : moved[3 * i] / x[0])),
    settings: circuit.options,
    moved,
    output,
    error: output - y,
  };
}

describe('adjoints have the reference sensitivities', () => {
  const cases: [string, NeuralCrnOptions, number[], number[]][] = [
    ['QUAD-D exact', quadratic, [1, 1.5, 1], [0.632121, 0.399614, 0.773227]],
    ['QUAD-D frozen', { ...quadratic, adjoint: 'frozen' }, [1, 1.5, 1], [0.632121, 0.384965, 0.835188]],
    ['QUAD-D constant', { ...quadratic, adjoint: 'constant' }, [1, 1.5, 1], [1, 1, 1]],
    ['CUBIC exact', cubic, X, [0.88623, 0.697696, 0.878694]],
    ['CUBIC frozen', { ...cubic, adjoint: 'frozen' }, X, [0.888151, 0.66365, 0.870663]],
    ['CUBIC constant', { ...cubic, adjoint: 'constant' }, X, [0.9, 0.9, 0.9]],
    ['QUAD-α exact', alpha, X, [0.39334, 0.378374, 0.393967]],
    ['QUAD-α frozen', { ...alpha, adjoint: 'frozen' }, X, [0.393563, 0.376953, 0.393343]],
  ];
  for (const [name, options, x, F] of cases) {
    it(name, async () => {
      const found = await sensitivities(options, x, 1);
      expect(distance(found.F, F)).toBeLessThan(5e-6);
      // Published reactions of the exact adjoint have the same law, where Z ≥ 0.
      if (name.endsWith('exact')) {
        const published = await sensitivities({ ...options, staged: { backward: 'published' } }, x, 1);
        expect(distance(published.F, F)).toBeLessThan(5e-6);
      }
    });
  }

  it('QUAD-α as the authors ran it: five times as long back, the drives pulling at Z', async () => {
    const longer = { ...alpha, adjoint: 'frozen', staged: { times: { backward: 2 } } } as const;
    const held = await sensitivities(longer, X, 1);
    const z = [0.271106, 0.999059, 0.280499];
    expect(
      distance(
        held.F,
        z.map((value) => (1 - Math.exp(-0.6 * value)) / (0.3 * value)),
      ),
    ).toBeLessThan(5e-6);
    const published = await sensitivities(
      { ...longer, staged: { ...longer.staged, backward: 'published' } },
      X,
      1,
    );
    const pulled = z.map((value, i) => {
      const spread = X.reduce((sum, x, j) => sum + Math.abs(THETA[3 * i + j] * x), 0);
      const N = 4000;
      let sum = 0;
      for (let k = 0; k < N; k++) {
        const s = (2 * (k + 0.5)) / N;
        sum += (Math.exp(-0.3 * (value * s + 0.5 * s * s * spread)) * 2) / N;
      }
      return sum;
    });
    expect(distance(published.F, pulled)).toBeLessThan(5e-6);
  });
});

describe('the ideal twin of a staged circuit', () => {
  const cases: [string, NeuralCrnOptions][] = [
    ['LIN-D', { inputs: 3, theta: [0.3, 0.4, -0.5] }],
    ['LIN-F', { inputs: 3, wiring: 'recurrent', theta: THETA, horizon: 1 }],
    ['QUAD-D', quadratic],
    ['QUAD-D published', { ...quadratic, staged: { backward: 'published' } }],
    ['QUAD-α frozen', { ...alpha, adjoint: 'frozen', staged: { times: { backward: 2 } } }],
    [
      'QUAD-α published',
      { ...alpha, drift: 0.1, adjoint: 'frozen', staged: { backward: 'published', times: { backward: 2 } } },
    ],
    ['CUBIC', { ...cubic, drift: -0.2 }],
    ['RELU', relu],
    ['RELU frozen', { ...relu, adjoint: 'frozen' }],
    ['RELU constant', { ...relu, adjoint: 'constant' }],
    ['RELU from ½, two nodes', { ...relu, hidden: 2, start: 0.5, theta: THETA.slice(0, 6), biases: 0.1 }],
    ['RELU behind a trained read-out', { ...relu, readout: 'trained', readoutWeights: [0.5, -0.3, 1] }],
    ['signed read-out', { ...cubic, outputs: 2, readout: 'signed' }],
  ];
  for (const [name, options] of cases) {
    it(`${name}: outputs and one step, with either update`, async () => {
      const y = options.outputs === 2 ? [1, 0.2] : [1];
      for (const update of ['chemical', 'digital'] as const) {
        const circuit = staged({
          ...options,
          staged: { ...options.staged, update },
          constants: { annihilation: 1e6 },
        });
        const twin = idealNetwork(circuit.options);
        const pot = await StagedPot.create(circuit, precise);
        const read = pot.learn(X, y);
        expect(distance(read, twin.outputs(X))).toBeLessThan(5e-6);
        twin.step(X, y);
        const { theta, W, B } = pot.values();
        expect(distance(theta, twin.theta)).toBeLessThan(5e-6);
        if (W) expect(distance(W, twin.W as number[])).toBeLessThan(5e-6);
        if (B) expect(distance(B, twin.B as number[])).toBeLessThan(5e-6);
        pot.dispose();
      }
    });
  }
});

describe('a pot between examples', () => {
  it('holds weights with one empty rail, the fixed species, and nothing else', async () => {
    const circuit = staged({ ...relu, readout: 'trained' });
    const pot = await StagedPot.create(circuit, precise);
    pot.learn(X, [1]);
    const left = Object.entries(pot.concentrations()).filter(([, amount]) => amount !== 0);
    expect(left.every(([name]) => /^[PBWH]/.test(name))).toBe(true);
    for (const { plus, minus } of Object.values(circuit.groups).flatMap(({ signals }) => signals)) {
      expect(Math.min(pot.read(plus), pot.read(minus as string))).toBe(0);
    }
    pot.dispose();
  });

  it('learns the same whatever both rails of a weight hold in common', async () => {
    const circuit = staged({ inputs: 2, theta: [0.3, -0.4] });
    const step = async (common: number) => {
      const pot = await StagedPot.create(circuit, precise);
      pot.load(
        Object.fromEntries(
          circuit.weights.flatMap(({ plus, minus }) =>
            [plus, minus as string].map((name) => [name, pot.read(name) + common]),
          ),
        ),
      );
      pot.learn([2, 3], [9.5]);
      const after = pot.weights();
      pot.dispose();
      return after;
    };
    expect(distance(await step(0), await step(1))).toBeLessThan(1e-8);
  });

  it('passes on the part k1/(k1 + k2) of a gradient: the rate, in a chemical update', async () => {
    for (const rate of [0.05, 0.5, 0.9]) {
      const circuit = staged({ ...cubic, rate });
      const pot = await StagedPot.create(circuit, precise);
      pot.start(X, [1]);
      for (const { name, duration } of pot.phases.slice(0, 5)) pot.record(name, [duration]);
      const g = pot.read('G[1,1]+') - pot.read('G[1,1]-');
      pot.record('update', [100]);
      expect((1 - pot.weights()[0]) / g).toBeCloseTo(rate, 9);
      pot.dispose();
    }
  });
});
