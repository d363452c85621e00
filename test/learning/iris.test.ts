import { describe, expect, it } from 'vitest';
import {
  accuracy,
  datasets,
  decodeOutputs,
  encodeLabel,
  idealNetwork,
  scaleInputs,
  type Task,
  tasks,
  train,
} from '../../src/learning/index.js';

const counts = (labels: number[]) => [0, 1, 2].map((k) => labels.filter((label) => label === k).length);

describe('datasets.iris', () => {
  it('is 150 flowers, 50 of each species, split by the seed into 120 and 30', () => {
    const data = datasets.iris({ seed: 4 });
    expect(data).toMatchObject({
      name: 'iris',
      features: ['sepal length', 'sepal width', 'petal length', 'petal width'],
      classes: ['setosa', 'versicolor', 'virginica'],
    });
    expect([data.train, data.validation].map(({ inputs }) => inputs.length)).toEqual([120, 30]);
    expect(counts([...data.train.targets, ...data.validation.targets])).toEqual([50, 50, 50]);
    const flowers = (seed: number) => {
      const { train: a, validation: b } = datasets.iris({ seed });
      return [...a.inputs, ...b.inputs].map((row, k) => [...row, [...a.targets, ...b.targets][k]].join());
    };
    expect(flowers(4).sort()).toEqual(flowers(5).sort());
    expect(flowers(4)).not.toEqual(flowers(5));
    expect(datasets.iris({ seed: 4 })).toEqual(data);
    // Fisher's own rows 35 and 38, which the copy in the UCI repository has wrong.
    for (const row of ['4.9,3.1,1.5,0.2,0', '4.9,3.6,1.4,0.1,0']) expect(flowers(0)).toContain(row);
  });

  it('mixes the species within each set, and hands out rows of its own', () => {
    const { train: set } = datasets.iris();
    const runs = set.targets.filter((label, k) => k > 0 && label !== set.targets[k - 1]).length;
    expect(runs).toBeGreaterThan(50);
    set.inputs[0][0] = 99;
    expect(datasets.iris().train.inputs[0][0]).toBeLessThan(8);
  });

  it('stratified, has 40 and 10 of each species', () => {
    for (const seed of [0, 1, 2]) {
      const { train: a, validation: b } = datasets.iris({ seed, stratified: true });
      expect([counts(a.targets), counts(b.targets)]).toEqual([
        [40, 40, 40],
        [10, 10, 10],
      ]);
    }
    const free = Array.from({ length: 10 }, (_, seed) => counts(datasets.iris({ seed }).validation.targets));
    expect(free.some((count) => count.join() !== '10,10,10')).toBe(true);
  });
});

describe('the task iris', () => {
  const columns = (task: Task) =>
    task.features.map((_, j) => task.train.inputs.map((row) => scaleInputs(task.scaling, row)[j]));

  it('maps the training range of each length to [−1, 1], labels to ±1, for network R', () => {
    const task = tasks.iris.create({ seed: 2 });
    for (const column of columns(task)) {
      expect(Math.min(...column)).toBeCloseTo(-1, 12);
      expect(Math.max(...column)).toBeCloseTo(1, 12);
    }
    expect(encodeLabel(task.labels!, task.scaling, 2)).toEqual([-1, -1, 1]);
    // Four lengths and the bias, for six nodes.
    expect(task.circuit).toMatchObject({ inputs: 5, outputs: 3, hidden: 6, dynamics: 'rectified' });
    expect(task.circuit.theta).toHaveLength(30);
    expect(task.order).toBe('shuffled');
    expect(tasks.iris.create({ seed: 2, order: 'fixed' }).order).toBe('fixed');
  });

  it('maps it to [0, 1] and labels to 0 and 1 for the trained read-out', () => {
    const task = tasks.iris.create({ seed: 2, recipe: 'relu' });
    for (const column of columns(task)) {
      expect([Math.min(...column), Math.max(...column)]).toEqual([0, 1]);
    }
    expect(scaleInputs(task.scaling, task.train.inputs[0])).toHaveLength(5);
    expect(encodeLabel(task.labels!, task.scaling, 1)).toEqual([0, 1, 0]);
    expect(task.circuit.theta).toHaveLength(25);
    expect(task.circuit.readoutWeights).toHaveLength(15);
    expect(new Set(task.circuit.readoutWeights?.flat()).size).toBe(15);
  });

  it.each([
    ['rectified', 3],
    ['relu', 2],
  ])('%s: the chemistry decides as its ideal twin', async (recipe, epochs) => {
    const whole = tasks.iris.create({ seed: 3, recipe, epochs, order: 'fixed' });
    const task = {
      ...whole,
      train: { inputs: whole.train.inputs.slice(0, 40), targets: whole.train.targets.slice(0, 40) },
    };
    const result = await train(task).result;
    expect(result.circuit.counts.maxMolecularity).toBe(2);
    const twin = idealNetwork(result.circuit.options);
    const { labels, scaling } = task;
    const x = task.train.inputs.map((row) => scaleInputs(scaling, row));
    for (let epoch = 0; epoch < epochs; epoch++) {
      x.forEach((row, k) => void twin.step(row, encodeLabel(labels!, scaling, task.train.targets[k])));
    }
    const { inputs, targets } = task.validation;
    const ideal = inputs.map((row) =>
      decodeOutputs(labels!, scaling, twin.outputs(scaleInputs(scaling, row))),
    );
    expect(result.metrics.validationAccuracy).toBe(accuracy(labels!, ideal, targets));
    expect(result.predictions.after!.validation).toEqual(ideal);
    expect(result.metrics.validationAccuracy).toBeGreaterThan(0.6);
    expect(result.metrics.confusion!.flat().reduce((a, b) => a + b)).toBe(30);
  });
});
