import { describe, expect, it } from 'vitest';
import { createPot } from '../../src/learning/create-pot.js';
import {
  type Checkpoint,
  CircuitFailure,
  createLearner,
  evaluate,
  gateExamples,
  learnerTasks,
  linearRegressionTask,
  perturbationSystem,
  runLearner,
  type StochasticChoice,
  signedExamples,
  type Task,
  taskCircuit,
  tasks,
  train,
  trainReport,
} from '../../src/learning/index.js';
import { prepare } from '../../src/learning/prepare.js';

const task = linearRegressionTask({ seed: 1, epochs: 2 });
const stochastic = { volume: 100, seed: 3 } satisfies StochasticChoice;

/** Weights after one example at so many molecules, run by run; and by rate equations. */
async function updates(of: Task, choice: StochasticChoice, runs: number) {
  const circuit = await taskCircuit(of);
  const { x, y } = prepare(circuit, of.scaling, of.train, of, 'training', of.labels);
  const pots = [await createPot(circuit, { stochastic: choice }), await createPot(circuit)];
  const [pot, ode] = pots;
  const start = pot.snapshot();
  const found = Array.from({ length: runs }, () => {
    pot.restore(start);
    pot.learn(x[0], y[0]);
    return pot.weights();
  });
  ode.learn(x[0], y[0]);
  const wanted = ode.weights();
  for (const one of pots) one.dispose();
  const moments = wanted.map((_, i) => {
    const mean = found.reduce((sum, theta) => sum + theta[i], 0) / runs;
    const variance = found.reduce((sum, theta) => sum + (theta[i] - mean) ** 2, 0) / (runs - 1);
    return { mean, sd: Math.sqrt(variance) };
  });
  return { wanted, moments };
}

describe('one example at a finite volume', () => {
  it.each(['auto', 'tau'] as const)(
    'changes weights on average as rate equations do (%s)',
    async (method) => {
      const runs = 300;
      const { wanted, moments } = await updates(task, { volume: 400, seed: 1, method }, runs);
      const before = (await taskCircuit(task)).options.theta;
      wanted.forEach((weight, i) => {
        const { mean, sd } = moments[i];
        // What is learned is far more than the error of the mean that it is compared by.
        expect(Math.abs(weight - before[i])).toBeGreaterThan(10 * (sd / Math.sqrt(runs)));
        expect(Math.abs(mean - weight)).toBeLessThan(4 * (sd / Math.sqrt(runs)));
      });
    },
  );

  it('is spread as one over the root of the volume', async () => {
    const sd = async (volume: number) =>
      (await updates(task, { volume, seed: 2, method: 'tau' }, 150)).moments.map((one) => one.sd);
    const [few, many] = [await sd(100), await sd(6400)];
    // Eight times; a deviation of 150 runs is known to 6 %, a ratio of two to 8 %.
    few.forEach((one, i) => {
      expect(one / many[i]).toBeGreaterThan(8 * 0.7);
      expect(one / many[i]).toBeLessThan(8 * 1.35);
    });
  });
});

