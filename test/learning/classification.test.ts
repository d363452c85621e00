import { describe, expect, it } from 'vitest';
import type { NeuralCrnOptions } from '../../src/circuits/index.js';
import { neuralCrn } from '../../src/circuits/index.js';
import {
  accuracy,
  confusionMatrix,
  decodeOutputs,
  encodeLabel,
  evaluate,
  gradientCheck,
  identityScaling,
  type LabelCode,
  loadCheckpoint,
  loadModel,
  predict,
  saveModel,
  type Task,
  tasks,
  traceExample,
  train,
  trainReport,
} from '../../src/learning/index.js';

const classes: LabelCode = { kind: 'oneHot', classes: ['a', 'b', 'c'], off: -1, on: 1 };
const cut: LabelCode = { kind: 'value', threshold: 0.5 };
const scaling = identityScaling(2);

describe('labels', () => {
  it('become concentrations of the outputs, and outputs predictions', () => {
    expect(encodeLabel(classes, scaling, 1)).toEqual([-1, 1, -1]);
    expect(decodeOutputs(classes, scaling, [0.1, -0.2, 0.4])).toBe(2);
    const map = { ...scaling, target: { offset: 0.5, scale: 0.5 } };
    expect(encodeLabel(cut, map, 0)).toEqual([-1]);
    expect(decodeOutputs(cut, map, [1])).toBe(1);
    for (const label of [3, -1, 0.5])
      expect(() => encodeLabel(classes, scaling, label)).toThrow(/number of a class, 0 to 2/);
  });

  it('count right decisions and confusions', () => {
    expect(accuracy(cut, [0.4, 0.6, 0.9, 0.1], [0, 1, 0, 0])).toBe(0.75);
    expect(confusionMatrix(cut, [0.4, 0.6, 0.9, 0.1], [0, 1, 0, 0])).toEqual([
      [2, 1],
      [0, 1],
    ]);
    expect(accuracy(classes, [0, 2, 1], [0, 2, 2])).toBeCloseTo(2 / 3, 12);
    expect(confusionMatrix(classes, [0, 2, 1], [0, 2, 2])).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ]);
    expect(accuracy({ kind: 'value' }, [1], [1])).toBeUndefined();
    expect(confusionMatrix({ kind: 'value' }, [1], [1])).toBeUndefined();
  });
});

/** Three clusters on a line of two features, one class each. */
function clusters(circuit: Partial<NeuralCrnOptions>, off: number): Task {
  const rows = [
    [0.1, 0.9],
    [0.5, 0.1],
    [0.9, 0.8],
    [0.2, 0.8],
    [0.6, 0.2],
    [0.8, 0.9],
  ];
  const set = { inputs: rows, targets: [0, 1, 2, 0, 1, 2] };
  return {
    experiment: 'clusters',
    seed: 0,
    features: ['x1', 'x2'],
    target: 'class',
    train: set,
    validation: set,
    grid: { inputs: rows.slice(0, 3), targets: [0, 1, 2] },
    scaling: identityScaling(2, circuit.dynamics === 'rectified' ? null : 1),
    labels: { kind: 'oneHot', classes: ['a', 'b', 'c'], off, on: 1 },
    circuit: { inputs: 3, outputs: 3, ...circuit },
    epochs: 60,
    order: 'fixed',
    notes: [],
  };
}

const theta = [1, -0.5, 0.2, -0.4, 0.9, 0.1, 0.3, 0.3, -0.6];

describe('several outputs', () => {
  for (const [name, task] of [
    ['rectified', clusters({ dynamics: 'rectified', hidden: 3, theta }, -1)],
    ['relu', clusters({ dynamics: 'relu', hidden: 3, theta, rate: 0.1, readoutRate: 0.1, fuel: 400 }, 0)],
  ] as const) {
    it(`${name}: learns three classes, and the model knows them`, async () => {
      const result = await train(task, { ideal: true, atol: 1e-8 }).result;
      expect(result.metrics.validationAccuracy).toBe(1);
      expect(result.metrics.gridAccuracy).toBe(1);
      expect(result.grid).toEqual([0, 1, 2]);
      expect(result.metrics.confusion).toEqual([
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ]);
      expect([result.metrics.trainR2, result.metrics.validationR2]).toEqual([undefined, undefined]);
      expect(result.metrics.idealLargestDifference).toBeLessThan(name === 'relu' ? 1e-5 : 0.1);
      if (name === 'relu') {
        expect(result.metrics.idealFinalLoss).toBeCloseTo(result.history[60].validationLoss, 6);
      }
      const { history } = result;
      expect(history[history.length - 1].validationLoss).toBeLessThan(history[0].validationLoss / 2);
      expect(result.digital.join('\n')).toMatch(/decision: the class whose output is largest/);
      const model = loadModel(saveModel(result.model));
      expect(await predict(model, [[0.15, 0.85]])).toEqual([0]);
      const { accuracy: part, loss, r2 } = await evaluate(model, task.validation);
      expect(part).toBe(1);
      expect(r2).toBeUndefined();
      expect(loss).toBeCloseTo(history[history.length - 1].validationLoss, 6);
      const report = trainReport(result);
      expect(report.parameters.theta).toHaveLength(9);
      expect(report.parameters.W?.length).toBe(name === 'relu' ? 9 : undefined);
      expect(report.inputs).toEqual(['x1', 'x2', '1']);
      const trace = await traceExample(model, { inputs: [0.1, 0.9], target: 0 }, { intervals: 10 });
      expect(trace.phases.map((phase) => phase.name)).toEqual(['feed', 'learn']);
      expect(Number.isFinite(trace.prediction)).toBe(true);
    });
  }

  it('continues from a checkpoint to the same bits, output weights and fuel included', async () => {
    const task = clusters({ dynamics: 'relu', hidden: 3, theta, fuel: 40 }, 0);
    const whole = await train(task, { epochs: 4, ideal: true }).result;
    const half = await train(task, { epochs: 2, ideal: true }).result;
    const resume = loadCheckpoint(JSON.stringify(half.checkpoint));
    const rest = await train(resume.task, { epochs: 4, resume }).result;
    expect(rest.parameters).toEqual(whole.parameters);
    expect(rest.history).toEqual(whole.history);
    expect(rest.idealDifferences).toEqual(whole.idealDifferences);
  });

  it('refuses labels that the circuit has no outputs for', async () => {
    const task = { ...clusters({ dynamics: 'rectified', hidden: 4, outputs: 2 }, -1) };
    await expect(train(task).result).rejects.toThrow(/a label gives 3 values, but the circuit has 2 outputs/);
    const negative = clusters({ dynamics: 'relu', hidden: 3 }, -1);
    await expect(train(negative).result).rejects.toThrow(/dual rails/);
  });
});

