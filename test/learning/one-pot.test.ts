import { describe, expect, it } from 'vitest';
import { type OnePotOptions, onePot } from '../../src/circuits/index.js';
import { gateExamples, onePotSystem, runLearner } from '../../src/learning/index.js';
import { distance } from '../circuits/example.js';

const fine = { rtol: 1e-9, atol: 1e-12 };
const SIGNED = {
  inputs: [
    [0.5, -1],
    [-0.7, 0.4],
    [0.2, 0.9],
  ],
  labels: [
    [0.2, 1],
    [0.8, 0.1],
    [0.5, 0.6],
  ],
};

/** Largest differences between chemistry and gradient flow over so many steps. */
async function beside(options: OnePotOptions, steps: number) {
  const circuit = onePot(options);
  const pot = await onePotSystem.pot(circuit, fine);
  const twin = onePotSystem.twin(circuit);
  const off = { weights: 0, outputs: 0, predictions: 0 };
  for (let k = 0; k < steps; k++) {
    const [own, ideal] = [pot.step(), twin.step()];
    expect(own.rows).toEqual(ideal.rows);
    off.weights = Math.max(off.weights, distance(pot.weights(), twin.weights));
    off.outputs = Math.max(off.outputs, distance(own.outputs.flat(), ideal.outputs.flat()));
  }
  // The second pot reads the weights as they are, and what learns has its outputs nearly at rest.
  const { inputs } = pot.examples;
  const still = onePotSystem.twin(onePot({ ...options, weights: pot.weights() }));
  off.predictions = distance(
    pot.predict(inputs).flat(),
    inputs.flatMap((x) => still.outputs(x)),
  );
  pot.dispose();
  return off;
}

describe('the ideal twin of a one-pot learner', () => {
  it('flows down the slope of ½Σ(y − a)²', () => {
    const start = { ...onePotSystem.choose(SIGNED, { seed: 3, hidden: [3] }), rate: 0.01, stretch: 1e-4 };
    const loss = (weights: readonly number[]) => {
      const twin = onePotSystem.twin(onePot({ ...start, weights }));
      return SIGNED.inputs.reduce(
        (sum, x, s) =>
          sum + twin.outputs(x).reduce((own, a, o) => own + 0.5 * (SIGNED.labels[s][o] - a) ** 2, 0),
        0,
      );
    };
    const weights = start.weights ?? [];
    const twin = onePotSystem.twin(onePot(start));
    twin.step();
    weights.forEach((weight, e) => {
      const h = 1e-5;
      const moved = (by: number) => loss(weights.map((w, k) => (k === e ? w + by : w)));
      const slope = (moved(h) - moved(-h)) / (2 * h);
      expect((twin.weights[e] - weight) / (0.01 * 1e-4)).toBeCloseTo(-slope, 5);
    });
  });
});

describe('a one-pot learner', () => {
  it('follows gradient flow, the closer the slower it learns', async () => {
    const start = onePotSystem.choose(gateExamples.or, { seed: 2, hidden: [2] });
    const [fast, slow] = [
      await beside({ ...start, rate: 0.02 }, 3),
      await beside({ ...start, rate: 0.002 }, 3),
    ];
    expect(slow.weights).toBeLessThan(0.01);
    // What is wrong is of order η/k.
    expect(fast.weights / slow.weights).toBeGreaterThan(5);
    expect(fast.predictions).toBeLessThan(1e-4);
  });

  it('of signed inputs and several outputs follows it, too', async () => {
    const start = onePotSystem.choose(SIGNED, { seed: 5, hidden: [3] });
    const off = await beside({ ...start, rate: 0.002 }, 2);
    expect(off.weights).toBeLessThan(5e-3);
    expect(off.outputs).toBeLessThan(5e-3);
    expect(off.predictions).toBeLessThan(1e-4);
  });

  it('learns XOR with nothing done from outside', async () => {
    const report = await runLearner({
      experiment: 'test',
      seed: 1,
      system: 'one-pot',
      circuit: onePotSystem.choose(gateExamples.xor, { seed: 1 }),
      epochs: 60,
      measure: 'accuracy',
      solver: { rtol: 1e-6, atol: 1e-9 },
      notes: [],
    });
    expect(report).toMatchObject({
      origin: 'reconstruction',
      circuit: { species: 194, reactions: 597, phases: 0 },
      stoppedAfter: null,
      metrics: { accuracy: 1, twinAccuracy: 1, time: 3000, stepTime: 50 },
    });
    expect(report.title).toContain('our reactions');
    report.predictions.chemistry?.forEach(([output], s) => {
      expect(Math.abs(output - gateExamples.xor.labels[s][0])).toBeLessThan(0.08);
    });
  });

  it('gives the same bits by the other engine', async () => {
    const circuit = onePot(onePotSystem.choose(gateExamples.or, { seed: 0, hidden: [2] }));
    const [wasm, js] = await Promise.all(
      (['wasm', 'js'] as const).map(async (engine) => {
        const pot = await onePotSystem.pot(circuit, { engine });
        pot.step();
        const all = [...pot.weights(), ...pot.predict(gateExamples.or.inputs).flat()];
        pot.dispose();
        return all;
      }),
    );
    expect(wasm).toEqual(js);
  });

  it('needs no clock, and refuses one', async () => {
    const circuit = onePot({ sizes: [2, 1], samples: gateExamples.or });
    await expect(onePotSystem.drive(circuit, { kind: 'ring' })).rejects.toThrow(
      /clock: a one-pot learner has no phases/,
    );
  });
});
