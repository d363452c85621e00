import type { TrainJobResult } from '../batch/node.js';

/** A run as it is kept in its file. */
export interface StoredRun {
  format: 'neural-crn-run';
  version: 1;
  package: string;
  fingerprint: string;
  experiment: string;
  recipe: string;
  seed: number;
  /** How long it took where it was made. */
  seconds: number;
  result: TrainJobResult;
}
