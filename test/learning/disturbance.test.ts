import { describe, expect, it } from 'vitest';
import { linearRegressionTask, type SetUpOptions, tasks, train } from '../../src/learning/index.js';

const task = linearRegressionTask({ seed: 2, rails: 'dual' });
const run = (disturbance?: SetUpOptions['disturbance'], given = task) =>
  train(given, { epochs: 1, ...(disturbance && { disturbance }) }).result;
const end = async (disturbance?: SetUpOptions['disturbance']) => (await run(disturbance)).parameters.theta;

describe('errors of dosing and of the schedule', () => {
  it('change what is learned, by their seed and number, and not at all at 0', async () => {
    const steady = await end();
    const doses = (sigma: number, seed = 0, draw = 0) => ({
      seed,
      draw,
      doses: { sigma, spread: 'logNormal' as const },
    });
    expect(await end(doses(0))).toEqual(steady);
    const first = await end(doses(0.1));
    expect(first).not.toEqual(steady);
    expect(await end(doses(0.1))).toEqual(first);
    expect(await end(doses(0.1, 1))).not.toEqual(first);
    expect(await end(doses(0.1, 0, 1))).not.toEqual(first);
  });

  it('a phase that is a tenth too long or too short feeds more or less', async () => {
    const { errors: steady } = await run();
    const { errors } = await run({ seed: 0, durations: { sigma: 0.1, spread: 'uniform' } });
    expect(errors[0]).not.toBe(steady[0]);
    // The first prediction moves by no more than a tenth of what the flow adds.
    expect(Math.abs(errors[0] - steady[0])).toBeLessThan(0.5);
  });

  it('spare the pot in which losses are measured', async () => {
    const disturbance = {
      seed: 0,
      doses: { sigma: 0.2, spread: 'logNormal' as const },
      durations: { sigma: 0.2, spread: 'uniform' as const },
    };
    const [steady, disturbed] = [await run(), await run(disturbance)];
    expect(disturbed.history[0]).toEqual(steady.history[0]);
    expect(disturbed.history[1]).not.toEqual(steady.history[1]);
  });

  it('of a staged circuit and of one with a clock inside', async () => {
    for (const given of [
      tasks['product-regression'].create({ recipe: 'staged-exact' }),
      tasks['linear-regression'].create({ recipe: 'authors-coop' }),
    ]) {
      const small = {
        ...given,
        train: { inputs: given.train.inputs.slice(0, 2), targets: given.train.targets.slice(0, 2) },
      };
      const [steady, shaky] = [
        await run(undefined, small),
        await run({ seed: 0, doses: { sigma: 0.1, spread: 'logNormal' } }, small),
      ];
      expect(shaky.errors[0]).not.toBe(steady.errors[0]);
    }
  });

  it('cannot be resumed', async () => {
    const { checkpoint } = await run();
    const disturbance = { seed: 0, doses: { sigma: 0.1, spread: 'logNormal' as const } };
    await expect(train(task, { resume: checkpoint, epochs: 2, disturbance }).result).rejects.toThrow(
      /disturbance: a run that is resumed would begin its errors anew/,
    );
  });
});
