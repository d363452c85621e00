import type { LinearCrnOptions } from '../circuits/index.js';
import {
  type CsvData,
  type CsvTable,
  featureColumns,
  isMissing,
  isNumber,
  numericColumns,
  parseCsv,
  type ReadCsvOptions,
  readCsv,
} from './csv.js';
import { DataError, splitClasses } from './data.js';
import { createRandom } from './random.js';
import { type Recipe, taskOf } from './recipes/index.js';
import { coarse, unit } from './recipes/starts.js';
import { fitScaling, type ScalingMethod, scaleInputs } from './scaling.js';
import type { SampleOrder, Task } from './tasks.js';

/** More classes than this are taken for a mistake, such as a column of names as the target. */
const MOST_CLASSES = 50;
/** Hidden nodes in all, at least, and for each class: every output needs nodes that speak for it. */
const LEAST_HIDDEN = 8;
const HIDDEN_EACH = 2;
/** The circuit's constant input. */
const BIAS = 0.25;
/** What m nodes together change of an output by an example, as a part: rate · m · mean‖x‖²; and the largest rate. */
const STEP = 0.4;
const LARGEST_RATE = 0.1;
const EPOCHS = 40;
/** Trained read-outs: epochs, and the same part for their two rates, with the largest of each. */
const RELU = {
  epochs: 20,
  step: 0.8,
  readoutStep: 0.32,
  largestRate: 0.1,
  largestReadoutRate: 0.05,
} as const;

/** Circuits that tell classes of a table apart. */
export const classCircuits = ['rectified', 'relu'] as const;
export type ClassCircuit = (typeof classCircuits)[number];

/** A table whose targets are numbers of classes. */
export type CsvClasses = CsvData & { classes: string[] };

export interface ReadExamplesOptions extends ReadCsvOptions {
  /**
   * Whether the target's cells are names of classes, numbers included. Default: they are when none of them is a number.
   */
  classes?: boolean;
}

/**
 * Reads examples from CSV text whose target is a value or a class. Classes are numbered in the order of their names:
 * as numbers where all are numbers, else by their characters.
 *
 * @throws DataError with the line, column and value of what cannot be used
 */
export function readExamples(
  text: string,
  { classes, ...options }: ReadExamplesOptions,
): CsvData | CsvClasses {
  if (classes === false) return readCsv(text, options);
  const table = parseCsv(text, options);
  const features = featureColumns(table, options);
  const { target } = options;
  const place = table.columns.indexOf(target);
  const cells = table.rows.map((row) => row[place]);
  if (!(classes ?? !cells.some(isNumber))) return readCsv(text, options);
  refuseMissing(table, cells, target);
  refuseTwins(table, cells, target);
  const names = sortedNames(cells);
  const numbers = new Map(names.map((name, k) => [name, k]));
  return {
    inputs: numericColumns(table, features),
    targets: cells.map((name) => numbers.get(name) as number),
    features,
    target,
    classes: names,
    lines: table.lines,
  };
}

function refuseMissing(table: CsvTable, cells: readonly string[], column: string): void {
  const row = cells.findIndex(isMissing);
  if (row < 0) return;
  const [line, value] = [table.lines[row], cells[row]];
  const what = value === '' ? '' : ` ("${value}")`;
  throw new DataError('missingValue', `line ${line}, column "${column}": the class is missing${what}`, {
    line,
    column,
    value,
  });
}

/** Of numbers as classes, one that is written in two ways would be two classes. */
function refuseTwins(table: CsvTable, cells: readonly string[], column: string): void {
  if (!cells.every(isNumber)) return;
  const first = new Map<number, number>();
  cells.forEach((value, row) => {
    const before = first.get(Number(value));
    if (before === undefined) first.set(Number(value), row);
    else if (cells[before] !== value) {
      const line = table.lines[row];
      throw new DataError(
        'ambiguousClass',
        `line ${line}, column "${column}": the class "${value}" is the number that line ${table.lines[before]} writes ` +
          `"${cells[before]}"; write it in one way`,
        { line, column, value },
      );
    }
  });
}

function sortedNames(cells: readonly string[]): string[] {
  const names = [...new Set(cells)];
  return names.every(isNumber)
    ? names.sort((a, b) => Number(a) - Number(b))
    : names.sort((a, b) => (a < b ? -1 : 1));
}

export interface ClassTaskOptions
  extends Partial<
    Pick<LinearCrnOptions, 'horizon' | 'learnTime' | 'constants' | 'theta' | 'rails' | 'drift'>
  > {
  name?: string;
  test?: number;
  seed?: number;
  hidden?: number;
  rate?: number;
  epochs?: number;
  order?: SampleOrder;
  scaling?: ScalingMethod;
  augment?: number | null;
  /**
   * `'rectified'` (default): network R. `'relu'`: smooth rectifiers with the exact gradient and a trained read-out, the
   * circuit of the handwritten digits; `scaling` is then onto [0, 1].
   */
  recipe?: ClassCircuit;
}

/**
 * A classification from a table with an output for each class: stratified split, scaling, learning rate and starting
 * weights. The options are those of `csvTask`.
 *
 * @throws DataError `oneClass`, `smallClass`, `tooManyClasses`, `constantColumn`
 * @throws RangeError naming an option whose value cannot be used
 */
