import { describe, expect, it } from 'vitest';
import {
  crossLoss,
  doses,
  dual,
  type NeuralCrnOptions,
  neuralCrn,
  selfGrowth,
  signedValue,
  single,
  tripleProduct,
  turned,
  withSample,
} from '../../src/circuits/index.js';
import { networkBuilder, parseNetwork, printNetwork } from '../../src/network/index.js';
import { createReactor } from '../../src/simulate/reactor.js';
import { simulate } from '../../src/simulate/simulate.js';
import { distance } from './example.js';

const THETA = [
  [1, -0.5, 0.2],
  [-0.4, 0.9, 0.1],
  [0.3, 0.3, -0.6],
];
const X = [0.3, 0.8, 0.2];
const precise = { rtol: 1e-10, atol: 1e-13 };
const staged = (options: NeuralCrnOptions) => neuralCrn({ pipeline: 'staged', rate: 0.3, ...options });

/** Models with their state z(T) by Runge–Kutta at 1e-11, where one is known. */
const models: Record<string, { options: NeuralCrnOptions; x: number[]; z?: number[] }> = {
  'LIN-D': { options: { inputs: 2, theta: [0.3, 0.4], adjoint: 'exact' }, x: [2, 3], z: [2.35, 3.65] },
  'LIN-F': { options: { inputs: 3, wiring: 'recurrent', theta: THETA, horizon: 1 }, x: X },
  'QUAD-D': {
    options: {
      inputs: 3,
      dynamics: 'quadratic',
      wiring: 'diagonal',
      horizon: 1,
      theta: [0.5, 2, -0.4],
    },
    x: [1, 1.5, 1],
    z: [1, 2.349873, 0.371696],
  },
  'QUAD-α': {
    options: { inputs: 3, dynamics: 'quadratic', kappa: 0.15, horizon: 0.4, theta: THETA },
    x: X,
    z: [0.271106, 0.999059, 0.280499],
  },
  CUBIC: {
    options: { inputs: 3, dynamics: 'cubic', theta: THETA },
    x: X,
    z: [0.242971, 1.196002, 0.38485],
  },
  'CUBIC, mixed terms': {
    options: { inputs: 3, dynamics: 'cubic', theta: THETA, exactCubic: true },
    x: X,
    z: [0.242971, 1.196002, 0.38485],
  },
  RELU: { options: { inputs: 3, dynamics: 'relu', theta: THETA }, x: X },
};

/** Nodes after the forward stage, and after the backward stage. */
async function thereAndBack(options: NeuralCrnOptions, x: readonly number[], annihilation: number) {
  const circuit = staged({ ...options, constants: { annihilation } });
  const reactor = await createReactor(circuit.network, precise);
  for (const { species, amount } of doses(circuit, x)) reactor.state[reactor.index(species)] += amount;
  const nodes = () =>
    x.map((_, i) => signedValue(dual(`Z[${i + 1}]`), (name) => reactor.state[reactor.index(name)]));
  reactor.run('forward');
  const there = nodes();
  reactor.run('backward');
  const back = nodes();
  reactor.dispose();
  return { there, back };
}

