import { describe, expect, it } from 'vitest';
import { neuralCrn } from '../../src/circuits/index.js';
import { encoder } from '../../src/compare/code.js';
import { isLearned, scoreOf } from '../../src/compare/goal.js';
import {
  type CompareRun,
  compareRows,
  compareRun,
  compareSize,
  problemNamed,
  reasonAgainst,
} from '../../src/compare/index.js';
import { neuralSystem } from '../../src/learning/index.js';

describe('what all systems are given', () => {
  it('has one split for every start', () => {
    const [linear, iris] = [problemNamed('linear'), problemNamed('iris')];
    expect([linear.train.inputs.length, linear.test?.inputs.length]).toEqual([41, 101]);
    expect([iris.train.inputs.length, iris.test?.inputs.length]).toEqual([120, 30]);
    expect(problemNamed('iris')).toEqual(iris);
    expect(() => problemNamed('rings')).toThrow(/no problem "rings"; there are xor, or, linear, iris, bias/);
  });

  it('is a straight line of every column, all outputs alike', () => {
    const train = {
      inputs: [
        [1, 10],
        [3, 30],
      ],
      labels: [
        [0, 1],
        [1, 0],
      ],
    };
    const encode = encoder({ inputs: [-1, 1], labels: [0.2, 0.8] }, train);
    expect(encode(train).inputs).toEqual([
      [-1, -1],
      [1, 1],
    ]);
    expect(encode(train).labels.flat()).toEqual(
      [0.2, 0.8, 0.8, 0.2].map((value) => expect.closeTo(value, 12)),
    );
    // Beyond the training rows it goes straight on.
    expect(encode({ inputs: [[5, 20]], labels: [[1, 1]] }).inputs).toEqual([[3, 0]]);
    expect(encoder({ inputs: null, labels: null }, train)(train)).toEqual(train);
  });

  it('counts what is left of the variance alike in all units', () => {
    const labels = [[1], [2], [3]];
    const outputs = [[1], [2], [4]];
    const goal = { left: 0.1 };
    const own = scoreOf(outputs, { labels }, 0.5, goal);
    expect(own).toEqual({ right: null, left: 0.5 });
    const by = (rows: number[][]) => rows.map((row) => row.map((value) => 7 - 3 * value));
    expect(scoreOf(by(outputs), { labels: by(labels) }, 0.5, goal).left).toBeCloseTo(own.left, 12);
  });

  it('asks for three epochs in a row', () => {
    const [good, bad] = [1, 0.75].map((right) => ({ right, left: 1 }));
    const goal = { right: 1 };
    expect(isLearned([good, good], goal)).toBe(false);
    expect(isLearned([bad, good, good, good], goal)).toBe(true);
    expect(isLearned([good, good, bad, good], goal)).toBe(false);
  });
});

describe('a Neural CRN behind the common interface', () => {
  it('is its ideal network step by step, where the gradient is exact', async () => {
    const examples = {
      inputs: [
        [1, 2],
        [2, 1],
        [1.5, 3],
      ],
      labels: [[3], [1], [2]],
    };
    const options = { inputs: 2, rails: 'dual', rate: 0.05, theta: [0.2, 0.4], drift: 0.1 } as const;
    const circuit = neuralSystem.build(options);
    expect(circuit.counts).toEqual(neuralCrn(options).counts);
    expect(circuit.phases).toEqual(['feed', 'learn']);
    const pot = await neuralSystem.pot(circuit, { rtol: 1e-9, atol: 1e-12 }, examples);
    const twin = neuralSystem.twin(circuit, examples);
    try {
      expect(pot.predict(examples.inputs)[2][0]).toBeCloseTo(twin.outputs(examples.inputs[2])[0], 6);
      for (let k = 0; k < 3; k++) {
        const [step, ideal] = [pot.step(), twin.step()];
        expect(step.rows).toEqual(ideal.rows);
        expect(step.outputs[0][0]).toBeCloseTo(ideal.outputs[0][0], 3);
        pot.weights().forEach((weight, e) => {
          expect(Math.abs(weight - twin.weights[e])).toBeLessThan(1e-3);
        });
      }
      // Asking changes nothing that is learned later.
      const before = pot.weights();
      pot.predict(examples.inputs);
      expect(pot.weights()).toEqual(before);
    } finally {
      pot.dispose();
    }
    await expect(neuralSystem.pot(circuit)).rejects.toThrow(/examples must be given/);
  });
});

