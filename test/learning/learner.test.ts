import { describe, expect, it } from 'vitest';
import {
  createLearner,
  type Learner,
  type LearnerOptions,
  linearRegressionTask,
  loadCheckpoint,
  loadModel,
  predict,
  saveModel,
  type Task,
  tasks,
  train,
} from '../../src/learning/index.js';

const line = linearRegressionTask({ seed: 4, rails: 'dual', rate: 0.1, epochs: 3, order: 'shuffled' });
const gate = tasks.or.create({ seed: 2, epochs: 2 });

async function using<T>(
  task: Task,
  options: LearnerOptions,
  work: (learner: Learner) => Promise<T>,
): Promise<T> {
  const learner = await createLearner(task, options);
  try {
    return await work(learner);
  } finally {
    learner.dispose();
  }
}

describe('a learner', () => {
  it.each([
    ['a regression', line],
    ['a classification', gate],
  ])('measured epoch by epoch ends as train does, to the bit: %s', async (_, task) => {
    const whole = await train(task, { ideal: true }).result;
    await using(task, { ideal: true }, async (learner) => {
      while (!learner.over) await learner.measure();
      expect(learner.history).toEqual(whole.history);
      expect(learner.checkpoint()).toEqual(whole.checkpoint);
      expect(learner.model()).toEqual(whole.model);
      expect(await learner.result()).toEqual(whole);
    });
  });

  it('stepped by hand, looked at on the way, learns the same', async () => {
    const whole = await train(line).result;
    await using(line, {}, async (learner) => {
      expect(learner.epoch).toBe(-1);
      await learner.measure();
      expect(learner.epoch).toBe(0);
      const rows = line.train.inputs.length;
      for (let step = 1; step <= 3 * rows; step++) {
        const record = learner.step();
        expect(record.step).toBe(step);
        expect(learner.steps).toBe(step);
        expect(record.theta).toEqual(whole.weights[step]);
        expect(learner.visited).toBe(1 + ((step - 1) % rows));
        if (step % 17 === 0) await learner.predict(line.validation.inputs.slice(0, 3));
        if (step % rows > 0) continue;
        await learner.measure();
        expect(learner.visited).toBe(0);
      }
      expect(learner.over).toBe(true);
      expect(learner.history).toEqual(whole.history);
      expect(learner.model()).toEqual(whole.model);
      expect(learner.predictions).toEqual(whole.predictions.after);
    });
  });

  it('predicts in the middle of an epoch what its model predicts', async () => {
    await using(gate, {}, async (learner) => {
      await learner.measure();
      for (let k = 0; k < 10; k++) learner.step();
      const model = loadModel(saveModel(learner.model()));
      expect(model.parameters.theta).toEqual(learner.weights.theta);
      expect(model.training).toEqual({ epochs: 0 });
      const rows = gate.validation.inputs.slice(0, 5);
      expect(await learner.predict(rows)).toEqual(await predict(model, rows));
    });
  });

  it('that is interrupted goes on where it was', async () => {
    const whole = await train(line).result;
    await using(line, {}, async (learner) => {
      await learner.measure();
      const abort = new AbortController();
      const broken = learner.measure({
        signal: abort.signal,
        onStep: ({ step }) => {
          if (step === 7) abort.abort();
        },
      });
      // The reason is there when it has been aborted, which may be later than this line.
      const reason = await broken.catch((error: unknown) => error);
      expect(reason).toBe(abort.signal.reason);
      expect(abort.signal.aborted).toBe(true);
      expect(learner.visited).toBe(7);
      expect(learner.epoch).toBe(0);
      expect((await learner.result()).status).toBe('cancelled');
      while (!learner.over) await learner.measure();
      expect(learner.history).toEqual(whole.history);
    });
  });

  it('goes on beyond its epochs, and resumes from its checkpoint', async () => {
    const longer = await train(line, { epochs: 5 }).result;
    const checkpoint = await using(line, {}, async (learner) => {
      while (learner.epoch < 4) await learner.measure();
      return loadCheckpoint(JSON.stringify({ ...learner.checkpoint(), settings: longer.settings }));
    });
    await using(line, { resume: checkpoint }, async (learner) => {
      expect(learner.epoch).toBe(4);
      expect(learner.steps).toBe(4 * line.train.inputs.length);
      await learner.measure();
      expect(learner.over).toBe(true);
      expect(learner.history).toEqual(longer.history);
      expect(learner.model()).toEqual(longer.model);
    });
  });

  it('without keepSteps keeps no row for every example, and learns the same', async () => {
    const whole = await train(line, { ideal: true }).result;
    await using(line, { ideal: true, keepSteps: false }, async (learner) => {
      while (!learner.over) await learner.measure();
      const { weights, errors, idealDifferences, history, model } = await learner.result();
      expect(learner.steps).toBe(3 * line.train.inputs.length);
      expect([weights.length, errors.length, idealDifferences.length]).toEqual([1, 0, 0]);
      expect(history).toEqual(whole.history);
      expect(model).toEqual(whole.model);
    });
  });

  it('refuses what train refuses', async () => {
    await expect(createLearner(line, { epochs: -1 })).rejects.toThrow(/epochs must be an integer ≥ 0/);
    const { checkpoint } = await train(line, { epochs: 1 }).result;
    await expect(createLearner(gate, { resume: checkpoint })).rejects.toThrow(/another task/);
  });
});
