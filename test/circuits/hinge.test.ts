import { describe, expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { distance, runExample } from './example.js';

describe('rectified nodes and a label that gates the error', () => {
  const options = {
    inputs: 3,
    hidden: 2,
    dynamics: 'rectified',
    theta: [
      [0.8, -0.5, 0.4],
      [0.6, 0.7, -0.2],
    ],
    rate: 0.1,
  } as const;
  const x = [0.4, -0.6];

  it('reaches the reference state and makes the reference step (label +1)', async () => {
    const { fed, after, left } = await runExample(neuralCrn(options), x, 1);
    const state = ['Z[1]+', 'Z[2]+', 'Z[2]-', 'D+', 'D-'].map((name) => fed[name]);
    expect(distance(state, [0.719758, 0.031817, 0.261739, 0.068425, 0.380733])).toBeLessThan(1.5e-6);
    const theta = [0.812953, -0.519429, 0.408095, 0.595893, 0.70616, -0.202567];
    expect(distance(after.theta, theta)).toBeLessThan(1.5e-6);
    expect(left['X[1]+']).toBeLessThan(2e-5);
    expect(left['D+']).toBeCloseTo(0.019, 3);
  });

  it('makes the reference step (label −1)', async () => {
    const { fed, after } = await runExample(neuralCrn(options), x, -1);
    expect(distance([fed['D+'], fed['D-']], [1.688428, 0.000736])).toBeLessThan(1.5e-6);
    const theta = [0.734703, -0.402055, 0.35919, 0.620896, 0.668656, -0.18694];
    expect(distance(after.theta, theta)).toBeLessThan(1.5e-6);
  });

  it('reads the prediction from D without a label', async () => {
    const { outputs, fed } = await runExample(neuralCrn(options), x);
    expect(outputs[0]).toBeCloseTo(fed['Z[1]+'] - fed['Z[2]+'], 2);
  });

  it('three outputs', async () => {
    const circuit = neuralCrn({
      inputs: 2,
      hidden: 3,
      outputs: 3,
      dynamics: 'rectified',
      bias: 0.5,
      theta: [0.5, 0.1, -0.3, 0.2, 0.7, -0.4],
    });
    const { after } = await runExample(circuit, [0.6], [1, -1, -1]);
    const theta = [0.630681, 0.208901, -0.315301, 0.187249, 0.635301, -0.453916];
    expect(distance(after.theta, theta)).toBeLessThan(1.5e-6);
  });

  it('one linear node', async () => {
    const circuit = neuralCrn({ inputs: 3, error: 'hinge', rate: 0.3, theta: [0.5, -0.25, 0.3] });
    const up = await runExample(circuit, x, 1);
    expect(distance(up.after.theta, [0.542738, -0.314107, 0.406845])).toBeLessThan(1.5e-6);
    const down = await runExample(circuit, x, -1);
    expect(distance(down.after.theta, [0.307226, 0.039161, -0.181935])).toBeLessThan(1.5e-6);
  });

  it('leaves an example beyond the margin alone', async () => {
    const circuit = neuralCrn({ ...options, theta: [3, -3, 1, -1, 1, 0] });
    const { outputs, before, after } = await runExample(circuit, x, 1);
    expect(outputs[0]).toBeGreaterThan(3);
    expect(distance(after.theta, before.theta)).toBeLessThan(1e-3);
  });
});
