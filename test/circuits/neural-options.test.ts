import { describe, expect, it } from 'vitest';
import {
  balancedSigns,
  doses,
  linearCrn,
  type NeuralCrnOptions,
  neuralCrn,
  withSample,
} from '../../src/circuits/index.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';

const variety: NeuralCrnOptions[] = [
  { inputs: 2 },
  { inputs: 2, rails: 'positive' },
  { inputs: 3, wiring: 'full', hidden: 2, start: 0 },
  { inputs: 2, dynamics: 'quadratic', adjoint: 'constant', wiring: 'diagonal', drift: 0.1 },
  { inputs: 3, dynamics: 'cubic', adjoint: 'leaky' },
  { inputs: 2, dynamics: 'cubic', adjoint: 'frozen' },
  { inputs: 2, dynamics: 'quadratic', wiring: 'diagonal', adjoint: 'frozen', stages: 2 },
  { inputs: 2, wiring: 'recurrent', fuel: 100 },
  { inputs: 2, dynamics: 'quadratic', coupling: [0, 0.5, -0.5, 0] },
  { inputs: 2, readout: 'trained', outputs: 2, fuel: 100 },
  { inputs: 2, dynamics: 'relu', adjoint: 'constant', hidden: 3 },
  { inputs: 2, dynamics: 'quadratic', hidden: 4, start: 0.2 },
  { inputs: 2, dynamics: 'cubic', exactCubic: true, fuel: 100 },
  { inputs: 3, dynamics: 'relu', hidden: 2, outputs: 2, fuel: 'constant', readoutRate: 0.02 },
  { inputs: 3, dynamics: 'quadratic', readout: 'signed' },
  { inputs: 3, dynamics: 'rectified', outputs: 2 },
  { inputs: 3, error: 'hinge' },
];

describe('a circuit', () => {
  it('is rebuilt by its own options, also from JSON', () => {
    for (const options of variety) {
      const circuit = neuralCrn(options);
      expect(neuralCrn(JSON.parse(JSON.stringify(circuit.options)))).toEqual(circuit);
    }
  });

  it('survives as text', () => {
    for (const options of variety) {
      const { network } = neuralCrn(options);
      const { network: again, issues } = parseNetwork(printNetwork(network));
      expect(issues).toEqual([]);
      expect(printNetwork(again!)).toBe(printNetwork(network));
    }
  });

  it('is the linear circuit by default', () => {
    expect(neuralCrn({ inputs: 3 })).toEqual(linearCrn({ inputs: 3 }));
  });

  it('names what is not chemistry', () => {
    for (const options of variety) {
      const { digital } = neuralCrn(options);
      expect(digital[0]).toMatch(/^dosing: /);
      expect(digital[1]).toMatch(/^clock: /);
    }
    const relu = neuralCrn({ inputs: 3, dynamics: 'relu', fuel: 'constant' }).digital.join('\n');
    expect(relu).toMatch(/every node \+= 0\.5/);
    expect(relu).toMatch(/reads E at 0\.2 into phase learn.*multiplies by 2\.71828/);
    expect(relu).toMatch(/fuel: /);
    expect(neuralCrn({ inputs: 3, dynamics: 'rectified' }).digital[0]).toMatch(/the bias X\[3\] \+= 0\.25/);
  });

  it('doses bias, starting states and several labels', () => {
    const circuit = neuralCrn({ inputs: 3, dynamics: 'rectified', outputs: 2 });
    expect(doses(circuit, [0.5, -0.2], [1, -1])).toEqual([
      { species: 'X[1]+', amount: 0.5 },
      { species: 'X[2]-', amount: 0.2 },
      { species: 'X[3]', amount: 0.25 },
      { species: 'Y[1]+', amount: 1 },
      { species: 'Y[2]-', amount: 1 },
    ]);
    expect(() => doses(circuit, [0.5, -0.2], 1)).toThrow('the circuit has 2 outputs, got 1 labels');
    const relu = neuralCrn({ inputs: 1, hidden: 2, dynamics: 'relu' });
    expect(doses(relu, [0.5], 1)).toEqual([
      { species: 'X[1]', amount: 0.5 },
      { species: 'Z[1]', amount: 0.5 },
      { species: 'Z[2]', amount: 0.5 },
      { species: 'Y[1]', amount: 1 },
    ]);
    expect(() => doses(relu, [-0.5])).toThrow(RangeError);
    expect(withSample(relu, [0.5], 1).doses).toHaveLength(4);
  });
});

it('balanced signs', () => {
  expect(balancedSigns(1, 4)).toEqual([[1, -1, 1, -1]]);
  expect(balancedSigns(3, 4)).toEqual([
    [1, -1, -1, 1],
    [-1, 1, -1, -1],
    [-1, -1, 1, -1],
  ]);
});

