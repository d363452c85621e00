import {
  type CircuitFailure,
  type Task,
  type TrainingResult,
  type TrainReport,
  trainReport,
} from '../learning/index.js';
import { type TrainingFailureJson, trainingFailureJson } from './learning-failures.js';

/** How a training run ended. */
export interface TrainingOutcome {
  /** Of the last complete epoch; undefined when not even the first prediction was possible. */
  result: TrainingResult | undefined;
  failure: CircuitFailure | undefined;
  /** Epochs asked for. */
  epochs: number;
  /** Milliseconds. */
  elapsed: number;
}

type FailedReport = Omit<TrainReport, 'status'> & { status: 'failed'; failure: TrainingFailureJson };

/** The report of a run however it ended: what `--json` and `report.json` hold. */
export function reportOf(
  { result, failure }: TrainingOutcome,
  task: Task,
): TrainReport | FailedReport | Pick<FailedReport, 'experiment' | 'seed' | 'status' | 'history' | 'failure'> {
  if (result === undefined) {
    const { experiment, seed } = task;
    return {
      experiment,
      seed,
      status: 'failed',
      history: [],
      failure: trainingFailureJson(failure as CircuitFailure),
    };
  }
  const report = trainReport(result);
  return failure === undefined
    ? report
    : { ...report, status: 'failed', failure: trainingFailureJson(failure) };
}
