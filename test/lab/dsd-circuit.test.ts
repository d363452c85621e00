import { describe, expect, it } from 'vitest';
import { learnedSpecies, neuralCrn, withSample } from '../../src/circuits/index.js';
import { type DsdOptions, dsdCircuit } from '../../src/lab/index.js';
import {
  linearRegressionTask,
  loadModel,
  predict,
  saveModel,
  type Task,
  taskCircuit,
  tasks,
  train,
  trainReport,
} from '../../src/learning/index.js';
import { simulate } from '../../src/simulate/inlined.js';

const regression = (seed: number, dsd?: DsdOptions): Task => ({
  ...linearRegressionTask({ seed, rails: 'dual', rate: 0.1, epochs: 2 }),
  ...(dsd && { dsd }),
});

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

describe('a circuit of strands', () => {
  it('learns the line as the formal one does; unbuffered it learns another', async () => {
    const seeds = [0, 1, 2];
    const lossOf = async (dsd?: DsdOptions) => {
      const runs = await Promise.all(
        seeds.map((seed) => train(regression(seed, dsd), { ideal: true, measureEvery: 2 }).result),
      );
      return {
        loss: median(runs.map(({ history }) => history[history.length - 1].validationLoss)),
        off: median(runs.map(({ metrics }) => metrics.idealLargestDifference as number)),
      };
    };
    const formal = await lossOf();
    const strands = await lossOf({});
    // At Cmax = 1000 what is bound and on its way is a percent of what there is.
    expect(strands.loss / formal.loss).toBeGreaterThan(0.97);
    expect(strands.loss / formal.loss).toBeLessThan(1.03);
    expect(strands.off).toBeLessThan(0.03);
    const unbuffered = await lossOf({ buffered: false });
    expect(unbuffered.loss / formal.loss).toBeGreaterThan(5);
    expect(unbuffered.off).toBeGreaterThan(0.2);
  });

  it('the model knows what it is made of, and predicts as the run did', async () => {
    const result = await train(regression(3, { cMax: 1e4 }), { epochs: 1 }).result;
    expect(result.circuit.binding?.gain).toBe(2);
    const model = loadModel(saveModel(result.model));
    expect(model.circuit.dsd).toEqual({ cMax: 1e4 });
    const predicted = await predict(model, result.task.validation.inputs.slice(0, 5));
    expect(predicted).toEqual(result.predictions.after?.validation.slice(0, 5));
    const { dsd, lab } = trainReport(result);
    expect(dsd).toEqual({ gain: 2 });
    // Signals of 10 nM, and nothing faster than 1e6 /M/s.
    expect(lab).toMatchObject({ concentration: 1e-8, rate: 1e6 });
    expect(result.digital.join('\n')).toContain('fuels: kept at their concentration');
  });

  it('fuels that are not held run out in the first epoch, and the report says so', async () => {
    const result = await train(regression(0, { fuels: 'finite' }), { epochs: 1 }).result;
    const { fuels } = trainReport(result).dsd ?? {};
    expect(fuels?.mostUsed).toBeGreaterThan(0.7);
    expect(fuels?.depleted.length).toBeGreaterThan(0);
    expect(result.digital.join('\n')).not.toContain('fuels');
  });

  it('goes on to the same bits', async () => {
    const task = regression(1, {});
    const whole = await train(task, { epochs: 2 }).result;
    const half = await train(task, { epochs: 1 }).result;
    const rest = await train(task, { epochs: 2, resume: half.checkpoint }).result;
    expect(rest.parameters).toEqual(whole.parameters);
  });

  it('an aliquot takes the bound strands along, and doses are larger by the gain', () => {
    const circuit = neuralCrn({ inputs: 2, theta: [0.3, -0.2] });
    const strands = dsdCircuit(circuit, { cMax: 500 });
    const taken = learnedSpecies(strands);
    expect(taken.length).toBeGreaterThan(2 * learnedSpecies(circuit).length);
    expect(taken).toEqual(expect.arrayContaining(['P[1]+', 'P[1]-', 'P[2]+', 'P[2]-']));
    const dosed = withSample(strands, [1, 2], 3).doses.map(({ amount }) => amount);
    expect(dosed).toEqual(
      withSample(circuit, [1, 2], 3).doses.map(({ amount }) => ({
        ...amount,
        value: 2 * (amount as { value: number }).value,
      })),
    );
  });

  it('runs through both phases of an example as text does', async () => {
    const circuit = neuralCrn({ inputs: 2, rails: 'positive', theta: [0.5, 1] });
    const strands = dsdCircuit(circuit, { cMax: 1e5 });
    const [formal, made] = await Promise.all(
      [circuit, strands].map((one) => simulate(withSample(one, [1, 2], 4), { save: 20 })),
    );
    expect(made.final['P[1]']).toBeCloseTo(formal.final['P[1]'], 3);
    expect(made.final['P[2]']).toBeCloseTo(formal.final['P[2]'], 3);
  });

  it('a clock inside comes along', async () => {
    const task = { ...tasks['linear-regression'].create({ recipe: 'authors-coop' }), dsd: { cMax: 1e5 } };
    const circuit = await taskCircuit(task);
    expect(circuit.clock?.options.gate).toBe('proxy');
    expect(circuit.counts.maxMolecularity).toBe(2);
    expect(circuit.network.species.find(({ name }) => name === 'C[1]')).toBeDefined();
  });

  it.each([
    [{ inputs: 2, pipeline: 'staged' as const }, /a staged circuit is changed by hand/],
    [{ inputs: 3, dynamics: 'cubic' as const }, /3 reactants|cannot be made of strands/],
  ])('refuses %j', (options, message) => {
    expect(() => dsdCircuit(neuralCrn(options))).toThrow(message);
  });

  it('refuses to be made of strands twice', () => {
    expect(() => dsdCircuit(dsdCircuit(neuralCrn({ inputs: 1 })))).toThrow(/made of strands already/);
  });
});
