import { beforeAll, expect, it } from 'vitest';
import { modelComments } from '../../src/cli/print.js';
import { inputNames, trainingFigures } from '../../src/cli/train-figures.js';
import { identityScaling, type Task, train } from '../../src/learning/index.js';
import { buildTime, neuralCrn, ready } from './command.js';

beforeAll(ready, buildTime);

it('circuit --augment doses the last input itself', async () => {
  const shape = ['circuit', '--inputs', '3'];
  const own = await neuralCrn([...shape, '--augment', '0.5', '--x', '1,2']);
  const given = await neuralCrn([...shape, '--x', '1,2,0.5']);
  expect([own.code, given.code]).toEqual([0, 0]);
  const lines = (text: string) => text.split('\n').sort();
  expect(lines(own.stdout)).toEqual(lines(given.stdout));
  const none = await neuralCrn([...shape, '--augment', 'none', '--x', '1,2,0.5']);
  expect(none.stdout).toBe(given.stdout);
});

it('circuit --augment is refused where it cannot be', async () => {
  const { code, stderr } = await neuralCrn(['circuit', '--inputs', '1', '--augment', '1']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/one input besides the constant one/);
  const zero = await neuralCrn(['circuit', '--augment', '0']);
  expect(zero.code).toBe(2);
  expect(zero.stderr).toMatch(/--augment must be a number, greater than 0/);
});

it('what is shown of a run is the same, whether circuit or data have the constant input', async () => {
  const samples = {
    inputs: [
      [0.1, 0.6],
      [0.7, 0.2],
      [0.4, 0.9],
    ],
    targets: [1, 0.4, 1.3],
  };
  const task: Task = {
    experiment: 'line',
    seed: 0,
    features: ['a', 'b'],
    target: 'y',
    train: samples,
    validation: samples,
    scaling: identityScaling(2, 0.4),
    circuit: { inputs: 3 },
    epochs: 1,
    order: 'fixed',
    notes: [],
  };
  const other = await train(task).result;
  const own = await train({ ...task, scaling: identityScaling(2), circuit: { inputs: 3, augment: 0.4 } })
    .result;
  expect(inputNames(own)).toEqual(['a', 'b', '1']);
  const comments = modelComments(own.model, '');
  expect(comments).toContain('Input 3 is always 0.4.');
  expect(comments).toBe(modelComments(other.model, ''));
  const drawn = (result: typeof own) =>
    trainingFigures(result).flatMap(([name, draw]) => (name === 'weights' ? [draw()] : []));
  expect(JSON.stringify(drawn(own))).toContain('θ intercept');
  expect(drawn(own)).toEqual(drawn(other));
});
