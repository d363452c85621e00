import { beforeAll, describe, expect, it } from 'vitest';
import { type Circuit, clockedCircuit, linearCrn, neuralCrn } from '../../src/circuits/index.js';
import { ClockedPot } from '../../src/learning/clocked-pot.js';
import {
  type CircuitFailure,
  gradientCheck,
  linearRegressionTask,
  loadModel,
  predict,
  saveModel,
  type Task,
  type TrainingResult,
  taskCircuit,
  tasks,
  traceExample,
  train,
  trainReport,
} from '../../src/learning/index.js';
import { ScheduledPot } from '../../src/learning/scheduled-pot.js';

/** A task with little to predict, so that what takes time is the learning. */
function short(task: Task, rows = 12): Task {
  const { inputs, targets } = task.validation;
  const { train: learned } = task;
  return {
    ...task,
    train: { inputs: learned.inputs.slice(0, rows), targets: learned.targets.slice(0, rows) },
    validation: { inputs: inputs.slice(0, rows), targets: targets.slice(0, rows) },
  };
}

/** The change of θ that one example makes, and its prediction. */
async function oneStep(circuit: Circuit, x: number[], y: number[]) {
  const pot = await (circuit.clock ? ClockedPot.create(circuit) : ScheduledPot.create(circuit));
  try {
    const before = pot.weights();
    const prediction = pot.learn(x, y)[0];
    return { prediction, step: pot.weights().map((value, i) => value - before[i]) };
  } finally {
    pot.dispose();
  }
}

describe('one step under the clock', () => {
  const circuits = {
    linear: linearCrn({ inputs: 2, theta: [0.3, 0.4], rate: 0.1 }),
    quadratic: neuralCrn({
      inputs: 2,
      dynamics: 'quadratic',
      wiring: 'diagonal',
      adjoint: 'constant',
      horizon: 1,
      rate: 0.3,
      theta: [0.8, -0.5],
    }),
  };

  it.each([
    ['linear', 'catalyst', 3],
    ['linear', 'proxy', 2],
    ['quadratic', 'catalyst', 3],
    ['quadratic', 'proxy', 2],
  ] as const)('%s, gates of style %s', async (name, gate, order) => {
    const circuit = circuits[name];
    const driven = await clockedCircuit(circuit, { kind: 'coop', gate });
    expect(driven.counts.maxMolecularity).toBe(order);
    expect(driven.network.phases).toEqual([]);
    const nominal = await oneStep(circuit, [1.5, 0.8], [5]);
    const { prediction, step } = await oneStep(driven, [1.5, 0.8], [5]);
    expect(Math.abs(prediction / nominal.prediction - 1)).toBeLessThan(2e-3);
    step.forEach((value, i) => {
      expect(Math.abs(value / nominal.step[i] - 1)).toBeLessThan(3e-3);
    });
  });

  it('of an odd ring', async () => {
    const driven = await clockedCircuit(circuits.linear, { kind: 'ring', gate: 'proxy' });
    const nominal = await oneStep(circuits.linear, [1.5, 0.8], [5]);
    const { prediction, step } = await oneStep(driven, [1.5, 0.8], [5]);
    // Its pulses differ by 6 % from turn to turn, and rates are scaled by their mean.
    expect(Math.abs(prediction / nominal.prediction - 1)).toBeLessThan(5e-3);
    expect(Math.abs(step[0] / nominal.step[0] - 1)).toBeLessThan(2e-2);
  });
});

