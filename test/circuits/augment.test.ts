import { describe, expect, it } from 'vitest';
import { doses, linearCrn, type NeuralCrnOptions, neuralCrn, withSample } from '../../src/circuits/index.js';
import { printNetwork } from '../../src/network/index.js';

describe('a circuit that doses its constant input itself', () => {
  it('takes one value fewer, and starts the last node at the constant', () => {
    const circuit = neuralCrn({ inputs: 3, augment: 0.2 });
    expect(circuit.inputs).toHaveLength(2);
    expect(doses(circuit, [0.5, -0.4], 1)).toEqual([
      { species: 'X[1]+', amount: 0.5 },
      { species: 'X[2]-', amount: 0.4 },
      { species: 'Z[1]+', amount: 0.5 },
      { species: 'Z[2]-', amount: 0.4 },
      { species: 'X[3]+', amount: 0.2 },
      { species: 'Z[3]+', amount: 0.2 },
      { species: 'Y+', amount: 1 },
    ]);
    expect(() => doses(circuit, [0.5, -0.4, 0.2])).toThrow('the circuit has 2 inputs, got 3');
    expect(withSample(circuit, [0.5, -0.4]).doses).toHaveLength(6);
  });

  it('positive: into X and the one O; recurrent: into the last node alone; behind a read-out: into X alone', () => {
    const sorted = (options: NeuralCrnOptions, x: number[]) =>
      doses(neuralCrn(options), x).map(({ species, amount }) => `${species} ${amount}`);
    expect(sorted({ inputs: 2, rails: 'positive', augment: 0.25 }, [0.5])).toEqual([
      'X[1] 0.5',
      'O 0.75',
      'X[2] 0.25',
    ]);
    expect(sorted({ inputs: 2, wiring: 'recurrent', augment: 0.25 }, [-0.5])).toEqual([
      'Z[1]- 0.5',
      'Z[2]+ 0.25',
    ]);
    expect(sorted({ inputs: 2, dynamics: 'relu', hidden: 2, augment: 0.25 }, [0.4])).toEqual([
      'X[1] 0.4',
      'X[2] 0.25',
      'Z[1] 0.5',
      'Z[2] 0.5',
    ]);
  });

  it.each<[NeuralCrnOptions, string]>([
    [
      { inputs: 3 },
      'X[i] += x_i, Z[i] += x_i, the constant input X[3] and Z[3] += 0.2 and, to learn, Y += y',
    ],
    [{ inputs: 3, rails: 'positive' }, 'O += Σ x_i, the constant input X[3] and O += 0.2 and'],
    [{ inputs: 2, wiring: 'recurrent' }, 'Z[i] += x_i, the constant input Z[2] += 0.2 and'],
    [{ inputs: 2, dynamics: 'relu' }, 'every node += 0.5, the constant input X[2] += 0.2 and'],
    [
      { inputs: 2, pipeline: 'staged' },
      'every X[j] += x_j, every Z[i] += x_i, the constant input X[2] and Z[2] += 0.2 and',
    ],
    [
      { inputs: 2, pipeline: 'staged', dynamics: 'relu', start: 0.5 },
      'every Z[i] += 0.5, the constant input X[2] += 0.2 and',
    ],
    [{ inputs: 2, pipeline: 'staged', wiring: 'recurrent' }, 'x_i, the constant input Z[2] += 0.2 and'],
  ])('%j names the dose', (options, words) => {
    expect(neuralCrn({ ...options, augment: 0.2 }).digital[0]).toContain(words);
    expect(neuralCrn(options).digital[0]).not.toContain('constant');
  });

  it('has the same network, and is rebuilt by its own options', () => {
    const circuit = linearCrn({ inputs: 2, augment: 1 });
    expect(printNetwork(circuit.network)).toBe(printNetwork(linearCrn({ inputs: 2 }).network));
    expect(circuit.options.augment).toBe(1);
    expect(neuralCrn(JSON.parse(JSON.stringify(circuit.options)))).toEqual(circuit);
    expect(linearCrn({ inputs: 2 }).options.augment).toBe(false);
    expect(neuralCrn({ inputs: 2, augment: false })).toEqual(neuralCrn({ inputs: 2 }));
  });

  it.each<[object, RegExp]>([
    [{ inputs: 2, augment: 0 }, /^augment must be a finite number > 0, got 0$/],
    [{ inputs: 2, augment: -1 }, /^augment must be a finite number > 0/],
    [{ inputs: 2, augment: Number.POSITIVE_INFINITY }, /^augment must be a finite number > 0/],
    [{ inputs: 2, augment: true }, /^augment must be a finite number > 0/],
    [{ inputs: 2, pipeline: 'staged', augment: 0 }, /^augment must be a finite number > 0/],
    [{ inputs: 1, augment: 1 }, /^inputs: one input besides the constant one/],
    [{ inputs: 1, pipeline: 'staged', augment: 1 }, /^inputs: one input besides the constant one/],
    [{ inputs: 3, dynamics: 'rectified', augment: 1 }, /constant input of their own; use bias$/],
    [{ inputs: 3, error: 'hinge', bias: false, augment: 1 }, /constant input of their own; use bias$/],
    [{ inputs: 3, dynamics: 'rectified', bias: 1, augment: 1 }, /constant input of their own; use bias$/],
    [{ inputs: 3, bias: 1, augment: 1 }, /bias belongs to the hinge circuits; give .*: augment$/],
    [{ inputs: 3, pipeline: 'staged', bias: 1, augment: 1 }, /bias belongs to the hinge circuits/],
  ])('%j is refused', (options, reason) => {
    expect(() => neuralCrn(options as NeuralCrnOptions)).toThrow(RangeError);
    expect(() => neuralCrn(options as NeuralCrnOptions)).toThrow(reason);
  });
});
