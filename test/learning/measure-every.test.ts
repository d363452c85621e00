import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  linearRegressionTask,
  loadCheckpoint,
  type StepRecord,
  type TrainOptions,
  train,
  trainReport,
} from '../../src/learning/index.js';

const task = linearRegressionTask({ seed: 4, rails: 'dual', rate: 0.1, epochs: 5, order: 'shuffled' });
const epochsOf = ({ history }: { history: { epoch: number }[] }) => history.map(({ epoch }) => epoch);

/** A run with the checkpoints it handed out, as they come back from a file. */
async function kept(options: TrainOptions) {
  const checkpoints: Checkpoint[] = [];
  const onCheckpoint = (checkpoint: Checkpoint) =>
    void checkpoints.push(loadCheckpoint(JSON.stringify(checkpoint)));
  return { result: await train(task, { ideal: true, ...options, onCheckpoint }).result, checkpoints };
}

describe('measureEvery', () => {
  it.each([
    [1, [0, 1, 2, 3, 4, 5]],
    [2, [0, 2, 4, 5]],
    [5, [0, 5]],
    [9, [0, 5]],
  ])('%i: measured are epochs %j, and nothing else differs', async (measureEvery, measured) => {
    const every = await train(task, { ideal: true }).result;
    const steps: StepRecord[] = [];
    const { result, checkpoints } = await kept({ measureEvery, onStep: (step) => steps.push(step) });
    expect(epochsOf(result)).toEqual(measured);
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual(measured);
    expect(result.history).toEqual(every.history.filter(({ epoch }) => measured.includes(epoch)));
    expect(result.checkpoint.concentrations).toEqual(every.checkpoint.concentrations);
    for (const key of [
      'parameters',
      'weights',
      'errors',
      'idealDifferences',
      'predictions',
      'model',
    ] as const) {
      expect(result[key], key).toEqual(every[key]);
    }
    expect(result.epoch).toBe(5);
    expect(steps.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 5 * 41 }, (_, step) => 1 + Math.floor(step / 41)),
    );
    // Epochs that are not measured cost no predictions.
    if (measureEvery > 1) expect(result.stats.steps).toBeLessThan(every.stats.steps);
    const { settings } = trainReport(result);
    expect(settings.measureEvery).toBe(measureEvery === 1 ? undefined : measureEvery);
  });

  it('is kept by checkpoints, which resume to the same bits', async () => {
    const { result, checkpoints } = await kept({ measureEvery: 2 });
    for (const resume of checkpoints.slice(0, -1)) {
      const rest = await train(resume.task, { resume }).result;
      expect(JSON.stringify(rest.history), `from epoch ${resume.epoch}`).toBe(JSON.stringify(result.history));
      expect(JSON.stringify(rest.checkpoint)).toBe(JSON.stringify(result.checkpoint));
    }
    const [, resume] = checkpoints;
    const other = await train(resume.task, { resume, measureEvery: 1 }).result;
    expect(epochsOf(other)).toEqual([0, 2, 3, 4, 5]);
    expect(other.weights).toEqual(result.weights);
  });

  it('cancelled between two measurements, the run goes on from the last one', async () => {
    const { result } = await kept({ measureEvery: 2 });
    const controller = new AbortController();
    const cancelled = await train(task, {
      ideal: true,
      measureEvery: 2,
      signal: controller.signal,
      onStep: ({ epoch }) => {
        if (epoch === 4) controller.abort();
      },
    }).result;
    expect([cancelled.status, cancelled.epoch]).toEqual(['cancelled', 2]);
    expect(epochsOf(cancelled)).toEqual([0, 2]);
    expect(cancelled.weights).toHaveLength(1 + 2 * 41);
    const resume = loadCheckpoint(JSON.stringify(cancelled.checkpoint));
    const rest = await train(resume.task, { resume }).result;
    expect(JSON.stringify(rest.history)).toBe(JSON.stringify(result.history));
    expect(JSON.stringify(rest.weights)).toBe(JSON.stringify(result.weights));
  });

  it('with patience only measured epochs can be the best, and epochs are what it counts', async () => {
    const noisy = linearRegressionTask({ seed: 1, rails: 'dual', rate: 0.12, epochs: 20, order: 'shuffled' });
    const whole = await train(noisy, { measureEvery: 3 }).result;
    const result = await train(noisy, { measureEvery: 3, patience: 4 }).result;
    const { epoch, best } = result.stopped!;
    expect(result.history).toEqual(whole.history.slice(0, result.history.length));
    expect([epoch % 3, best % 3]).toEqual([0, 0]);
    // The first measurement at least four epochs after the best.
    expect(epoch).toBe(best + 6);
    const lowest = Math.min(...result.history.map(({ validationLoss }) => validationLoss));
    expect(result.history.find((record) => record.epoch === best)?.validationLoss).toBe(lowest);
    expect(result.parameters).toEqual((await train(noisy, { epochs: best }).result).parameters);
  });

  it.each([0, 1.5, -2, Number.NaN])('%d is refused by name', async (measureEvery) => {
    const error = await train(task, { measureEvery }).result.catch((failure) => failure);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(`measureEvery must be an integer ≥ 1, got ${measureEvery}`);
  });
});