describe('training under a clock', () => {
  const options = { epochs: 2, ideal: true };
  const clock = { kind: 'coop', gate: 'proxy' } as const;
  const task = short({ ...linearRegressionTask({ seed: 1, rate: 0.1 }), clock });
  let result: TrainingResult;

  beforeAll(async () => {
    result = await train(task, options).result;
  });

  it('stays near its twin and the schedule, by bimolecular reactions alone', () => {
    const { metrics, history, circuit } = result;
    expect(circuit.counts.maxMolecularity).toBe(2);
    expect(metrics.idealLargestDifference).toBeLessThan(5e-3);
    const last = history[2].validationLoss;
    expect(Math.abs(last / (metrics.idealFinalLoss as number) - 1)).toBeLessThan(0.02);
    expect(Math.abs(last / (metrics.scheduledFinalLoss as number) - 1)).toBeLessThan(0.02);
    expect(last).toBeLessThan(history[0].validationLoss / 3);
  });

  it('reports the loss that the schedule gives', async () => {
    const { clock: _, ...scheduled } = task;
    const { history, metrics } = await train(scheduled, options).result;
    expect(result.metrics.scheduledFinalLoss).toBe(history[2].validationLoss);
    expect(metrics.scheduledFinalLoss).toBeUndefined();
  });

  it('says what the clock is and what is left to do from outside', () => {
    const { clock: measured, digital } = trainReport(result);
    expect(measured).toMatchObject({ kind: 'coop', gate: 'proxy', phases: ['C[1]', 'C[4]'], overlap: 0 });
    expect(measured?.period).toBeCloseTo(33.53, 1);
    expect(measured?.leak).toBeLessThan(1e-5);
    const words = digital.join('\n');
    expect(words).not.toMatch(/outside schedule|at the start of phase/);
    expect(words).toMatch(/^dosing: when C\[4\] falls through .*, X\[i\] \+= x_i/m);
    expect(words).toMatch(/^read-out: .* when C\[1\] falls through/m);
    expect(words).toMatch(/^clock: a clock inside the pot/m);
    expect(words).toMatch(/^start: the clock's species are put into the pot once/m);
  });

  it('resumes to the same bits', async () => {
    const first = await train(task, { ...options, epochs: 1 }).result;
    const checkpoint = JSON.parse(JSON.stringify(first.checkpoint));
    const resumed = await train(checkpoint.task, { resume: checkpoint, epochs: 2 }).result;
    expect(resumed.history).toEqual(result.history);
    expect(resumed.checkpoint.concentrations).toEqual(result.checkpoint.concentrations);
    expect(resumed.metrics).toEqual(result.metrics);
  });

  it('makes a model that predicts what was measured, by way of its own clock', async () => {
    const model = loadModel(saveModel(result.model));
    const predictions = await predict(model, task.validation.inputs);
    expect(predictions).toEqual(result.predictions.after?.validation);
  });

  it('can be drawn through one turn', async () => {
    const { inputs, targets } = task.validation;
    const { times, phases, prediction } = await traceExample(
      result.model,
      { inputs: inputs[0], target: targets[0] },
      { intervals: 100 },
    );
    expect(prediction).toBe(result.predictions.after?.validation[0]);
    expect(phases.map(({ name }) => name)).toEqual(['feed', 'learn']);
    expect(phases[0].from).toBe(0);
    expect(phases[0].to).toBe(phases[1].from);
    expect(phases[1].to).toBe(times[times.length - 1]);
  });

  it('ends with the name of the clock when a reaction of it is missing', async () => {
    const circuit = structuredClone(await taskCircuit(task));
    circuit.network.reactions = circuit.network.reactions.filter(({ label }) => label !== 'leak[5]');
    const failure = (await train(task, { circuit }).result.catch((error) => error)) as CircuitFailure;
    expect(failure.name).toBe('CircuitFailure');
    expect(failure.code).toBe('clock');
    expect(failure.message).toMatch(
      /^epoch 1, row \d+: the clock has stopped: C\[\d\] falls through .* no more within/,
    );
  });
});

describe('what no clock can drive', () => {
  it('is refused with the reason', async () => {
    const clock = { kind: 'coop', gate: 'proxy' } as const;
    const staged = tasks.xor.create({ recipe: 'staged-relu', clock });
    await expect(taskCircuit(staged)).rejects.toThrow(/clock: a staged circuit needs digital acts/);
    const cubic = tasks.xor.create({ recipe: 'cubic-constant', clock });
    await expect(taskCircuit(cubic)).rejects.toThrow(/reaction decay\[1,p\] cannot be switched/);
    await expect(train(cubic).result).rejects.toThrow(RangeError);
  });

  it('and gradients are checked under a schedule', async () => {
    const circuit = await clockedCircuit(linearCrn({ inputs: 1 }), { kind: 'coop' });
    await expect(gradientCheck(circuit, { x: [1], y: 2 })).rejects.toThrow(/without its clock/);
  });

  it.each([
    [{ kind: 'sundial' }, /clock must be 'coop' or 'ring', got "sundial"/],
    [{ kind: 'coop', gate: 'door' }, /gate must be 'catalyst', 'proxy' or 'rate'/],
    [{ kind: 'coop', epsilon: 1e-3 }, /epsilon is for the clock 'ring'/],
    [{ kind: 'ring', leak: 1e-3 }, /leak is for the clock 'coop'/],
    [{ kind: 'ring', length: 6 }, /odd number ≥ 5/],
    [{ kind: 'coop', relay: 0 }, /relay must be a finite number > 0/],
  ])('options are named: %j', async (options, message) => {
    await expect(clockedCircuit(linearCrn({ inputs: 1 }), options as never)).rejects.toThrow(message);
  });
});

describe('a trained read-out under a clock', () => {
  const clock = { kind: 'coop', length: 4, leak: 1e-2 } as const;
  const task = short(tasks.iris.create({ seed: 1, recipe: 'relu', clock }), 8);
  let result: TrainingResult;

  beforeAll(async () => {
    result = await train(task, { epochs: 2, ideal: true }).result;
  });

  it('follows its twin, whose drives have no lag, and the schedule', () => {
    const { metrics, history, circuit } = result;
    expect(circuit.network.phases).toEqual([]);
    const [first, end] = [result.weights[0], result.weights[result.weights.length - 1]];
    const moved = Math.max(...end.map((value, k) => Math.abs(value - first[k])));
    // At a leak of 1e-2 nodes go on growing a little after their phase.
    expect((metrics.idealLargestDifference as number) / moved).toBeLessThan(0.04);
    const last = history[2];
    expect(Math.abs(last.validationLoss / (last.idealValidationLoss as number) - 1)).toBeLessThan(0.02);
    expect(Math.abs(last.validationLoss / (metrics.scheduledFinalLoss as number) - 1)).toBeLessThan(0.03);
    expect(last.trainLoss).toBeLessThan(history[0].trainLoss);
  });

  it('says when it is read, and predicts from its model by its own clock', async () => {
    const { digital, clock: measured } = trainReport(result);
    expect(measured?.phases).toEqual(['C[1]', 'C[3]']);
    expect(digital.join('\n')).toMatch(
      /^read-out: the observer reads E when C\[3\] rises through [\d.]+, where it is largest, and multiplies by [\d.]+;/m,
    );
    const model = loadModel(saveModel(result.model));
    const predictions = await predict(model, task.validation.inputs);
    expect(predictions).toEqual(result.predictions.after?.validation);
    const { inputs, targets } = task.validation;
    const { phases } = await traceExample(
      model,
      { inputs: inputs[0], target: targets[0] },
      { intervals: 60 },
    );
    // A quarter of the turn has no phase on.
    expect(phases[0].to / phases[1].to).toBeGreaterThan(0.4);
    expect(phases[0].to / phases[1].to).toBeLessThan(0.8);
  });
});

describe('network R under a clock', () => {
  it('needs no relays: all its gated reactions have one reactant', async () => {
    const task = tasks.xor.create({ recipe: 'rectified', clock: { kind: 'coop', gate: 'proxy' } });
    const circuit = await taskCircuit(task);
    const { counts } = neuralCrn(task.circuit);
    expect(circuit.counts).toEqual({
      species: counts.species + 12,
      reactions: counts.reactions + 24,
      maxMolecularity: 2,
    });
  });
});
