import { describe, expect, it } from 'vitest';
import {
  type CircuitClock,
  linearCrn,
  measuredClock,
  type NeuralCrnOptions,
  neuralCrn,
  neuralSettings,
  withClock,
} from '../../src/circuits/index.js';
import { createPot } from '../../src/learning/create-pot.js';
import {
  gradientCheck,
  idealLinear,
  idealNetwork,
  identityScaling,
  loadModel,
  predict,
  saveModel,
  type Task,
  train,
  trainReport,
} from '../../src/learning/index.js';

const AUGMENT = 0.4;
const GIVEN = [0.3, 0.8];
const WHOLE = [...GIVEN, AUGMENT];
const THETA = [0.9, -0.5, 0.2, -0.4, 0.7, 0.1, 0.3, 0.3, -0.6];
const diagonal = THETA.slice(0, 3);

/** One of every form of circuit whose error is squared. */
const forms: Record<string, NeuralCrnOptions> = {
  linear: { inputs: 3, theta: diagonal },
  positive: { inputs: 3, rails: 'positive', theta: [0.9, 0.5, 0.2] },
  'constant, full': { inputs: 3, dynamics: 'quadratic', wiring: 'full', adjoint: 'constant', theta: THETA },
  'exact, diagonal': { inputs: 3, dynamics: 'quadratic', wiring: 'diagonal', theta: diagonal },
  'exact, from 0': { inputs: 3, hidden: 2, dynamics: 'cubic', start: 0, theta: THETA.slice(0, 6) },
  leaky: { inputs: 3, dynamics: 'cubic', adjoint: 'leaky', theta: THETA },
  frozen: { inputs: 3, dynamics: 'cubic', adjoint: 'frozen', stages: 2, theta: THETA },
  coupled: {
    inputs: 3,
    dynamics: 'cubic',
    coupling: [0, 0.5, 0, -0.5, 0, 0.2, 0, 0, 0.1],
    theta: THETA,
  },
  'trained read-out': { inputs: 3, hidden: 2, dynamics: 'relu', theta: THETA.slice(0, 6) },
  'signed read-out': {
    inputs: 3,
    hidden: 2,
    readout: 'signed',
    inputRails: 'dual',
    theta: THETA.slice(0, 6),
  },
  recurrent: { inputs: 3, wiring: 'recurrent', theta: THETA },
  'staged linear': { inputs: 3, pipeline: 'staged', theta: diagonal },
  'staged relu': { inputs: 3, pipeline: 'staged', dynamics: 'relu', theta: THETA },
  'staged from 0': {
    inputs: 3,
    hidden: 2,
    pipeline: 'staged',
    dynamics: 'cubic',
    readout: 'trained',
    start: 0,
    theta: THETA.slice(0, 6),
  },
  'staged recurrent': { inputs: 3, pipeline: 'staged', wiring: 'recurrent', theta: THETA },
};

/** What is predicted, read while learning, and in the pot afterwards. */
async function oneExample(options: NeuralCrnOptions, x: readonly number[], clock?: CircuitClock) {
  const circuit = neuralCrn(options);
  const pot = await createPot(clock === undefined ? circuit : withClock(circuit, clock));
  try {
    const clean = pot.snapshot();
    const predicted = pot.predict(x);
    pot.restore(clean);
    const before = pot.values();
    const read = pot.learn(x, [0.7]);
    expect(pot.values()).not.toEqual(before);
    return { predicted, read, left: pot.concentrations() };
  } finally {
    pot.dispose();
  }
}

describe('augment is a constant input by another hand', () => {
  it.each(Object.keys(forms))('%s: to the bit', async (name) => {
    const options = forms[name];
    const own = await oneExample({ ...options, augment: AUGMENT }, GIVEN);
    expect(own).toEqual(await oneExample(options, WHOLE));
    const without = await oneExample(options, [...GIVEN, 0]);
    expect(without.left).not.toEqual(own.left);
  });

  it('with a clock inside', async () => {
    const clock = await measuredClock({ kind: 'coop' });
    for (const name of ['linear', 'exact, diagonal']) {
      const own = await oneExample({ ...forms[name], augment: AUGMENT }, GIVEN, clock);
      expect(own).toEqual(await oneExample(forms[name], WHOLE, clock));
    }
  });

  it.each(Object.keys(forms))('%s: its ideal twin', (name) => {
    const [own, other] = [{ ...forms[name], augment: AUGMENT }, forms[name]].map((options) =>
      idealNetwork(neuralSettings(options)),
    );
    expect(own.outputs(GIVEN)).toEqual(other.outputs(WHOLE));
    expect(own.step(GIVEN, [0.7])).toEqual(other.step(WHOLE, [0.7]));
    expect([own.theta, own.W, own.B]).toEqual([other.theta, other.W, other.B]);
    expect(own.theta).not.toEqual(forms[name].theta);
  });

  it("the linear circuit's own twin", () => {
    const settings = { inputs: 3, theta: diagonal };
    const own = idealLinear(linearCrn({ ...settings, augment: AUGMENT }).options);
    const other = idealLinear(linearCrn(settings).options);
    expect(own.step(GIVEN, 0.7)).toBe(other.step(WHOLE, 0.7));
    expect(own.theta).toEqual(other.theta);
    expect(own.loss([GIVEN], [0.7])).toBe(other.loss([WHOLE], [0.7]));
  });

  it('a gradient check', async () => {
    const circuit = neuralCrn({ ...forms.linear, augment: AUGMENT });
    const { largestRelativeError, chemical } = await gradientCheck(circuit, { x: GIVEN, y: 0.7 });
    expect(chemical).toHaveLength(3);
    expect(largestRelativeError).toBeLessThan(1e-6);
  });
});

describe('training with augment', () => {
  const data = {
    inputs: [
      [0.1, 0.6],
      [0.7, 0.2],
      [0.4, 0.9],
    ],
    targets: [1, 0.4, 1.3],
  };
  const task = (circuit: Partial<NeuralCrnOptions>, augment: number | null): Task => ({
    experiment: 'line',
    seed: 0,
    features: ['a', 'b'],
    target: 'y',
    train: data,
    validation: data,
    scaling: identityScaling(2, augment),
    circuit: { inputs: 3, ...circuit },
    epochs: 2,
    order: 'fixed',
    notes: [],
  });

  it.each<Partial<NeuralCrnOptions>>([{}, { pipeline: 'staged' }])(
    '%j: the same run as with a scaling that augments',
    async (options) => {
      const own = await train(task({ ...options, augment: AUGMENT }, null), { ideal: true }).result;
      const other = await train(task(options, AUGMENT), { ideal: true }).result;
      expect(own.history).toEqual(other.history);
      expect(own.parameters).toEqual(other.parameters);
      expect(own.metrics.idealLargestDifference).toBeLessThan(1e-3);
      expect(trainReport(own).inputs).toEqual(['a', 'b', '1']);
      expect(own.digital[0]).toContain('the constant input X[3] and Z[3] += 0.4');

      const model = loadModel(saveModel(own.model));
      expect(model.circuit.options.augment).toBe(AUGMENT);
      expect(await predict(model, data.inputs)).toEqual(own.predictions.after?.validation);
    },
  );
});
