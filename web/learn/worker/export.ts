import { type Learner, saveModel, trainReport } from 'neural-crn/learning';
import type { Exported } from '../../run/protocol';

/** Model, checkpoint and report of a run as it stands. */
export async function exportOf(learner: Learner): Promise<Exported> {
  const result = await learner.result();
  const { predictions } = learner;
  return {
    model: saveModel(learner.model()),
    checkpoint: JSON.stringify(learner.checkpoint()),
    report: JSON.stringify(trainReport(result), null, 2),
    epoch: Math.max(0, learner.epoch),
    predictions: predictions && {
      train: [...predictions.train],
      validation: [...predictions.validation],
    },
  };
}
