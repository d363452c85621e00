import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type LinearRegressionTaskOptions,
  linearRegressionTask,
  loadCheckpoint,
  loadModel,
  predict,
  rSquared,
  saveModel,
  type TrainingResult,
  type TrainOptions,
  tasks,
  train,
  trainReport,
} from '../../src/learning/index.js';

/** A rate so large that the loss goes up and down from epoch to epoch. */
const noisy = (options: LinearRegressionTaskOptions = {}) =>
  linearRegressionTask({ seed: 1, rails: 'dual', rate: 0.12, epochs: 20, order: 'shuffled', ...options });

/** The epoch at which a list of losses runs out of patience, and the best one until then. */
function walk(losses: number[], patience: number, minDelta = 0): { epoch: number; best: number } | undefined {
  let best = 0;
  for (let epoch = 1; epoch < losses.length; epoch++) {
    if (losses[epoch] < losses[best] - minDelta) best = epoch;
    if (epoch - best >= patience) return { epoch, best };
  }
  return undefined;
}
const lossesOf = ({ history }: TrainingResult) => history.map(({ validationLoss }) => validationLoss);

describe('patience', () => {
  it('stops where the validation loss has not fallen, and gives back the best epoch', async () => {
    const whole = await train(noisy()).result;
    const expected = walk(lossesOf(whole), 3)!;
    expect(expected.best).toBeGreaterThan(0);
    expect(expected.epoch).toBeLessThan(20);

    const stopped = await train(noisy(), { patience: 3 }).result;
    expect(stopped.status).toBe('done');
    expect(stopped.stopped).toEqual(expected);
    expect(stopped.epoch).toBe(expected.best);
    expect(stopped.history).toEqual(whole.history.slice(0, expected.epoch + 1));

    const best = await train(noisy(), { epochs: expected.best }).result;
    expect(stopped.parameters).toEqual(best.parameters);
    expect(stopped.predictions).toEqual(best.predictions);
    expect(stopped.metrics).toEqual(best.metrics);
    expect(stopped.model).toEqual(best.model);
    expect(stopped.metrics.validationR2).toBe(
      rSquared(stopped.predictions.after!.validation, stopped.task.validation.targets),
    );
    expect(stopped.parameters).not.toEqual(whole.parameters);
    const { inputs } = stopped.task.validation;
    expect(await predict(loadModel(saveModel(stopped.model)), inputs)).toEqual(
      best.predictions.after!.validation,
    );
  });

  it('is told by the report, and named as digital', async () => {
    const result = await train(noisy(), { patience: 3 }).result;
    const report = JSON.parse(JSON.stringify(trainReport(result)));
    expect(report).toMatchObject({ status: 'done', epoch: result.epoch, stopped: result.stopped });
    expect(report.settings).toMatchObject({ epochs: 20, patience: 3 });
    const act = report.digital.filter((line: string) => line.startsWith('early stopping: '));
    expect(act).toHaveLength(1);
    expect(act[0]).toMatch(
      new RegExp(`3 epochs have not lowered .*an aliquot .* best epoch, ${result.epoch},`),
    );

    const plain = trainReport(await train(noisy(), { epochs: 1 }).result);
    expect(plain).not.toHaveProperty('stopped');
    expect(plain.epoch).toBe(1);
    expect(plain.settings).not.toHaveProperty('patience');
    expect(plain.digital.join()).not.toMatch(/early stopping/);
  });

  it('gives back the best epoch, too, when all epochs are run', async () => {
    const result = await train(noisy({ epochs: 6 }), { patience: 6 }).result;
    const losses = lossesOf(result);
    expect(losses).toHaveLength(7);
    expect(result.stopped).toBeUndefined();
    expect(result.epoch).toBe(losses.indexOf(Math.min(...losses)));
    expect(result.epoch).toBeLessThan(6);
  });

  it('counts only what falls by more than minDelta', async () => {
    const whole = await train(noisy({ epochs: 12 })).result;
    const minDelta = 0.1;
    const expected = walk(lossesOf(whole), 2, minDelta)!;
    expect(expected).not.toEqual(walk(lossesOf(whole), 2));
    const result = await train(noisy({ epochs: 12 }), { patience: 2, minDelta }).result;
    expect(result.stopped).toEqual(expected);
    expect(result.digital.join()).toMatch(/by more than 0\.1/);
  });

  it("measures the grid with the best epoch's weights", async () => {
    const task = {
      ...noisy(),
      grid: {
        inputs: [
          [1, 2],
          [4, 3],
        ],
        targets: [6, 11],
      },
    };
    const result = await train(task, { patience: 3 }).result;
    expect(result.grid).toEqual((await train(task, { epochs: result.epoch }).result).grid);
    expect(result.grid).not.toEqual((await train(task, { epochs: result.stopped!.epoch }).result).grid);
  });
});

