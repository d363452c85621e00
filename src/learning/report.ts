import type { Counts } from '../circuits/index.js';
import type { Stats } from '../simulate/types.js';
import type { EpochRecord, TrainSettings } from './checkpoint.js';
import type { TrainingResult } from './train.js';

/** The report of a training run: what `train --json` prints. */
export interface TrainReport {
  experiment: string;
  seed: number;
  status: TrainingResult['status'];
  circuit: Counts & { rails: string; rate: number; gamma: number; readoutRate?: number };
  /** What was not chemistry. */
  digital: string[];
  /** What was decided from the data. */
  notes: string[];
  history: EpochRecord[];
  metrics: TrainingResult['metrics'];
  /** Signed weights, row by row: with diagonal wiring one per input. */
  parameters: { theta: number[]; W?: number[] };
  /** Names of the inputs that the weights belong to; an augmented one is called `1`. */
  inputs: string[];
  target: string;
  settings: TrainSettings;
  /** Work of the solver, never times. */
  stats: Stats;
}

/** Builds the report of a run. */
export function trainReport(result: TrainingResult): TrainReport {
  const { circuit, task } = result;
  const { readoutRate } = circuit.options;
  const constant = task.scaling.augment !== null || circuit.options.bias !== false;
  return {
    experiment: result.experiment,
    seed: result.seed,
    status: result.status,
    circuit: {
      ...circuit.counts,
      rails: circuit.rails,
      rate: circuit.options.rate,
      gamma: circuit.gamma,
      ...(readoutRate !== null && { readoutRate }),
    },
    digital: result.digital,
    notes: task.notes,
    history: result.history,
    metrics: result.metrics,
    parameters: result.parameters,
    inputs: constant ? [...task.features, '1'] : task.features,
    target: task.target,
    settings: result.settings,
    stats: result.stats,
  };
}
