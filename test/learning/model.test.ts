import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Circuit, linearCrn } from '../../src/circuits/index.js';
import {
  csvTask,
  evaluate,
  gradientCheck,
  linearRegressionTask,
  loadModel,
  modelNetwork,
  predict,
  saveModel,
  type TrainingResult,
  traceExample,
  train,
} from '../../src/learning/index.js';
import { PACKAGE_VERSION } from '../../src/learning/version.js';
import { parseNetwork, printNetwork } from '../../src/network/index.js';
import { regressionTable, toCsv } from './tables.js';

let regression: TrainingResult;
let table: TrainingResult;
beforeAll(async () => {
  regression = await train(linearRegressionTask({ seed: 2, rails: 'dual', epochs: 2 })).result;
  table = await train(csvTask(toCsv(regressionTable(2)), { target: 'y', epochs: 2 })).result;
});

describe('a model', () => {
  it('predicts what the training run measured, to the same bits', async () => {
    for (const { model, task, predictions } of [regression, table]) {
      const again = loadModel(saveModel(model));
      expect(again).toEqual(JSON.parse(JSON.stringify(model)));
      expect(await predict(again, task.validation.inputs)).toEqual(predictions.after!.validation);
    }
  });

  it('evaluates loss and R² in the units of the label', async () => {
    const { model, task, history, metrics } = table;
    const evaluation = await evaluate(model, task.validation);
    expect(evaluation.loss).toBe(history[2].validationLoss);
    expect(evaluation.r2).toBe(metrics.validationR2);
  });

  it('prints as a network with its trained weights', () => {
    const text = printNetwork(modelNetwork(regression.model));
    const { network, issues } = parseNetwork(text);
    expect(issues).toEqual([]);
    const p = network!.species.find(({ name }) => name === 'P[2]+')!;
    expect(p.initial).toEqual({ kind: 'number', value: regression.model.parameters.concentrations['P[2]+'] });
  });

  it('refuses rows it cannot use', async () => {
    await expect(predict(table.model, [[1, 2]])).rejects.toThrow('a row needs 5 features, got 2');
    await expect(predict(table.model, [[1, 2, Number.NaN, 4, 5]])).rejects.toThrow(/row 1, column "c": NaN/);
    await expect(evaluate(table.model, { inputs: [], targets: [] })).rejects.toThrow(/no examples/);
    await expect(evaluate(table.model, { inputs: [[1, 2, 3, 4, 5]], targets: [] })).rejects.toThrow(
      /1 rows, but 0/,
    );
    const positive = await train(linearRegressionTask({ epochs: 0 })).result;
    await expect(
      predict(positive.model, [
        [1, 1],
        [1, -1],
      ]),
    ).rejects.toThrow(/input row 2, column "x2": -1 is below 0/);
  });

  it('can be cancelled while it predicts', async () => {
    const rows = Array.from({ length: 200_000 }, () => [1, 2]);
    await expect(predict(regression.model, rows, { signal: AbortSignal.timeout(30) })).rejects.toThrow(
      /timeout/i,
    );
    await expect(predict(regression.model, rows, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('says which version wrote it, and refuses formats it does not know', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(PACKAGE_VERSION).toBe(version);
    expect(regression.model.package).toBe(version);
    const altered = (change: object) => () => loadModel(JSON.stringify({ ...regression.model, ...change }));
    expect(altered({ version: 2, package: '3.1.4' })).toThrow(
      /version 2, written by neural-crn 3\.1\.4.*update/,
    );
    expect(altered({ version: 'x' })).toThrow(TypeError);
    expect(altered({ format: 'other' })).toThrow(/not a model/);
    expect(altered({ circuit: { family: 'cubic' } })).toThrow(/family "cubic" is unknown/);
    expect(() => loadModel('{')).toThrow(/not a model/);
    expect(() => loadModel('null')).toThrow(/not a model/);
    const damage: [object, RegExp][] = [
      [{ circuit: { family: 'linear' } }, /circuit\.options/],
      [{ parameters: {} }, /parameters\.theta/],
      [{ parameters: { theta: [1], concentrations: {} } }, /one value per input/],
      [{ parameters: { theta: [1, 2], concentrations: { P: 'x' } } }, /concentrations/],
      [{ features: [1] }, /features must be names/],
      [{ features: ['x1'] }, /one map per feature|do not match/],
      [{ target: 3 }, /target must be/],
      [{ scaling: undefined }, /scaling/],
      [{ scaling: { ...regression.model.scaling, target: { offset: 0, scale: 0 } } }, /scale > 0/],
      [{ solver: undefined }, /solver/],
      [
        { parameters: { theta: [1, 2], concentrations: { 'P[1]+': 1, 'P[1]-': 0, 'P[2]+': 1 } } },
        /misses P\[2\]-/,
      ],
    ];
    for (const [change, message] of damage) {
      expect(altered(change)).toThrow(message);
      expect(altered(change)).toThrow(TypeError);
    }
  });
});

describe('honesty', () => {
  /** The circuit without one of the reactions that feed the prediction. */
  function broken(circuit: Circuit, label: string): Circuit {
    const network = structuredClone(circuit.network);
    const before = network.reactions.length;
    network.reactions = network.reactions.filter((reaction) => reaction.label !== label);
    expect(network.reactions).toHaveLength(before - 1);
    return { ...circuit, network };
  }

  it('a missing production shows in losses, metrics and predictions', async () => {
    const task = linearRegressionTask({ seed: 1, rails: 'dual', epochs: 2 });
    const whole = await train(task).result;
    const circuit = broken(whole.circuit, 'forward[2,pp]');
    const lame = await train(task, { circuit }).result;
    for (const [epoch, record] of whole.history.entries()) {
      for (const key of ['trainLoss', 'validationLoss'] as const) {
        expect(Math.abs(lame.history[epoch][key] / record[key] - 1)).toBeGreaterThan(0.05);
      }
    }
    expect(lame.metrics.validationR2! - whole.metrics.validationR2!).toBeLessThan(-0.05);
    // The trained weights kept, only the chemistry that predicts is broken.
    const rows = task.validation.inputs;
    const [good, bad] = [await predict(whole.model, rows), await predict(whole.model, rows, { circuit })];
    for (const [k, value] of bad.entries()) expect(good[k] - value).toBeGreaterThan(0.1);
    const evaluation = await evaluate(whole.model, task.validation, { circuit });
    expect(evaluation.loss).toBeGreaterThan(2 * whole.history[2].validationLoss);
  });

  it('the same on positive rails', async () => {
    const task = linearRegressionTask({ seed: 1, epochs: 1 });
    const whole = await train(task).result;
    const lame = await train(task, { circuit: broken(whole.circuit, 'forward[1]') }).result;
    expect(lame.history[0].validationLoss).toBeGreaterThan(1.05 * whole.history[0].validationLoss);
    expect(lame.weights[41][0]).not.toBeCloseTo(whole.weights[41][0], 2);
  });

  it('training touches nothing but doses: what an example leaves stays in the pot', async () => {
    const { checkpoint } = await train(linearRegressionTask({ seed: 1, epochs: 1 })).result;
    // X fades as e^−10 in each learning phase, so the last example's input is still there.
    const [x1] = checkpoint.task.train.inputs[40];
    expect(checkpoint.concentrations['X[1]'] / x1).toBeGreaterThan(4e-5);
    expect(checkpoint.concentrations['X[1]'] / x1).toBeLessThan(5e-5);
  });
});

describe('gradientCheck', () => {
  it('finds the learning phase equal to finite differences of the simulated loss', async () => {
    for (const rails of ['positive', 'dual'] as const) {
      const circuit = linearCrn({ inputs: 2, rails, theta: [0.3, 0.4] });
      const check = await gradientCheck(circuit, { x: [2, 3], y: 9.5 });
      // e·x·T with e = −3.5 and T = 0.5
      for (const [i, value] of [-3.5, -5.25].entries()) {
        expect(check.chemical[i]).toBeCloseTo(value, 6);
        expect(check.finiteDifference[i]).toBeCloseTo(value, 6);
      }
      expect(check.largestRelativeError).toBeLessThan(1e-6);
    }
  });

  it('accepts other weights and signs, and refuses what cannot be', async () => {
    const circuit = linearCrn({ inputs: 2 });
    const check = await gradientCheck(circuit, { x: [-2, 1], y: -3 }, { theta: [-0.5, 2] });
    expect(check.largestRelativeError).toBeLessThan(1e-6);
    await expect(gradientCheck(circuit, { x: [1, 1], y: 0 }, { theta: [1] })).rejects.toThrow(
      /theta needs 2/,
    );
    await expect(gradientCheck(circuit, { x: [1, 1], y: 0 }, { step: 0 })).rejects.toThrow(/step must be/);
    const positive = linearCrn({ inputs: 1, rails: 'positive' });
    await expect(gradientCheck(positive, { x: [1], y: 0 })).rejects.toThrow(/positive rails only/);
  });
});

describe('traceExample', () => {
  it('keeps concentrations through both phases', async () => {
    const { model, task } = regression;
    const inputs = task.validation.inputs[0];
    const trace = await traceExample(
      model,
      { inputs, target: task.validation.targets[0] },
      { intervals: 50 },
    );
    expect(trace.times).toHaveLength(102);
    expect(trace.phases).toEqual([
      { name: 'feed', from: 0, to: 0.5 },
      { name: 'learn', from: 0.5, to: 10.5 },
    ]);
    const column = (name: string) => trace.concentrations.map((row) => row[trace.species.indexOf(name)]);
    expect(column('X[1]+')[0]).toBe(inputs[0]);
    expect(column('X[1]+')[50]).toBe(inputs[0]);
    expect(column('X[1]+')[101]).toBeCloseTo(inputs[0] * Math.exp(-10), 8);
    expect(trace.prediction).toBeCloseTo(column('Z[1]+')[50] + column('Z[2]+')[50], 12);
    expect((await predict(model, [inputs]))[0]).toBeCloseTo(trace.prediction, 6);
    await expect(traceExample(model, { inputs, target: 1 }, { intervals: 0 })).rejects.toThrow(
      /intervals must be/,
    );
  });
});
