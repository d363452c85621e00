import { describe, expect, it } from 'vitest';
import type { NeuralCrnOptions } from '../../src/circuits/index.js';
import { clockedCircuit, neuralCrn } from '../../src/circuits/index.js';
import {
  createRandom,
  datasets,
  identityScaling,
  loadCheckpoint,
  loadModel,
  predict,
  saveModel,
  type Task,
  traceExample,
  train,
  trainReport,
} from '../../src/learning/index.js';

type Data = Pick<Task, 'features' | 'target' | 'train' | 'validation' | 'seed' | 'grid'> & {
  threshold?: number;
};

/** A task on generated data with a staged circuit. */
function staged(
  data: Data,
  augment: number | null,
  circuit: Partial<NeuralCrnOptions>,
  epochs: number,
): Task {
  const { features, target, train: trained, validation, grid, threshold, seed } = data;
  return {
    experiment: 'staged',
    seed,
    features,
    target,
    train: trained,
    validation,
    ...(grid && { grid }),
    scaling: identityScaling(features.length, augment),
    ...(threshold !== undefined && { labels: { kind: 'value', threshold } }),
    circuit: { inputs: features.length + (augment === null ? 0 : 1), pipeline: 'staged', ...circuit },
    epochs,
    order: 'fixed',
    notes: [],
  };
}

const normals = (count: number, deviation: number) => {
  const random = createRandom(0, 'weights');
  return Array.from({ length: count }, () => random.normal(0, deviation));
};
const xor = datasets.xor({ lower: 6, upper: 6, validation: 6 });
const few = { ...xor, grid: { inputs: xor.validation.inputs, targets: xor.validation.targets } };
const relu = { dynamics: 'relu', theta: normals(9, 1), constants: { annihilation: 1e4 } } as const;

describe('training a staged circuit', () => {
  it('linear regression as the authors ran it follows its twin, and ends where theirs does', async () => {
    const data = datasets.linearRegression({ seed: 0, train: 41, validation: 101 });
    for (const [update, rails, rate] of [
      ['digital', 'dual', 0.1],
      ['chemical', 'dual', 0.1],
      ['digital', 'positive', 0.02],
      ['chemical', 'positive', 0.02],
    ] as const) {
      const circuit = { rails, rate, theta: [0.2, 0.3], staged: { update } } as const;
      const task = staged(data, null, circuit, 5);
      const { history, metrics, digital } = await train(task, { ideal: true }).result;
      expect(history[0].validationLoss).toBeGreaterThan(3);
      expect(history[5].validationLoss).toBeLessThan(0.16);
      for (const record of history) {
        expect(record.validationLoss).toBeCloseTo(record.idealValidationLoss as number, 4);
      }
      expect(metrics.idealLargestDifference).toBeLessThan(1e-3);
      expect(digital.some((act) => act.startsWith('update: P^s'))).toBe(update === 'digital');
    }
  });

  it('a cubic classifier of XOR follows its twin', async () => {
    const circuit = {
      dynamics: 'cubic',
      rate: 0.5,
      theta: normals(9, 1 / Math.sqrt(3)),
      constants: { annihilation: 1e4 },
    } as const;
    const { grid: _, ...data } = datasets.xor();
    const { history, metrics } = await train(staged(data, 0.2, circuit, 3), { ideal: true }).result;
    expect(history[3].trainLoss).toBeLessThan(history[0].trainLoss / 2);
    for (const record of history) {
      expect(Math.abs(record.trainLoss / (record.idealTrainLoss as number) - 1)).toBeLessThan(1e-3);
    }
    expect(metrics.idealLargestDifference).toBeLessThan(1e-3);
  });

  it('carries biases and a trained read-out through report, model and resumed runs', async () => {
    const circuit = { ...relu, readout: 'trained', readoutRate: 0.05, rate: 0.2 } as const;
    const task = staged(few, 0.2, circuit, 4);
    const whole = await train(task, { ideal: true }).result;
    const { B, W } = whole.parameters;
    expect(B).toHaveLength(3);
    expect(W).toHaveLength(3);
    expect(B?.some((value) => Math.abs(value - 0.1) > 1e-3)).toBe(true);
    expect(trainReport(whole).parameters).toEqual(whole.parameters);
    expect(whole.metrics.idealLargestDifference).toBeLessThan(1e-3);
    expect(whole.digital.join(' ')).toContain('of P, B, W only the difference stays');

    const half = await train(task, { ideal: true, epochs: 2 }).result;
    const checkpoint = loadCheckpoint(JSON.stringify(half.checkpoint));
    const resumed = await train(checkpoint.task, { resume: checkpoint, epochs: 4 }).result;
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.parameters).toEqual(whole.parameters);

    const model = loadModel(saveModel(whole.model));
    expect(model.parameters.B).toEqual(B);
    expect(await predict(model, few.validation.inputs)).toEqual(whole.predictions.after?.validation);
    expect(whole.grid).toEqual(whole.predictions.after?.validation);
  });

  it('classes, one output each', async () => {
    const set = {
      inputs: [
        [0.1, 0.9],
        [0.5, 0.1],
        [0.9, 0.8],
      ],
      targets: [0, 1, 2],
    };
    const task: Task = {
      ...staged({ ...few, train: set, validation: set, grid: set }, 1, relu, 60),
      circuit: {
        inputs: 3,
        outputs: 3,
        pipeline: 'staged',
        ...relu,
        readout: 'trained',
        rate: 0.2,
        readoutWeights: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      },
      labels: { kind: 'oneHot', classes: ['a', 'b', 'c'], off: 0, on: 1 },
    };
    const { history, metrics } = await train(task).result;
    expect(history[60].trainLoss).toBeLessThan(history[0].trainLoss / 3);
    expect(metrics.gridAccuracy).toBe(1);
  });

  it('can be seen: all stages of one example', async () => {
    const task = staged(few, 0.2, relu, 1);
    const { model } = await train(task, { epochs: 0 }).result;
    const trace = await traceExample(model, { inputs: [0.3, 0.8], target: 1 }, { intervals: 4 });
    const stages = neuralCrn(task.circuit).stages?.map(({ phase }) => phase);
    expect(stages).toHaveLength(6);
    expect(trace.phases.map(({ name }) => name)).toEqual(stages);
    expect(trace.phases[5].to).toBeCloseTo(0.8 + 40 + 2 + 40 + 0.8 + 100, 9);
    expect(trace.times).toHaveLength(6 * 5);
    const at = (name: string, row: number) => trace.concentrations[row][trace.species.indexOf(name)];
    // The read-out's end is the prediction; the backward stage's end has Z back where it started.
    expect(at('O+', 9) - at('O-', 9)).toBeCloseTo(trace.prediction, 9);
    expect(at('Z[1]+', 24) - at('Z[1]-', 24)).toBeCloseTo(0.3, 3);
    // What is done by hand shows between two stages: O keeps one rail.
    expect(Math.min(at('O+', 10), at('O-', 10))).toBe(0);
  });

  it('has no clock inside', async () => {
    const circuit = neuralCrn({ inputs: 2, pipeline: 'staged' });
    await expect(clockedCircuit(circuit, { kind: 'ring' })).rejects.toThrow(/digital acts between/);
  });
});