describe('stages', () => {
  for (const [name, { options, x, z }] of Object.entries(models)) {
    it(`${name}: forward to z(T), and backward to x`, async () => {
      const errors: number[] = [];
      for (const annihilation of [1e2, 1e4, 1e6]) {
        const { there, back } = await thereAndBack(options, x, annihilation);
        if (z && annihilation === 1e6) expect(distance(there, z)).toBeLessThan(2e-6);
        errors.push(distance(back, x));
      }
      // Reactions that are linear in the rails, and the cube with its mixed terms, need no annihilation. Elsewhere the
      // reversed drive feeds the opposite rail at |u|, which leaves |u|/(kann·|z|) of it: an error of order T·|u|/kann, which grows by exp(∫ J) on the way back.
      if (/LIN|mixed/.test(name)) expect(Math.max(...errors)).toBeLessThan(1e-7);
      else {
        expect(errors[0]).toBeLessThan(0.12);
        expect(errors[1]).toBeLessThan(errors[0] / 50);
        expect(errors[2]).toBeLessThan(1e-5);
      }
    });
  }

  it('a cubic node under strong drives goes astray on the way back, but for its mixed terms', async () => {
    const strong = {
      inputs: 3,
      dynamics: 'cubic',
      theta: THETA.map((row) => row.map((value) => 12 * value)),
    } as const;
    expect(distance((await thereAndBack(strong, X, 100)).back, X)).toBeGreaterThan(1);
    const exact = await thereAndBack({ ...strong, exactCubic: true }, X, 100);
    expect(distance(exact.back, X)).toBeLessThan(1e-6);
    expect(distance((await thereAndBack(strong, X, 1e6)).back, X)).toBeLessThan(1e-3);
  });

  it('run one after the other without hands in a printed text', async () => {
    const circuit = staged({ inputs: 3, dynamics: 'cubic', theta: THETA, exactCubic: true });
    const text = printNetwork(withSample(circuit, X, 1));
    const { network, issues } = parseNetwork(text);
    expect(issues).toEqual([]);
    const { final } = await simulate(network!, { ...precise, parameters: { Terror: 4 } });
    // In a clean pot the hands have nothing to do: θ₁₁ moves by −rate·e·F₁·x₁.
    const value = (name: string) => final[`${name}+`] - final[`${name}-`];
    expect(value('O')).toBeCloseTo(0, 9);
    expect(value('P[1,1]') - 1).toBeCloseTo(-0.3 * 0.823822 * 0.88623 * 0.3, 6);
  });

  it('say what is done by hand', () => {
    const chemical = staged({ inputs: 3, dynamics: 'relu', readout: 'trained', outputs: 2 });
    expect(chemical.stages?.map(({ phase }) => phase)).toEqual([
      'forward',
      'readout',
      'error',
      'adjoint',
      'backward',
      'update',
    ]);
    expect(chemical.network.phases.map(({ name }) => name)).toEqual(
      chemical.stages?.map(({ phase }) => phase),
    );
    expect(chemical.digital).toEqual([
      'dosing: before stage forward every X[j] += x_j, every Z[i] += x_i and, to learn, every Y[k] += y_k, each on the rail of its sign',
      'clock: an outside schedule runs one stage after the other: forward (0.8), readout (40), error (2), adjoint (40), ' +
        'backward (0.8), update (100); in a stage all other species stand still',
      'read-out: the observer reads O at the end of stage readout; to predict, the stages after it are left out',
      'rails: of O only the difference stays, (p, m) becomes (max(0, p − m), max(0, m − p)), after stage readout',
      'rails: of P, B, W only the difference stays, (p, m) becomes (max(0, p − m), max(0, m − p)), after stage update',
      'reset: all species but weights and drift are emptied, after stage update',
    ]);
    const digital = staged({ inputs: 2, rate: 2, staged: { update: 'digital' } });
    expect(digital.stages?.map(({ phase }) => phase)).not.toContain('update');
    expect(digital.digital).toContain('update: P^s += 2·[G^−s] for every weight of P, after stage backward');
    // No species is lost or spared: what is emptied and what stays are all there are.
    const { stages = [], network } = chemical;
    const emptied = stages
      .flatMap(({ after }) => after)
      .flatMap((act) => (act.kind === 'empty' ? act.species : []));
    const rest = network.species.map(({ name }) => name).filter((name) => !emptied.includes(name));
    expect(rest.every((name) => /^[PBWH]/.test(name))).toBe(true);
    expect(rest.length).toBe(2 * (9 + 3 + 6 + 3));
  });

  it('carry biases, output weights and lengths in their settings', () => {
    const { options } = staged({
      inputs: 3,
      dynamics: 'relu',
      biases: [0.1, 0.2, 0.3],
      staged: { times: { readout: 30 } },
    });
    expect(options.biases).toEqual([0.1, 0.2, 0.3]);
    expect(options.readoutWeights).toEqual([1, 1, 1]);
    expect(options.staged).toEqual({
      update: 'chemical',
      backward: 'corrected',
      times: { readout: 30, error: 2, adjoint: 40, backward: 0.8 },
    });
    expect(neuralCrn(options)).toEqual(neuralCrn(neuralCrn(options).options));
    expect(staged({ inputs: 2, dynamics: 'relu', biases: -1 }).options.biases).toEqual([-1, -1]);
    const alpha = { inputs: 3, dynamics: 'quadratic', adjoint: 'frozen' } as const;
    expect(staged({ ...alpha, staged: { times: { backward: 2 } } }).stages?.[4].duration).toBe(2);
  });
});

