import type { Circuit } from '../circuits/index.js';
import type { EpochRecord } from './checkpoint.js';
import type { IdealNetwork } from './ideal-twin.js';
import { accuracy, decodeOutputs, exampleLoss, hingeLoss, type LabelCode, PLAIN } from './labels.js';
import type { PreparedSamples } from './prepare.js';
import type { Task } from './tasks.js';

/** Outputs of rows in concentrations, as they are read from a pot: one row for each. */
export type Outputs = readonly (readonly number[])[];

/** For both sets. */
export interface Both<T> {
  train: T;
  validation: T;
}

/** What outputs mean: predictions in the data's own units, and the losses and accuracies of an epoch. */
export class Measures {
  readonly code: LabelCode;

  constructor(
    private readonly circuit: Circuit,
    private readonly task: Task,
    private readonly sets: Both<PreparedSamples>,
  ) {
    this.code = task.labels ?? PLAIN;
  }

  predictions(outputs: Outputs): number[] {
    return outputs.map((row) => decodeOutputs(this.code, this.task.scaling, row));
  }

  /** An epoch's line of the history, and the predictions that it is of. */
  of(
    epoch: number,
    outputs: Both<Outputs>,
    ideal: IdealNetwork | undefined,
    theta: readonly number[],
  ): { record: EpochRecord; after: Both<number[]> } {
    const { task, sets, code } = this;
    const record: EpochRecord = {
      epoch,
      trainLoss: this.meanLoss(outputs.train, sets.train),
      validationLoss: this.meanLoss(outputs.validation, sets.validation),
    };
    const after = {
      train: this.predictions(outputs.train),
      validation: this.predictions(outputs.validation),
    };
    const trainAccuracy = accuracy(code, after.train, task.train.targets);
    const validationAccuracy = accuracy(code, after.validation, task.validation.targets);
    if (this.hasHinge) {
      record.validationHinge = meanHinge(outputs.validation, sets.validation);
      record.trainHinge = meanHinge(outputs.train, sets.train);
    }
    if (trainAccuracy !== undefined) record.trainAccuracy = trainAccuracy;
    if (validationAccuracy !== undefined) record.validationAccuracy = validationAccuracy;
    if (ideal) this.addIdeal(record, ideal, theta);
    return { record, after };
  }

  private get hasHinge(): boolean {
    return this.circuit.options.error === 'hinge';
  }

  private addIdeal(record: EpochRecord, ideal: IdealNetwork, theta: readonly number[]): void {
    const { task, sets, code } = this;
    const outputs = {
      train: sets.train.x.map((x) => ideal.outputs(x)),
      validation: sets.validation.x.map((x) => ideal.outputs(x)),
    };
    record.idealTrainLoss = this.meanLoss(outputs.train, sets.train);
    record.idealValidationLoss = this.meanLoss(outputs.validation, sets.validation);
    if (this.hasHinge) record.idealValidationHinge = meanHinge(outputs.validation, sets.validation);
    const trainAccuracy = accuracy(code, this.predictions(outputs.train), task.train.targets);
    const validationAccuracy = accuracy(code, this.predictions(outputs.validation), task.validation.targets);
    if (trainAccuracy !== undefined) record.idealTrainAccuracy = trainAccuracy;
    if (validationAccuracy !== undefined) record.idealValidationAccuracy = validationAccuracy;
    record.idealDifference = largestDifference(theta, ideal.theta);
  }

  private meanLoss(outputs: Outputs, { y }: PreparedSamples): number {
    let sum = 0;
    outputs.forEach((row, k) => {
      sum += exampleLoss(this.code, this.task.scaling, row, y[k]);
    });
    return sum / outputs.length;
  }
}

/** Largest |a − b| of two rows of weights. */
export const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const meanHinge = (outputs: Outputs, { y }: PreparedSamples): number =>
  outputs.reduce((sum, row, k) => sum + hingeLoss(row, y[k]), 0) / outputs.length;