describe('checkpoints of a run with patience', () => {
  async function withCheckpoints(options: TrainOptions) {
    const kept: Checkpoint[] = [];
    const result = await train(noisy(), {
      ...options,
      onCheckpoint: (checkpoint) => void kept.push(loadCheckpoint(JSON.stringify(checkpoint))),
    }).result;
    return { result, kept };
  }

  it('resume to the same bits, from before and from after the best epoch', async () => {
    const { result, kept } = await withCheckpoints({ patience: 3 });
    const { epoch, best } = result.stopped!;
    for (const from of [1, best, epoch - 1]) {
      const resume = kept[from];
      const rest = await train(resume.task, { resume }).result;
      expect(rest.stopped).toEqual(result.stopped);
      for (const key of ['history', 'parameters', 'predictions', 'metrics', 'model', 'digital'] as const) {
        expect(rest[key], `${key} from epoch ${from}`).toEqual(result[key]);
      }
      expect(rest.checkpoint).toEqual(result.checkpoint);
    }
  });

  it('go on with more patience, but not with a patience that was not there', async () => {
    const { result } = await withCheckpoints({ patience: 3 });
    const resume = loadCheckpoint(JSON.stringify(result.checkpoint));
    const again = await train(resume.task, { resume }).result;
    expect(again.stopped).toEqual(result.stopped);
    const longer = await train(resume.task, { resume, patience: 6, epochs: 12 }).result;
    expect(longer.history.length).toBeGreaterThan(result.history.length);
    expect(longer).toMatchObject({ settings: { patience: 6 } });

    const plain = await train(noisy(), { epochs: 1 }).result;
    const choices = { resume: plain.checkpoint, patience: 2, epochs: 2 };
    await expect(train(plain.task, choices).result).rejects.toThrow(/patience: .*kept no best epoch/);
    await expect(train(resume.task, { resume, minDelta: 1 }).result).rejects.toThrow(
      /minDelta .*has 0, not 1/,
    );
  });

  it.each([
    [{ patience: 0 }, /patience must be an integer ≥ 1, got 0/],
    [{ patience: 1.5 }, /patience must be an integer ≥ 1, got 1.5/],
    [{ patience: 2, minDelta: -1 }, /minDelta must be a finite number ≥ 0, got -1/],
    [{ patience: 2, minDelta: Number.NaN }, /minDelta must be a finite number ≥ 0, got NaN/],
    [{ minDelta: 0.1 }, /minDelta belongs to patience/],
  ])('refuses %o', async (options, message) => {
    await expect(train(noisy(), options).result).rejects.toThrow(message);
    await expect(train(noisy(), options).result).rejects.toBeInstanceOf(RangeError);
  });
});

describe('hinge circuits', () => {
  it('are judged by the hinge loss, which falls while ½e² rises', async () => {
    const task = tasks.and.create({ seed: 1, recipe: 'rectified', epochs: 3 });
    const { grid: _, ...few } = task;
    const result = await train(few, { patience: 3 }).result;
    const { history, predictions } = result;
    const hinges = history.map(({ validationHinge }) => validationHinge!);
    const { targets } = task.validation;
    // Labels 0 and 1 are −1 and +1 in the pot.
    const hinge = predictions.after!.validation.map(
      (value, k) => 0.5 * Math.max(0, 1 - (2 * value - 1) * (2 * targets[k] - 1)) ** 2,
    );
    expect(result.epoch).toBe(hinges.indexOf(Math.min(...hinges)));
    expect(hinges[result.epoch]).toBeCloseTo(hinge.reduce((a, b) => a + b) / hinge.length, 12);
    expect(result.epoch).toBeGreaterThan(lossesOf(result).indexOf(Math.min(...lossesOf(result))));
    expect(result.digital.join()).toMatch(/not lowered the hinge loss of the validation rows/);
  });

  it('only they report it', async () => {
    const { history } = await train(noisy(), { epochs: 0 }).result;
    expect(history[0]).not.toHaveProperty('validationHinge');
  });
});
