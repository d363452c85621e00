import { describe, expect, it } from 'vitest';
import {
  gateExamples,
  type LearnerReport,
  learnerTasks,
  onePotSystem,
  runLearner,
} from '../../src/learning/index.js';
import { drawFactors, variationSettings, variedNetwork, withFactors } from '../../src/robustness/index.js';

const right = ({ metrics }: LearnerReport) => metrics.accuracy === 1;

describe('a BFCNN over seeds that nothing was chosen on', () => {
  it('learns XOR by 2-4-1 and stops itself where its twin does', async () => {
    const reports = [];
    for (let seed = 300; seed < 320; seed++) {
      reports.push(await runLearner(learnerTasks['bfcnn-xor'].create({ seed, recipe: '2-4-1-majority' })));
    }
    expect(reports.filter(right).length / reports.length).toBeGreaterThanOrEqual(0.95);
    const stopped = reports.filter(({ stoppedAfter }) => stoppedAfter !== null);
    expect(stopped.length / reports.length).toBeGreaterThanOrEqual(0.95);
    for (const { stoppedAfter, twinStoppedAfter } of stopped) {
      expect(Math.abs((stoppedAfter as number) - (twinStoppedAfter as number))).toBeLessThanOrEqual(1);
    }
  });

  it('learns OR by itself, a clock inside, and stops itself', async () => {
    for (const recipe of ['2-2-1-ring', '2-2-1-coop']) {
      const report = await runLearner(learnerTasks['bfcnn-or'].create({ seed: 300, recipe }));
      expect(right(report)).toBe(true);
      expect(report.stoppedAfter).toBe(report.twinStoppedAfter);
    }
  });
});

it('XOR with nothing done from outside, strictly bimolecular: learned and stopped after 86 to 89 turns', async () => {
  const task = learnerTasks['bfcnn-xor'].create({ recipe: '2-2-1-ring' });
  const weights = [
    ...[-1.8102742295501624, 0.19703687688037788, -0.346495647673691],
    ...[-0.7863224264315309, 0.4370063815803137, 1.3925694676464548],
    ...[-0.01615062308971488, -1.7711339051521877, 0.6141648287096737],
  ];
  const report = await runLearner({ ...task, circuit: { ...task.circuit, weights } });
  expect(report.circuit).toEqual({ species: 303, reactions: 738, maxMolecularity: 2, phases: 9 });
  expect(report.stoppedAfter).toBeGreaterThanOrEqual(86);
  expect(report.stoppedAfter).toBeLessThanOrEqual(89);
  // An independent simulation has 1.5e-3.
  expect(report.history[79].difference).toBeLessThan(3e-3);
  [0.102, 0.904, 0.89, 0.088].forEach((output, s) => {
    expect(report.predictions.chemistry?.[s][0]).toBeCloseTo(output, 2);
  });
  expect(gateExamples.xor.labels.flat()).toEqual([0, 1, 1, 0]);
});

it('weight perturbation learns XOR with a cooperative ring inside', async () => {
  for (const seed of [0, 1, 2]) {
    const report = await runLearner(learnerTasks['perturbation-gates'].create({ recipe: 'xor-coop', seed }));
    expect(report.circuit).toMatchObject({ species: 337, reactions: 928, maxMolecularity: 2 });
    expect(right(report)).toBe(true);
  }
});

describe('one pot with rate constants that are off, XOR by 2-3-1 until t = 3000', () => {
  const largestError = async (seed: number, sigma = 0, draw = 0): Promise<number> => {
    const circuit = onePotSystem.build(onePotSystem.choose(gateExamples.xor, { seed, hidden: [3] }));
    const variations = variationSettings('rates', 'network');
    const varied = variedNetwork(circuit.network, variations);
    const factors = drawFactors(varied.factors, variations, { sigma, seed: 0, draw });
    const network = sigma === 0 ? circuit.network : withFactors(varied, factors);
    const pot = await onePotSystem.pot({ ...circuit, network }, { rtol: 1e-6, atol: 1e-9 });
    let outputs: number[][] = [];
    for (let step = 0; step < 60; step++) ({ outputs } = pot.step());
    pot.dispose();
    return Math.max(...outputs.map(([y], row) => Math.abs(y! - gateExamples.xor.labels[row]![0]!)));
  };

  it('the best of twelve starts is right in twelve draws of twelve at 2, 5 and 10 %, and not always at 20 %', async () => {
    const starts: { seed: number; error: number }[] = [];
    for (let seed = 0; seed < 12; seed++) starts.push({ seed, error: await largestError(seed) });
    const [{ seed }] = starts.sort((a, b) => a.error - b.error);
    const right: number[] = [];
    for (const sigma of [0.02, 0.05, 0.1, 0.2]) {
      let count = 0;
      for (let draw = 0; draw < 12; draw++) if ((await largestError(seed!, sigma, draw)) < 0.5) count++;
      right.push(count);
    }
    // An independent simulation has the same four numbers, 7 the last.
    expect(right.slice(0, 3)).toEqual([12, 12, 12]);
    expect(right[3]).toBeLessThan(12);
  });
});