describe('options that a staged circuit refuses', () => {
  const refusals: [string, NeuralCrnOptions, RegExp][] = [
    ['the hinge', { inputs: 2, error: 'hinge' }, /no hinge/],
    ['rectified nodes', { inputs: 2, dynamics: 'rectified' }, /no hinge/],
    [
      'the leaky adjoint',
      { inputs: 2, dynamics: 'cubic', adjoint: 'leaky' },
      /belongs to pipeline 'two-phase'/,
    ],
    ['stages of the relaxing adjoint', { inputs: 2, dynamics: 'cubic', stages: 4 }, /stages/],
    ['fuel', { inputs: 2, dynamics: 'cubic', fuel: 'constant' }, /no fuel/],
    ['a hinge bias', { inputs: 2, bias: 1 }, /bias belongs/],
    [
      'positive rails of nonlinear nodes',
      { inputs: 2, dynamics: 'cubic', rails: 'positive' },
      /all-positive/,
    ],
    ['positive rails with z run back', { inputs: 2, rails: 'positive', adjoint: 'exact' }, /all-positive/],
    ['signed inputs on positive rails', { inputs: 2, rails: 'positive', inputRails: 'dual' }, /one rail/],
    ['negative weights on positive rails', { inputs: 1, rails: 'positive', theta: [-1] }, /theta\[1\]/],
    ['recurrent cubic nodes', { inputs: 2, dynamics: 'cubic', wiring: 'recurrent' }, /recurrent/],
    ['a constant recurrent adjoint', { inputs: 2, wiring: 'recurrent', adjoint: 'constant' }, /use 'exact'/],
    ['a drift of recurrent nodes', { inputs: 2, wiring: 'recurrent', drift: 0.1 }, /drift/],
    ['a frozen adjoint of linear nodes', { inputs: 2, adjoint: 'frozen' }, /no Jacobian/],
    ['diagonal relu nodes', { inputs: 2, dynamics: 'relu', wiring: 'diagonal' }, /wiring 'full'/],
    ['biases of cubic nodes', { inputs: 2, dynamics: 'cubic', biases: 0.1 }, /biases belong/],
    ['too few biases', { inputs: 3, dynamics: 'relu', biases: [0.1] }, /biases needs 3 values/],
    ['nodes that do not start at inputs', { inputs: 2, dynamics: 'cubic', hidden: 3 }, /z\(0\) = x/],
    ['a bad start', { inputs: 2, dynamics: 'cubic', hidden: 3, start: -1 }, /start must be/],
    ['recurrent nodes without inputs', { inputs: 2, wiring: 'recurrent', start: 0 }, /no other input/],
    ['one rail for recurrent inputs', { inputs: 2, wiring: 'recurrent', inputRails: 'single' }, /go into Z/],
    ['diagonal nodes of another number', { inputs: 2, hidden: 3 }, /one node per input/],
    ['equal outputs', { inputs: 2, dynamics: 'cubic', outputs: 2 }, /would be the same/],
    ['weights of a sum', { inputs: 2, dynamics: 'cubic', readoutWeights: [1, 2] }, /all are 1/],
    ['a rate of a fixed read-out', { inputs: 2, dynamics: 'cubic', readoutRate: 0.1 }, /readoutRate/],
    ['mixed terms of quadratic nodes', { inputs: 2, dynamics: 'quadratic', exactCubic: true }, /exactCubic/],
    ['κ of linear nodes', { inputs: 2, kappa: 1 }, /no self-decay/],
    ['a chemical rate of 1', { inputs: 2, dynamics: 'cubic', rate: 1 }, /rate 1 is out of reach.*digital/],
    [
      'a chemical read-out rate of 1',
      { inputs: 2, dynamics: 'cubic', readout: 'trained', readoutRate: 1 },
      /readoutRate 1 is out of reach/,
    ],
    [
      'another time back',
      { inputs: 2, dynamics: 'cubic', staged: { times: { backward: 2 } } },
      /z must run back as long as it ran forward/,
    ],
    [
      'published reactions where there are none',
      { inputs: 2, dynamics: 'cubic', adjoint: 'frozen', staged: { backward: 'published' } },
      /no other reactions/,
    ],
    ['a misspelt update', { inputs: 2, staged: { update: 'manual' as 'digital' } }, /staged\.update must be/],
    ['a length of 0', { inputs: 2, staged: { times: { error: 0 } } }, /staged\.times\.error/],
    ['an unknown constant', { inputs: 2, constants: { kx: 1 } }, /annihilation, kf/],
  ];
  for (const [what, options, reason] of refusals) {
    it(what, () => {
      expect(() => neuralCrn({ pipeline: 'staged', ...options })).toThrow(RangeError);
      expect(() => neuralCrn({ pipeline: 'staged', ...options })).toThrow(reason);
    });
  }

  it('and that only staged ones have', () => {
    expect(() => neuralCrn({ inputs: 2, staged: {} })).toThrow(/belongs to pipeline 'staged'/);
    expect(() => neuralCrn({ inputs: 2, biases: 1 })).toThrow(/biases belong/);
    expect(() => neuralCrn({ inputs: 2, pipeline: 'three' as 'staged' })).toThrow(
      "pipeline must be 'two-phase' or 'staged'",
    );
  });
});

