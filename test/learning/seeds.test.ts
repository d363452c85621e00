import { expect, it } from 'vitest';
import { linearRegressionTask, type Task, tasks, train, withSeeds } from '../../src/learning/index.js';

const create = (seed: number) => tasks.xor.create({ seed, recipe: 'quadratic-trained', order: 'shuffled' });

it('data, weights and order may have seeds of their own', () => {
  const mixed = withSeeds(create, { data: 1, weights: 2, order: 3 });
  expect([mixed.train, mixed.validation]).toEqual([create(1).train, create(1).validation]);
  expect(mixed.circuit).toEqual(create(2).circuit);
  expect(mixed.circuit.theta).not.toEqual(create(1).circuit.theta);
  expect(mixed.seeds).toEqual({ weights: 2, order: 3 });
  expect(withSeeds(create, { data: 1 })).toEqual(create(1));
  expect(withSeeds(create, { data: 1, order: 1 })).toEqual(create(1));
});

it('the order is that of its own seed', async () => {
  const line = (seed: number): Task => {
    const task = linearRegressionTask({ seed, rails: 'dual', order: 'shuffled' });
    const few = { inputs: task.train.inputs.slice(0, 6), targets: task.train.targets.slice(0, 6) };
    return { ...task, train: few, validation: few };
  };
  const visits = async (task: Task) => {
    const seen: number[] = [];
    await train(task, { epochs: 1, onStep: ({ sample }) => seen.push(sample) }).result;
    return seen;
  };
  const [one, other] = [await visits(line(1)), await visits(line(3))];
  expect(one).not.toEqual(other);
  expect(await visits(withSeeds(line, { data: 1, order: 3 }))).toEqual(other);
  expect(await visits(withSeeds(line, { data: 1, weights: 3 }))).toEqual(one);
});

it('takes dual rails where the run of either seed needs them', () => {
  const rails = (seed: number) => linearRegressionTask({ seed, rate: 0.1 }).circuit.rails;
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const [positive, dual] = ['positive', 'dual'].map((kind) => seeds.find((seed) => rails(seed) === kind));
  const mixed = withSeeds((seed) => linearRegressionTask({ seed, rate: 0.1 }), {
    data: positive as number,
    weights: dual as number,
  });
  expect(mixed.circuit.rails).toBe('dual');
});