it('gradientCheck holds for nonlinear circuits, output by output', async () => {
  const relu = neuralCrn({ inputs: 3, hidden: 2, outputs: 2, dynamics: 'relu', theta: theta.slice(0, 6) });
  const check = await gradientCheck(relu, { x: [0.4, 0.8, 1], y: [1, 0] }, { step: 1e-3 });
  expect(check.largestRelativeError).toBeLessThan(1e-5);
  const readout = await gradientCheck(relu, { x: [0.4, 0.8, 1], y: [1, 0] }, { group: 'W', step: 1e-3 });
  expect(readout.chemical.length).toBe(4);
  expect(readout.largestRelativeError).toBeLessThan(1e-5);
  const cubic = neuralCrn({ inputs: 3, dynamics: 'cubic', exactCubic: true, theta });
  const cubicCheck = await gradientCheck(cubic, { x: [0.3, 0.8, 0.2], y: 1 }, { step: 1e-3 });
  expect(cubicCheck.largestRelativeError).toBeLessThan(1e-5);
  const quadratic = neuralCrn({ inputs: 3, dynamics: 'quadratic', theta });
  const quadraticCheck = await gradientCheck(quadratic, { x: [0.3, 0.8, 0.2], y: 1 }, { step: 1e-3 });
  expect(quadraticCheck.largestRelativeError).toBeLessThan(3e-4);
  const leaky = neuralCrn({ inputs: 3, dynamics: 'cubic', adjoint: 'leaky', theta });
  const leakyCheck = await gradientCheck(leaky, { x: [0.3, 0.8, 0.2], y: 1 }, { step: 1e-3 });
  expect(leakyCheck.largestRelativeError).toBeGreaterThan(0.02);
});

it('gradientCheck takes the loss that a hinge circuit descends', async () => {
  const line = neuralCrn({ inputs: 3, error: 'hinge', rate: 0.3, theta: [0.5, -0.25, 0.3] });
  const wrong = await gradientCheck(line, { x: [0.4, -0.6], y: -1 });
  expect(wrong.largestRelativeError).toBeLessThan(0.05);
  const beyond = neuralCrn({ inputs: 3, error: 'hinge', rate: 0.3, theta: [2, -2, 2] });
  const right = await gradientCheck(beyond, { x: [0.4, -0.6], y: 1 });
  expect(right.finiteDifference).toEqual([0, 0, 0]);
  expect(Math.max(...right.chemical.map(Math.abs))).toBeLessThan(0.01);
});

describe('tasks by name', () => {
  it('all build their circuits, and start', async () => {
    for (const [name, entry] of Object.entries(tasks)) {
      // Too large for this, and of another package's data: test/learning/digits.test.ts.
      if ('apart' in entry) continue;
      expect(entry.recipes[entry.standard].settings).toBe('improved');
      for (const recipe of Object.keys(entry.recipes)) {
        const whole = entry.create({ seed: 3, recipe });
        const few = (set: Task['train']) => ({
          inputs: set.inputs.slice(0, 2),
          targets: set.targets.slice(0, 2),
        });
        const { grid: _, ...task } = whole;
        const run = train(
          { ...task, train: few(whole.train), validation: few(whole.validation) },
          { epochs: 1 },
        );
        const { history } = await run.result;
        expect(Number.isFinite(history[1].validationLoss), `${name}, ${recipe}`).toBe(true);
      }
    }
  });

  it('keep data, weights and order on separate streams', () => {
    const one = tasks.xor.create({ seed: 1, recipe: 'rectified' });
    const other = tasks.xor.create({ seed: 1, recipe: 'cubic-leaky' });
    expect(one.train).toEqual(other.train);
    expect(tasks.xor.create({ seed: 1 })).toEqual(one);
    expect(one.circuit.theta).not.toEqual(tasks.xor.create({ seed: 2 }).circuit.theta);
  });

  it('take other epochs, order and circuit options, and refuse unknown recipes', () => {
    const task = tasks.and.create({ epochs: 3, order: 'shuffled', circuit: { hidden: 4, rate: 0.05 } });
    expect([task.epochs, task.order, task.circuit.hidden, task.circuit.rate]).toEqual([
      3,
      'shuffled',
      4,
      0.05,
    ]);
    expect(() => tasks.xor.create({ recipe: 'magic' })).toThrow(/no recipe "magic".*rectified/);
    expect(() => tasks['linear-regression'].create({ recipe: 'magic' })).toThrow(RangeError);
    expect(tasks['linear-regression'].create({ recipe: 'authors' }).epochs).toBe(5);
  });
});
