import {
  DEFAULT_CONSTANTS,
  type LearningConstants,
  type LinearCrnOptions,
  largestRate,
  type Rails,
} from '../circuits/index.js';
import type { CsvData } from './csv.js';
import { type ClassCircuit, classTask, readExamples } from './csv-classes.js';
import { DataError, split } from './data.js';
import { leastSquares } from './leastsquares.js';
import { createRandom } from './random.js';
import {
  fitScaling,
  type Scaling,
  type ScalingMethod,
  scaleInputs,
  scaleTarget,
  scalingMethods,
} from './scaling.js';
import type { CircuitChoices, SampleOrder, Task } from './tasks.js';

export interface CsvTaskOptions extends CircuitChoices {
  /** Name of the label's column. Needed when `data` is text. */
  target?: string;
  /** Name in reports. Default `'csv'`. */
  name?: string;
  /** Part of the rows held back for validation, in (0, 1). Default 0.2. */
  test?: number;
  /** Default 0. */
  seed?: number;
  /**
   * Whether the label's cells are names of classes, numbers included. Default: they are when none of them is a number.
   */
  classes?: boolean;
  /** Classes only: number of nodes, best a multiple of the classes. Default: the least ≥ 8, and ≥ 2 for each class. */
  hidden?: number;
  /**
   * Classes only: `'rectified'` (default), network R, or `'relu'`, the circuit of the handwritten digits: smooth
   * rectifiers with the exact gradient and a trained read-out.
   */
  recipe?: ClassCircuit;
  /** Default `'dual'`. Classes need it. */
  rails?: Rails;
  /** Default: derived from the data, see {@link defaultRate}; with classes 0.4/(nodes · mean‖x‖²), `'relu'` 0.8/mean‖x‖², at most 0.1. */
  rate?: number;
  /** Default 20 with dual rails, 40 with classes (`'relu'` 20) and with positive rails (whose inputs are not centred). */
  epochs?: number;
  /** Default `'shuffled'`: files are often sorted. */
  order?: SampleOrder;
  /**
   * Default `'standard'` with dual rails, `'unit'` with positive ones. With classes `'unit'`, which there is [−1, 1], for `'relu'` [0, 1].
   */
  scaling?: ScalingMethod;
  /**
   * Concentration of the constant input that makes the intercept trainable, or `null` for none. Default 1 with dual
   * rails; with positive ones 0.8·√n, as long as the mean vector of n features, which balances the two.
   */
  augment?: number | null;
}

/** Where positive rails put the range of the training rows: rows beyond it have room below. */
const POSITIVE_FEATURES = [0.3, 1.3] as const;

/**
 * Where positive rails put the label's range, for n features.
 *
 * A weight is 1 + θT ≥ 1, so the label must span much more than a feature does: 10n. The range begins at 10n·√n to
 * leave the intercept, too, room to be positive: with all features at their lowest the label would be that far below
 * its lowest value (the sum of n independent ranges is about √n times the range of the sum).
 */
function positiveTarget(n: number): readonly [number, number] {
  const low = 10 * n * Math.sqrt(n);
  return [low, low + 10 * n];
}

/**
 * A task from a table: split, scaling, learning rate and starting weights. Labels that are numbers make a regression by
 * the linear circuit; classes are told apart by network R or smooth rectifiers, with an output for each.
 *
 * With dual rails features and label are standardised. With positive rails the training rows' features go onto
 * [0.3, 1.3], and the label of n features onto 10n·[√n, √n + 1].
 *
 * @param data CSV text, or what `readCsv` made of it
 * @throws DataError for a table that cannot be used (with classes `oneClass`, `smallClass` for one without a row for
 *   each set, or `tooManyClasses`); `needsDualRails` when positive rails are asked for and a row lies
 *   far below the training rows, or least squares on the training rows needs a negative θ, naming the columns
 * @throws RangeError naming an option whose value cannot be used
 */
export function csvTask(data: string | CsvData, options: CsvTaskOptions = {}): Task {
  const table = typeof data === 'string' ? readTarget(data, options) : data;
  const { features, target } = table;
  if (options.target !== undefined && options.target !== target) {
    throw new RangeError(`target is "${options.target}", but the table was read with target "${target}"`);
  }
  if (options.classes !== undefined && options.classes !== (table.classes !== undefined)) {
    throw new RangeError(
      `classes is ${options.classes}, but the table was read ${table.classes ? 'with' : 'without'} them`,
    );
  }
  if (table.classes !== undefined) return classTask({ ...table, classes: table.classes }, options);
  if (options.recipe !== undefined) {
    throw new RangeError('recipe is for classifications: a regression is learned by the linear circuit');
  }
  if (options.hidden !== undefined) {
    throw new RangeError(
      'hidden is for classifications: the linear circuit of a regression has a node for each input',
    );
  }
  const { seed, rails, test, epochs, order, name, method, augment, drift, horizon } = choices(table, options);
  const { train, validation } = split(table, test, createRandom(seed, 'split'));
  const scaling = fitScaling(train, table, {
    features: method,
    target: method,
    augment,
    ...(rails === 'positive' && {
      featureInterval: POSITIVE_FEATURES,
      targetInterval: positiveTarget(features.length),
    }),
  });
  const inputs = augment === null ? features : [...features, 'the intercept'];
  const x = train.inputs.map((row) => scaleInputs(scaling, row));
  if (rails === 'positive') {
    refuseLowRows(table, scaling);
    const shift = drift === false ? 0 : inputs.length * drift * horizon;
    const y = train.targets.map((value) => scaleTarget(scaling, value) - shift);
    refuseNegativeWeights(x, y, inputs, horizon);
  }
  const derived = defaultRate(x, horizon, { ...DEFAULT_CONSTANTS, ...options.constants });
  const { rate = derived.rate, learnTime, constants } = options;
  const weights = createRandom(seed, 'weights');
  const circuit: LinearCrnOptions = {
    inputs: inputs.length,
    rails,
    rate,
    drift,
    horizon,
    theta: options.theta ?? inputs.map(() => weights.uniform(0.1, 0.5)),
    ...(learnTime !== undefined && { learnTime }),
    ...(constants !== undefined && { constants }),
  };
  const notes = [
    `${train.targets.length} training and ${validation.targets.length} validation rows, split by seed ${seed}`,
  ];
  if (method !== 'none') {
    notes.push(`columns scaled (${method}) by the training rows; losses are in the label's own units`);
  }
  if (augment !== null) notes.push(`a constant input ${augment} makes the intercept trainable`);
  if (options.rate === undefined) notes.push(derived.note);
  return {
    experiment: name,
    seed,
    features,
    target,
    train,
    validation,
    scaling,
    circuit,
    epochs,
    order,
    notes,
  };
}