describe('modules of reversed flow', () => {
  const at = { name: 'm', index: [1] };
  const Z = dual('Z');
  const evolve = async (
    initial: Record<string, number>,
    add: (sink: ReturnType<typeof networkBuilder>) => void,
  ) => {
    const builder = networkBuilder();
    add(builder);
    for (const [name, value] of Object.entries(initial)) builder.init(name, value);
    const network = builder.build();
    const { final } = await simulate(network, { to: 0.4, ...precise });
    const text = printNetwork(network).split('\n');
    return { final, listed: text.filter((line) => line.includes('->')) };
  };

  it('self-growth: dz/dt = k·z·|z| and k·z³', async () => {
    const square = await evolve({ 'Z-': 1 }, (sink) => selfGrowth(sink, at, Z, 2, 0.5));
    expect(square.listed).toEqual(['m[1,p]: 2 Z+ ->{0.5} 3 Z+', 'm[1,n]: 2 Z- ->{0.5} 3 Z-']);
    expect(square.final['Z-']).toBeCloseTo(1 / (1 - 0.2), 8);
    const cube = await evolve({ Z: 1 }, (sink) => selfGrowth(sink, at, single('Z'), 3, 0.5));
    expect(cube.final.Z).toBeCloseTo(1 / Math.sqrt(1 - 0.4), 8);
  });

  it('with its mixed terms dz/dt = k·z³, whatever both rails hold', async () => {
    const { final, listed } = await evolve({ 'Z+': 1.5, 'Z-': 0.5 }, (sink) => {
      selfGrowth(sink, at, Z, 3, 0.5);
      crossLoss(sink, { name: 'x', index: [1] }, Z, 1.5);
    });
    expect(listed.slice(2)).toEqual([
      'x[1,p]: 2 Z+ + Z- ->{1.5} Z+ + Z-',
      'x[1,n]: 2 Z- + Z+ ->{1.5} Z- + Z+',
    ]);
    expect(final['Z+'] - final['Z-']).toBeCloseTo(1 / Math.sqrt(1 - 0.4), 8);
  });

  it('product of three: dd/dt = ±k·a·b·c, and a flow of its own where D is a factor', async () => {
    const [A, B, C, D] = ['A', 'B', 'C', 'D'].map(dual);
    const rails = { 'A+': 2, 'A-': 0.5, 'B+': 1, 'B-': 3, 'C+': 0.25, 'C-': 0.5 };
    const { final, listed } = await evolve(rails, (sink) => tripleProduct(sink, at, [A, B, C], D, 2, -1));
    expect(listed).toHaveLength(8);
    expect(listed).toContain('m[1,pnn]: A+ + B- + C- ->{2} D- + A+ + B- + C-');
    expect(final['D+'] - final['D-']).toBeCloseTo(-0.4 * 2 * 1.5 * -2 * -0.25, 8);
    const own = await evolve({ 'A+': 2, 'B-': 3, 'C+': 0.25 }, (sink) =>
      tripleProduct(sink, at, [A, B, C], A, 1),
    );
    expect(own.final['A+'] - own.final['A-']).toBeCloseTo(2 * Math.exp(0.4 * -3 * 0.25), 8);
  });

  it('a turned signal counts with the opposite sign', () => {
    expect(signedValue(turned(dual('A')), (name) => (name === 'A+' ? 3 : 1))).toBe(-2);
    expect(() => turned(single('A'))).toThrow('A has no negative rail');
  });
});