export function classTask(data: CsvClasses, options: ClassTaskOptions = {}): Task {
  const { classes, features, target } = data;
  const {
    name = 'csv',
    seed = 0,
    test = 0.2,
    order = 'shuffled',
    scaling: method = 'unit',
    recipe: circuit = 'rectified',
  } = options;
  refuseOptions(options);
  checkClasses(data);
  const relu = circuit === 'relu';
  const { train, validation } = splitClasses(data, test, createRandom(seed, 'split'));
  const scaling = fitScaling(train, data, {
    features: method,
    target: 'none',
    augment: relu ? 1 : null,
    featureInterval: relu ? [0, 1] : [-1, 1],
  });
  const { hidden = hiddenFor(classes.length) } = options;
  const made = (relu ? reluRecipe : rectifiedRecipe)(
    train.inputs.map((row) => scaleInputs(scaling, row)),
    {
      hidden,
      ...(options.rate !== undefined && { rate: options.rate }),
      // Scaled rows that come later may lie below all training rows.
      inputRails:
        method === 'none' && data.inputs.every((row) => row.every((value) => value >= 0)) ? 'single' : 'dual',
    },
  );
  const recipe: Recipe = { ...made, ...(options.epochs !== undefined && { epochs: options.epochs }), order };
  const { horizon, learnTime, constants, theta } = options;
  const task = taskOf({ name, seed, features, target, train, validation, classes, scaling }, recipe, {
    circuit: {
      ...(horizon !== undefined && { horizon }),
      ...(learnTime !== undefined && { learnTime }),
      ...(constants !== undefined && { constants: { ...constants } }),
      ...(theta !== undefined && { theta }),
    },
  });
  return {
    ...task,
    notes: [
      `${train.targets.length} training and ${validation.targets.length} validation rows, split within each class by seed ${seed}`,
      recipe.title,
      ...scalingNotes(method, relu),
      `the label of the own class is ${relu ? 1 : '+1'}, that of every other ${relu ? 0 : '−1'}`,
      ...(options.rate === undefined ? [`learning rate ${recipe.circuit.rate} derived from the data`] : []),
    ],
  };
}

/** What a recipe needs to know beside the scaled rows. */
interface Chosen {
  hidden: number;
  rate?: number;
  inputRails: 'single' | 'dual';
}

function rectifiedRecipe(rows: readonly number[][], { hidden, rate }: Chosen): Recipe {
  const square = meanSquare(rows) + BIAS * BIAS;
  return {
    title: `${hidden} rectified nodes and labels that gate the errors, an output for each class`,
    circuit: {
      dynamics: 'rectified',
      bias: BIAS,
      hidden,
      rate: rate ?? derived(STEP / (hidden * square), LARGEST_RATE),
    },
    augment: null,
    epochs: EPOCHS,
    theta: unit,
    centred: true,
  };
}

function reluRecipe(rows: readonly number[][], { hidden, rate, inputRails }: Chosen): Recipe {
  const { step, readoutStep, largestRate, largestReadoutRate, epochs } = RELU;
  return {
    title: `${hidden} smooth rectifiers, bimolecular; exact gradient, trained read-out, an output for each class`,
    circuit: {
      dynamics: 'relu',
      hidden,
      inputRails,
      rate: rate ?? derived(step / meanSquare(rows), largestRate),
      readoutRate: derived(readoutStep / hidden, largestReadoutRate),
    },
    augment: 1,
    epochs,
    theta: unit,
    readout: unit,
    solver: coarse,
  };
}

function scalingNotes(method: ScalingMethod, relu: boolean): string[] {
  if (method === 'none') return [];
  return [
    method === 'unit'
      ? `each input's range over the training rows becomes [${relu ? '0' : '−1'}, 1]`
      : 'inputs are scaled (standard) by the training rows',
  ];
}

/** As many nodes for each class, so that the fixed signs of the read-out are fair to all. */
function hiddenFor(classes: number): number {
  return classes * Math.max(HIDDEN_EACH, Math.ceil(LEAST_HIDDEN / classes));
}

/** Mean of ‖x‖². */
function meanSquare(rows: readonly (readonly number[])[]): number {
  let mean = 0;
  for (const row of rows) for (const value of row) mean += (value * value) / rows.length;
  return mean;
}

/** Two digits: a rate is a choice, not a measurement. */
const derived = (rate: number, largest: number): number => Number(Math.min(largest, rate).toPrecision(2));

/** What the linear circuit of a regression takes and this one does not. */
function refuseOptions({ rails = 'dual', augment, drift, recipe = 'rectified' }: ClassTaskOptions): void {
  if (!classCircuits.includes(recipe)) {
    throw new RangeError(`recipe must be '${classCircuits.join("' or '")}', got ${JSON.stringify(recipe)}`);
  }
  if (rails !== 'dual')
    throw new RangeError(`rails '${rails}' cannot hold the labels −1 of a classification; use dual rails`);
  if (augment !== undefined)
    throw new RangeError('augment is not for classifications: their circuit has a bias of its own');
  if (drift !== undefined && drift !== false)
    throw new RangeError('drift is not for classifications: their circuit has none');
}

function checkClasses({ classes, targets, target, lines }: CsvClasses): void {
  const column = target;
  if (classes.length > MOST_CLASSES) {
    throw new DataError(
      'tooManyClasses',
      `the target "${target}" has ${classes.length} different values; a classification has at most ${MOST_CLASSES} classes`,
      { column },
    );
  }
  if (classes.length < 2) {
    throw new DataError(
      'oneClass',
      `the target "${target}" is "${classes[0]}" in every row: there is nothing to tell apart`,
      { column, ...(classes[0] !== undefined && { value: classes[0] }) },
    );
  }
  classes.forEach((value, k) => {
    const rows = targets.flatMap((label, row) => (label === k ? [row] : []));
    if (rows.length > 1) return;
    const line = rows.length === 1 ? lines[rows[0]] : undefined;
    throw new DataError(
      'smallClass',
      `class "${value}" of column "${target}" has ${line === undefined ? 'no row' : `one row only, line ${line}`}: ` +
        'training and validation need one each; leave such rows out, or join classes',
      { line, column, value },
    );
  });
}