/** Options with their defaults, which depend on the rails and on the number of features. */
function choices({ features }: CsvData, options: CsvTaskOptions) {
  const { seed = 0, test = 0.2, rails = 'dual', order = 'shuffled', name = 'csv', drift = false } = options;
  if (rails !== 'dual' && rails !== 'positive') {
    throw new RangeError(`rails must be 'dual' or 'positive', got ${JSON.stringify(rails)}`);
  }
  const dual = rails === 'dual';
  const { scaling: method = dual ? 'standard' : 'unit', epochs = dual ? 20 : 40, horizon = 0.5 } = options;
  if (!scalingMethods.includes(method)) {
    throw new RangeError(
      `scaling must be one of ${scalingMethods.join(', ')}, got ${JSON.stringify(method)}`,
    );
  }
  if (!dual && method === 'standard') {
    throw new RangeError(
      "scaling 'standard' makes negative values, which positive rails cannot hold; use 'unit'",
    );
  }
  const { augment = dual ? 1 : Number((0.8 * Math.sqrt(features.length)).toPrecision(2)) } = options;
  if (augment !== null && !(augment > 0 && Number.isFinite(augment))) {
    throw new RangeError(`augment must be a finite number > 0 or null, got ${augment}`);
  }
  return { seed, test, rails, order, name, drift, method, epochs, horizon, augment };
}

/** Positive rails: a row, of either set, that lies further below the training rows than there is room for. */
function refuseLowRows(table: CsvData, scaling: Scaling): void {
  const refuse = (row: number, column: string, value: number): never => {
    const line = table.lines[row];
    throw new DataError(
      'needsDualRails',
      `line ${line}, column "${column}": ${value} would need a negative concentration, which positive rails cannot ` +
        'hold; use dual rails',
      { line, column, value: String(value) },
    );
  };
  table.inputs.forEach((values, row) => {
    const scaled = scaleInputs(scaling, values);
    values.forEach((value, j) => {
      if (scaled[j] < 0) refuse(row, table.features[j], value);
    });
    if (scaleTarget(scaling, table.targets[row]) < 0) refuse(row, table.target, table.targets[row]);
  });
}

/**
 * A learning rate that suits inputs of this size. One example reduces its own error by the part LR·T²·|x|²; the rate
 * makes that 0.1 on average and at most 1 for the largest row (beyond 2 a single row would diverge), and stays
 * within nine tenths of what the chemistry reaches.
 *
 * @param x rows of concentrations, the augmented input included
 */
export function defaultRate(
  x: readonly (readonly number[])[],
  horizon: number,
  constants: LearningConstants = DEFAULT_CONSTANTS,
): { rate: number; note: string } {
  let mean = 0;
  let largest = 0;
  for (const row of x) {
    let square = 0;
    for (const value of row) square += value * value;
    mean += square / x.length;
    largest = Math.max(largest, square);
  }
  const wanted = Math.min(0.1 / mean, 1 / largest) / (horizon * horizon);
  const reachable = 0.9 * largestRate(constants, horizon);
  // Two digits: the rate is a choice, not a measurement.
  const rate = Number(Math.min(wanted, reachable).toPrecision(2));
  const part = (square: number) => (rate * horizon * horizon * square).toPrecision(2);
  return {
    rate,
    note:
      `learning rate ${rate} derived from the data: one example corrects ${part(mean)} of its own error on average, ` +
      `${part(largest)} at most`,
  };
}

function readTarget(text: string, { target, classes }: CsvTaskOptions): CsvData {
  if (target === undefined) throw new TypeError('target is missing: name the column to predict');
  return readExamples(text, { target, ...(classes !== undefined && { classes }) });
}

/** Positive rails: least squares on the training rows, as concentrations, must not need a θ below 0. */
function refuseNegativeWeights(
  x: readonly (readonly number[])[],
  y: readonly number[],
  names: readonly string[],
  horizon: number,
): void {
  const { coefficients, dependent } = leastSquares(x, y);
  if (dependent.length > 0) {
    throw new DataError(
      'needsDualRails',
      `positive rails are refused: ${list(dependent.map((j) => names[j]))} can be computed from the other columns, ` +
        'so it is open whether the weights can stay ≥ 0; leave such columns out or use dual rails',
    );
  }
  const negative = coefficients.flatMap((weight, j) => {
    const theta = (weight - 1) / horizon;
    return theta < 0 ? [`${names[j]} (θ = ${Number(theta.toPrecision(3))})`] : [];
  });
  if (negative.length === 0) return;
  throw new DataError(
    'needsDualRails',
    'positive rails cannot learn this: least squares on the training rows needs a negative weight for ' +
      `${list(negative)}; use dual rails`,
  );
}

function list(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