describe('a comparison', () => {
  it('says why a system has no answer, and refuses to run it', async () => {
    expect(reasonAgainst('perceptron', 'xor')).toMatch(/a line separates/);
    expect(reasonAgainst('perceptron', 'or')).toBeNull();
    await expect(compareRun('perceptron', 'xor')).rejects.toThrow(/perceptron does not learn xor: /);
    await expect(compareRun('neurl', 'xor')).rejects.toThrow(/no system "neurl"/);
    await expect(compareRun('neural', 'or', { epochs: 0 })).rejects.toThrow(/epochs must be an integer ≥ 1/);
  });

  it('has the published sizes', () => {
    const size = compareSize('bfcnn', 'or');
    expect(size).toMatchObject({ species: 200, reactions: 565, phases: 9, clock: 'outside', timeUnit: 500 });
    expect(size.molecularity.reduce((sum, count) => sum + count, 0)).toBe(565);
    expect(size.molecularity).toHaveLength(3);
    expect(compareSize('neural', 'or')).toMatchObject({ phases: 2 });
    expect(compareSize('rate-independent', 'iris').trainedElsewhere).toBe('trained digitally');
  });

  it('learns OR by Neural CRN and perceptron, each beside its ideal', async () => {
    const runs: CompareRun[] = [];
    for (const system of ['neural', 'perceptron']) {
      const run = await compareRun(system, 'or', { seed: 0 });
      expect(run).toMatchObject({ reached: true, train: { right: 1 }, test: null, ideal: { reached: true } });
      expect(run.examples).toBe(4 * run.epochs);
      expect(run.stepDifference?.median).toBeLessThan(1e-3);
      expect(run.stepDifference?.most).toBeGreaterThan(run.stepDifference?.median as number);
      runs.push(run);
    }
    // The same bytes again; with rates that are off something else.
    expect(await compareRun('perceptron', 'or', { seed: 0 })).toEqual(runs[1]);
    const off = await compareRun('perceptron', 'or', { seed: 0, mismatch: 0.2 });
    expect(off).toMatchObject({ mismatch: 0.2, train: null, ideal: null, stepDifference: null });
    expect(off.last?.left).not.toBe(runs[1].last?.left);

    const timed = [...runs, off].map((run) => ({ ...run, seconds: 1 }));
    const { rows, without } = compareRows(['neural', 'perceptron'], ['xor', 'or'], timed);
    expect(without).toMatchObject([{ system: 'perceptron', problem: 'xor' }]);
    expect(rows.map(({ system, problem }) => [problem, system])).toEqual([
      ['xor', 'neural'],
      ['or', 'neural'],
      ['or', 'perceptron'],
    ]);
    expect(rows[0].success).toBeNull();
    const { success, labSeconds, size, mismatch } = rows[2];
    expect(success).toMatchObject({ reached: 1, runs: 1, rate: 1 });
    // Wilson: 1 of 1 is anything from 21 % on.
    expect(success?.interval).toEqual([expect.closeTo(0.2065, 4), 1]);
    expect(labSeconds?.median).toBeCloseTo(runs[1].time * size.timeUnit, 6);
    expect(mismatch).toMatchObject([{ sigma: 0.2, runs: 1 }]);
  });

  it('by molecules learns OR from the same start, by chance and the same for a seed', async () => {
    const run = (system: string, volume: number) => compareRun(system, 'or', { volume });
    const found = await run('perceptron', 1000);
    expect(found).toMatchObject({
      volume: 1000,
      reached: true,
      ideal: null,
      stepDifference: null,
      solverSteps: 0,
    });
    expect(await run('perceptron', 1000)).toEqual(found);
    const timed = [found, await compareRun('perceptron', 'or')].map((one) => ({ ...one, seconds: 1 }));
    const { rows } = compareRows(['perceptron'], ['or'], timed);
    expect(rows[0]).toMatchObject({
      success: { runs: 1 },
      mismatch: [],
      volumes: [{ volume: 1000, runs: 1 }],
    });
    await expect(run('perceptron', -1)).rejects.toThrow(/volume/);
  });

  it('a network trained elsewhere is asked with rates that are off, and by molecules', async () => {
    const designed = await compareRun('rate-independent', 'iris');
    for (const how of [{ mismatch: 0.2 }, { volume: 1000 }]) {
      const { reached, train } = await compareRun('rate-independent', 'iris', how);
      expect(reached).toBe(designed.reached);
      // Amounts that are no whole numbers of molecules are all that chance has a hand in.
      expect(Math.abs(train!.right! - designed.train!.right!)).toBeLessThanOrEqual(
        'volume' in how ? 0.02 : 0,
      );
    }
  });

  it('a Hebbian neuron finds without labels which channel is biased, again and again', async () => {
    const { rows, without } = compareRows(['neural', 'hebbian'], ['bias'], []);
    expect(rows[0].size).toMatchObject({ species: 14, reactions: 25, phases: 0, clock: 'none' });
    expect(without).toMatchObject([{ system: 'neural', reason: /labels/ }]);
    const run = await compareRun('hebbian', 'bias', { seed: 0 });
    expect(run).toMatchObject({ reached: true, ideal: null, stepDifference: null });
    expect(run.time).toBe(1000 * run.examples);
    expect(await compareRun('hebbian', 'bias', { seed: 0 })).toEqual(run);
    expect((await compareRun('hebbian', 'bias', { seed: 1 })).last).not.toEqual(run.last);
    // Ten molecules are too few.
    expect(await compareRun('hebbian', 'bias', { seed: 1, volume: 10 })).toMatchObject({
      reached: false,
      epochs: 12,
    });
  });

  it('stops where it is told to, and when it is aborted', async () => {
    const run = await compareRun('neural', 'xor', { epochs: 1 });
    expect(run).toMatchObject({ reached: false, epochs: 1, examples: 4 });
    const reason = new Error('enough');
    await expect(compareRun('neural', 'xor', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
