import { describe, expect, it } from 'vitest';
import {
  fitScaling,
  loadCheckpoint,
  predict,
  scaleInputs,
  scaleTarget,
  type Task,
  type TrainOptions,
  tasks,
  train,
} from '../../src/learning/index.js';
import { type Recipe, type RecipeData, taskOf } from '../../src/learning/recipes/index.js';

const few = ({ inputs, targets }: Task['train']) => ({
  inputs: inputs.slice(0, 6),
  targets: targets.slice(0, 6),
});

/** A recipe's task on a handful of points. */
function small(name: keyof typeof tasks, recipe: string): Task {
  const { grid: _, ...task } = tasks[name].create({ seed: 2, recipe, epochs: 2 });
  return { ...task, train: few(task.train), validation: few(task.validation) };
}

describe('tolerances of a recipe', () => {
  const coarse = { rtol: 1e-3, atol: 1e-6 };
  const usual = { rtol: 1e-6, atol: 1e-9 };
  const task = small('xor', 'cubic-exact');
  const { solver, ...bare } = task;
  const run = async (given: Task, options: TrainOptions = {}) => {
    const { history, weights, stats, settings, model } = await train(given, options).result;
    return { numbers: { history, weights, stats }, settings, model };
  };

  it('are those of the simulation, in both pots', async () => {
    expect(solver).toEqual(coarse);
    const own = await run(task);
    expect(own.settings).toMatchObject(coarse);
    expect(own.model.solver).toEqual(coarse);
    const plain = await run(bare);
    expect(plain.settings).toMatchObject(usual);
    expect(own.numbers.stats.steps).toBeLessThan(plain.numbers.stats.steps / 2);
    expect(own.numbers).toEqual((await run(bare, coarse)).numbers);
  });

  it('give way to those of the caller, each by itself', async () => {
    const own = await run(task);
    const finer = await run(task, usual);
    expect(finer.settings).toMatchObject(usual);
    expect(finer.numbers).toEqual((await run(bare)).numbers);
    const one = await run(task, { rtol: 1e-5 });
    expect(one.settings).toMatchObject({ rtol: 1e-5, atol: coarse.atol });
    const other = await run(task, { atol: 1e-8 });
    expect(other.settings).toMatchObject({ rtol: coarse.rtol, atol: 1e-8 });
    const steps = [own, one, other, finer].map(({ numbers }) => numbers.stats.steps);
    expect(new Set(steps).size).toBe(4);
  });

  it('of the caller stay when the run is resumed, and with the model', async () => {
    const whole = await train(task, usual).result;
    const half = await train(task, { ...usual, epochs: 1 }).result;
    const resume = loadCheckpoint(JSON.stringify(half.checkpoint));
    const rest = await train(resume.task, { resume, epochs: 2 }).result;
    expect(rest.settings).toMatchObject(usual);
    expect(rest.history).toEqual(whole.history);
    expect(rest.stats).toEqual(whole.stats);
    expect(rest.model.solver).toEqual(usual);
    expect(await predict(rest.model, task.validation.inputs)).toEqual(rest.predictions.after?.validation);
  });
});

describe('scaling of a recipe', () => {
  const recipe: Recipe = {
    title: 'one of this test',
    circuit: { dynamics: 'relu', hidden: 3, readout: 'trained' },
    augment: 0.25,
    epochs: 1,
    theta: () => 0.1,
  };
  const set = { inputs: [0, 4].map((a) => [a, 10 + 5 * a]), targets: [0, 1] };
  const data: RecipeData = {
    name: 'two points',
    seed: 0,
    features: ['a', 'b'],
    target: 'c',
    train: set,
    validation: set,
    threshold: 2,
    centre: { offset: 2, scale: 4 },
  };

  it.each([
    ['cubic-wide', 0.25],
    ['cubic-wide-leaky', 0.25],
    ['quadratic-wide', 0.25],
    ['rectified', null],
  ])('%s: points of the plane are centred, the constant input is %j', (name, augment) => {
    const task = tasks.xor.create({ seed: 1, recipe: name });
    expect(task.scaling.augment).toBe(augment);
    expect(scaleInputs(task.scaling, [0, 1])).toEqual([-1, 1, ...(augment === null ? [] : [augment])]);
    expect([0, 1].map((label) => scaleTarget(task.scaling, label))).toEqual([-1, 1]);
    // Network R has a bias species in the place of the constant.
    expect(task.circuit.inputs).toBe(3);
  });

  it('centred or not, of one output or of classes: the constant input is the one of the recipe', () => {
    const centred = { ...recipe, centred: true };
    const { threshold: _, centre: __, ...rest } = data;
    const classes = { ...rest, classes: ['p', 'q'] };
    const row = (given: RecipeData, by: Recipe) => scaleInputs(taskOf(given, by).scaling, [4, 20]);
    expect(row(data, recipe)).toEqual([4, 20, 0.25]);
    expect(row(data, centred)).toEqual([0.5, 4.5, 0.25]);
    expect(row(classes, recipe)).toEqual([1, 0.5, 0.25]);
    expect(row(classes, centred)).toEqual([1, 0, 0.25]);
    const none = { ...recipe, augment: null };
    for (const given of [data, classes]) {
      expect(row(given, none)).toHaveLength(2);
      expect(row(given, { ...none, centred: true })).toHaveLength(2);
      expect(taskOf(given, none).circuit.inputs).toBe(2);
      expect(taskOf(given, centred).circuit.inputs).toBe(3);
    }
    expect(taskOf(data, centred).scaling.target).toEqual({ offset: 2, scale: 2 });
  });

  it('gives way to one that comes with the data', () => {
    const own = fitScaling(set, data, { features: 'standard', target: 'none', augment: 0.5 });
    expect(taskOf({ ...data, scaling: own }, { ...recipe, centred: true }).scaling).toEqual(own);
  });
});