describe('training at a finite volume', () => {
  const result = (choice: StochasticChoice, more = {}) => train(task, { stochastic: choice, ...more }).result;

  it('is the same to the bit for the same seed, by hand and on the other engine, and another for another', async () => {
    const first = await result(stochastic);
    expect(await result(stochastic)).toEqual(first);
    const js = await result(stochastic, { engine: 'js' });
    expect(js.weights).toEqual(first.weights);
    expect(js.history).toEqual(first.history);
    const other = await result({ ...stochastic, seed: 4 });
    expect(other.weights[0]).toEqual(first.weights[0]);
    expect(other.weights[1]).not.toEqual(first.weights[1]);

    const learner = await createLearner(task, { stochastic });
    while (!learner.over) {
      learner.steps % 7 === 0 && (await learner.predict([[1, 1]]));
      await learner.measure();
      // Predictions in between are made in another pot, by other random numbers.
      await learner.predict([[0.5, 0.5]]);
    }
    const { stats: _, ...byHand } = await learner.result();
    const { stats: __, ...whole } = first;
    expect(byHand.weights).toEqual(whole.weights);
    expect(byHand.history).toEqual(whole.history);
    learner.dispose();
  });

  it('goes on from a checkpoint to the same bits', async () => {
    let kept: Checkpoint | undefined;
    const whole = await result(stochastic, {
      onCheckpoint: (one: Checkpoint) => {
        if (one.epoch === 1) kept = JSON.parse(JSON.stringify(one));
      },
    });
    const { result: resumed } = train(task, { resume: kept as Checkpoint });
    const { checkpoint, weights, history } = await resumed;
    expect(weights).toEqual(whole.weights);
    expect(history).toEqual(whole.history);
    expect(checkpoint).toEqual(whole.checkpoint);
    // Two phases for each of the examples.
    expect(checkpoint.runs).toBe(2 * 2 * task.train.targets.length);
    await expect(train(task, { resume: kept as Checkpoint, stochastic }).result).rejects.toThrow(
      'stochastic: a run that is resumed',
    );
  });

  it('has whole molecules in its pot, and says so in report, model and digital acts', async () => {
    const done = await result(stochastic);
    const { concentrations } = done.checkpoint;
    for (const value of Object.values(concentrations)) {
      expect(Math.abs(value * 100 - Math.round(value * 100))).toBeLessThan(1e-9);
    }
    const settings = { volume: 100, seed: 3, method: 'auto', evaluation: 'stochastic' };
    expect(done.model.training.stochastic).toEqual(settings);
    const report = trainReport(done);
    expect(report.settings.stochastic).toEqual(settings);
    expect(report.stats.stochastic?.events).toBeGreaterThan(10_000);
    expect(report.stats.steps).toBe(0);
    expect(report.digital.some((act) => act.startsWith('molecules: '))).toBe(true);
    // A task's own seed where none is given.
    expect((await result({ volume: 100 }, { epochs: 0 })).settings.stochastic?.seed).toBe(1);
  });

  it('is measured by rate equations where that is asked for, and learns the same', async () => {
    const read = await result(stochastic);
    const solved = await result({ ...stochastic, evaluation: 'ode' });
    expect(solved.weights).toEqual(read.weights);
    const last = solved.history[2];
    const { loss } = await evaluate(solved.model, task.validation);
    expect(last.validationLoss).toBeCloseTo(loss, 9);
    expect(read.history[2].validationLoss).not.toBe(last.validationLoss);
    // With as many molecules a prediction differs from run to run, on average little from rate equations.
    const counted = await evaluate(solved.model, task.validation, { stochastic });
    expect(Math.abs(counted.loss - loss)).toBeLessThan(0.2 * loss);
    expect(await evaluate(solved.model, task.validation, { stochastic })).toEqual(counted);
  });

  it('comes to what rate equations learn as the volume grows', async () => {
    const exact = await train(task).result;
    const distance = async (volume: number) => {
      const { weights } = await result({ volume, seed: 1, method: 'tau' });
      const last = weights[weights.length - 1];
      return Math.hypot(...exact.weights[exact.weights.length - 1].map((w, i) => w - last[i]));
    };
    const [few, many] = [await distance(50), await distance(50_000)];
    expect(many).toBeLessThan(0.1 * few);
    expect(many).toBeLessThan(0.02);
  });

  it('fails as chemistry fails: by name, with what there was', async () => {
    const failed = result({ ...stochastic, maxEvents: 100 });
    await expect(failed).rejects.toThrow(CircuitFailure);
    await expect(failed).rejects.toMatchObject({
      code: 'solver',
      message: expect.stringContaining('eventLimit'),
    });
  });

  it.each([
    [{ stochastic: { seed: 1 } }, 'stochastic.volume is missing'],
    [{ stochastic: { volume: 0 } }, 'volume must be'],
    [{ stochastic: { volume: 10, seed: -1 } }, 'seed must be a whole number'],
    [{ stochastic: { volume: 10, method: 'tsit5' } }, 'method must be'],
    [{ stochastic: { volume: 10, evaluation: 'both' } }, "must be 'stochastic' or 'ode'"],
    [{ stochastic: { volume: 10, runs: 2 } }, 'no option "runs"'],
    [{ stochastic: 10 }, 'must be an object'],
    [{ stochastic, fold: true }, 'fold is for rate equations'],
    [{ stochastic, method: 'tsit5' }, 'method is for rate equations'],
  ])('refuses %j', async (options, message) => {
    await expect(train(task, options as never).result).rejects.toThrow(message);
  });
});