describe('what is refused', () => {
  const refusals: [NeuralCrnOptions, RegExp][] = [
    [{ inputs: 2, wiring: 'recurrent', dynamics: 'cubic' }, /built for 'linear' nodes: .*would need a decay/],
    [
      { inputs: 2, wiring: 'recurrent', adjoint: 'constant' },
      /full matrix, .* need not descend; use 'exact'/,
    ],
    [{ inputs: 2, wiring: 'recurrent', adjoint: 'frozen' }, /adjoint 'frozen': with wiring 'recurrent'/],
    [{ inputs: 2, wiring: 'recurrent', readout: 'trained' }, /built with readout 'sum'; Θ mixes the nodes/],
    [{ inputs: 2, wiring: 'recurrent', hidden: 3 }, /hidden: .*the nodes' starting state/],
    [{ inputs: 2, wiring: 'recurrent', start: 0 }, /start: .*the nodes' starting state/],
    [{ inputs: 2, wiring: 'recurrent', inputRails: 'single' }, /inputs go into Z, which has two rails/],
    [{ inputs: 2, wiring: 'recurrent', rails: 'positive' }, /only the linear diagonal circuit/],
    [{ inputs: 2, wiring: 'recurrent', error: 'hinge' }, /use wiring 'full'/],
    [{ inputs: 2, wiring: 'full', adjoint: 'frozen' }, /'constant' is exact and smaller/],
    [{ inputs: 2, dynamics: 'cubic', stages: 4 }, /stages belongs to adjoint 'frozen'/],
    [{ inputs: 2, dynamics: 'cubic', adjoint: 'frozen', stages: 0 }, /stages must be an integer ≥ 1, got 0/],
    [{ inputs: 2, dynamics: 'cubic', adjoint: 'frozen', stages: 2.5 }, /stages must be an integer ≥ 1/],
    [{ inputs: 2, dynamics: 'cubic', adjoint: 'frozen', rate: 2 }, /rate 2 is out of reach: .*at most 1\/T/],
    [{ inputs: 2, dynamics: 'relu', adjoint: 'frozen' }, /uses up the nodes' states, which a frozen adjoint/],
    [
      { inputs: 2, dynamics: 'quartic' as never },
      /dynamics must be 'linear', .* or 'rectified', got "quartic"/,
    ],
    [{ inputs: 2, dynamics: 'quadratic', rails: 'positive' }, /only the linear diagonal circuit/],
    [{ inputs: 2, rails: 'positive', inputRails: 'dual' }, /one rail for inputs and labels/],
    [{ inputs: 2, dynamics: 'rectified', error: 'squared' }, /learns by the hinge/],
    [{ inputs: 2, dynamics: 'cubic', error: 'hinge' }, /built for 'rectified' and 'linear'/],
    [{ inputs: 2, dynamics: 'rectified', wiring: 'diagonal' }, /every node sees every input/],
    [{ inputs: 2, dynamics: 'rectified', readout: 'trained' }, /built into its reactions/],
    [{ inputs: 2, dynamics: 'rectified', adjoint: 'leaky' }, /exact by construction/],
    [{ inputs: 2, error: 'hinge', hidden: 2 }, /one node and one output/],
    [{ inputs: 2, dynamics: 'rectified', drift: 0.1 }, /use bias/],
    [{ inputs: 2, dynamics: 'rectified', targetRails: 'single' }, /labels of either sign/],
    [{ inputs: 1, dynamics: 'rectified' }, /one input besides the bias/],
    [{ inputs: 2, bias: 1 }, /give a constant input/],
    [{ inputs: 2, adjoint: 'exact' }, /'constant' is exact and smaller/],
    [{ inputs: 2, dynamics: 'relu', readout: 'sum' }, /output weights of both signs/],
    [
      { inputs: 2, dynamics: 'quadratic', adjoint: 'leaky', readout: 'trained' },
      /built for the adjoints 'exact' and 'constant': .*a leaky adjoint needs to stand still/,
    ],
    [{ inputs: 2, dynamics: 'quadratic', wiring: 'diagonal', readout: 'trained' }, /wiring 'full'/],
    [{ inputs: 2, dynamics: 'quadratic', outputs: 2 }, /all outputs would be the same/],
    [{ inputs: 2, hidden: 3 }, /one node per input/],
    [{ inputs: 2, dynamics: 'cubic', hidden: 3, start: 'input' }, /as many nodes as inputs/],
    [{ inputs: 2, dynamics: 'relu', start: 0 }, /to grow from/],
    [{ inputs: 2, dynamics: 'relu', drift: -0.1 }, /must their drift be/],
    [{ inputs: 2, dynamics: 'cubic', start: -1 }, /start must be 'input' or a finite number ≥ 0, got -1/],
    [{ inputs: 2, exactCubic: true }, /belongs to dynamics 'cubic'/],
    [{ inputs: 2, kappa: 1 }, /no self-decay/],
    [{ inputs: 2, readoutRate: 1 }, /belongs to readout 'trained'/],
    [{ inputs: 2, fuel: 100 }, /fuel belongs to the exact adjoint/],
    [{ inputs: 2, dynamics: 'cubic', fuel: -1 }, /fuel must be a finite number > 0/],
    [{ inputs: 2, dynamics: 'cubic', readoutWeights: [1, 1] }, /built into its reactions/],
    [{ inputs: 2, dynamics: 'cubic', theta: [1, 1] }, /theta needs 4 values, got 2/],
    [
      { inputs: 2, dynamics: 'cubic', constants: { kg: 1 } },
      /there is no constant "kg"; the constants are kf, ka/,
    ],
    [{ inputs: 2, dynamics: 'cubic', adjoint: 'leaky', rate: 2 }, /rate 2 is out of reach: .*at most 1\/T/],
    [{ inputs: 2, outputs: 0 }, /outputs must be an integer ≥ 1/],
    [
      { inputs: 2, dynamics: 'relu', learnTime: 0.1 },
      /learnTime 0\.1 is over before the prediction is read, 0\.2 into phase learn/,
    ],
  ];
  it('a theta that is no array', () => {
    const options = { inputs: 2, theta: 5 } as unknown as NeuralCrnOptions;
    expect(() => neuralCrn(options)).toThrow('theta must be an array of numbers, or of rows of them');
  });
  for (const [options, reason] of refusals) {
    it(JSON.stringify(options), () => {
      expect(() => neuralCrn(options)).toThrow(RangeError);
      expect(() => neuralCrn(options)).toThrow(reason);
    });
  }
});
