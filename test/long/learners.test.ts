import { describe, expect, it } from 'vitest';
import { gateExamples, type LearnerReport, learnerTasks, runLearner } from '../../src/learning/index.js';

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