describe('every kind of pot', () => {
  it.each([
    ['XOR, recurrent', tasks.xor.create({ seed: 0 }), 1000, 'tau'],
    ['stages, with acts by hand', tasks.xor.create({ seed: 0, recipe: 'staged-relu' }), 1000, 'tau'],
  ] as const)('%s: an example is learned much as by rate equations', async (_, one, volume, method) => {
    const { wanted, moments } = await updates(one, { volume, seed: 1, method }, 1);
    const off = wanted.map((weight, i) => Math.abs(moments[i].mean - weight));
    expect(Math.max(...off)).toBeLessThan(0.15);
  });

  it('with a clock inside doses and reads at its edges, which noise is none of', async () => {
    // At 100 molecules its species fall to one and less.
    const clocked = tasks['linear-regression'].create({ seed: 1, recipe: 'coop' });
    const circuit = await taskCircuit(clocked);
    const { x, y } = prepare(circuit, clocked.scaling, clocked.train, clocked, 'training');
    const pot = await createPot(circuit, { stochastic: { volume: 100, seed: 0 } });
    const ode = await createPot(circuit);
    for (let k = 0; k < 2; k++) {
      const [[found], [wanted]] = [pot, ode].map((one) => one.learn(x[k], y[k]));
      // Some nine hundred molecules are read, and the weights are spread by what was learned before.
      expect(Math.abs(found - wanted)).toBeLessThan(0.15 * wanted);
    }
    for (const one of [pot, ode]) one.dispose();
  });

  /** Little of it: a stretch of two time units, and one layer of one neuron, so that a step is a million events. */
  const little = {
    'one-pot-xor': () => {
      const task = learnerTasks['one-pot-xor'].create({ seed: 1, recipe: '2-3-1' });
      return { ...task, circuit: { ...task.circuit, stretch: 2 }, epochs: 1 };
    },
    'perturbation-gates': () => ({
      ...learnerTasks['perturbation-gates'].create({ seed: 1 }),
      circuit: perturbationSystem.choose(signedExamples(gateExamples.or), { seed: 1, hidden: [] }),
      epochs: 1,
    }),
  };

  it.each(Object.keys(little) as (keyof typeof little)[])(
    'learner %s, event by event: whole molecules, the same for the same seed',
    async (name) => {
      const volume = 100;
      const of = (seed: number) => runLearner(little[name](), { stochastic: { volume, seed } });
      const first = await of(3);
      expect([first.status, first.history.length, first.stats.steps]).toEqual(['done', 1, 0]);
      expect(first.stats.stochastic?.events).toBeGreaterThan(1e5);
      for (const weight of first.weights.end) {
        expect(Math.abs(weight * volume - Math.round(weight * volume))).toBeLessThan(1e-9);
      }
      expect(first.weights.end).not.toEqual(first.weights.start);
      expect(first.predictions.chemistry).toHaveLength(4);
      expect(await of(3)).toEqual(first);
      expect((await of(4)).weights.end).not.toEqual(first.weights.end);
    },
  );

  it.each(['lakin-xor', 'perceptron-gates', 'bfcnn-or'] as const)('learner %s', async (name) => {
    expect(Object.keys(learnerTasks)).toContain(name);
    const learner = learnerTasks[name].create({ seed: 0 });
    const options = { enough: ({ step }: { step: number }) => step >= 1 };
    const exact = await runLearner(learner, options);
    const report = await runLearner(learner, { ...options, stochastic: { volume: 2000, method: 'tau' } });
    expect(report.status).toBe('done');
    expect(report.settings.stochastic).toMatchObject({ volume: 2000, seed: 0 });
    const ends = report.weights.end.map((weight, e) => Math.abs(weight - exact.weights.end[e]));
    expect(Math.max(...ends)).toBeLessThan(0.15);
    expect(report.predictions.chemistry).toHaveLength(exact.predictions.chemistry?.length as number);
    expect(report.stats.steps).toBe(0);
    expect(report.stats.stochastic?.events).toBeGreaterThan(1000);
  });
});
