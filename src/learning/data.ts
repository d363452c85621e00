import type { Random } from './random.js';

/** Examples: `inputs[k]` is one row of features, `targets[k]` its label. Both in the data's own units. */
export interface Samples {
  inputs: number[][];
  targets: number[];
}

/** Data ready for a task: named columns and two sets of examples. */
export interface Dataset {
  name: string;
  /** Names of the features, in the order of each row of `inputs`. */
  features: string[];
  /** Name of the label. */
  target: string;
  train: Samples;
  validation: Samples;
}

/** What is wrong with a table of data. */
export type DataErrorCode =
  | 'empty'
  | 'binary'
  | 'unterminatedQuote'
  | 'noRows'
  | 'ragged'
  | 'duplicateColumn'
  | 'unknownColumn'
  | 'noFeatures'
  | 'missingValue'
  | 'notNumeric'
  | 'constantColumn'
  | 'constantTarget'
  | 'tooFewRows'
  | 'oneClass'
  | 'smallClass'
  | 'tooManyClasses'
  | 'ambiguousClass'
  | 'badImage'
  | 'noDigits'
  | 'needsDualRails';

/** Data that cannot be read or learned from; says where, and what to do about it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** Stable identifier of the finding. */
  readonly code: DataErrorCode;
  /** Line of the file, counted from 1, where known. */
  readonly line: number | undefined;
  /** Column name, where known. */
  readonly column: string | undefined;
  /** The cell's text, where there is one. */
  readonly value: string | undefined;

  constructor(
    code: DataErrorCode,
    message: string,
    at: {
      line?: number | undefined;
      column?: string | undefined;
      value?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, 'cause' in at ? { cause: at.cause } : undefined);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
    this.value = at.value;
  }
}

/**
 * Splits examples into training and validation rows at random; both keep the order of the original.
 *
 * @param fraction part for validation, in (0, 1); rounded to whole rows, at least one on either side
 * @throws RangeError when the fraction is outside (0, 1)
 * @throws DataError `tooFewRows` with fewer than two examples
 */
export function split(
  samples: Samples,
  fraction: number,
  random: Random,
): { train: Samples; validation: Samples } {
  checkFraction(fraction);
  const total = samples.targets.length;
  if (total < 2) {
    throw new DataError('tooFewRows', `training and validation need at least two rows, got ${total}`);
  }
  const held = heldBack(
    Array.from({ length: total }, (_, row) => row),
    fraction,
    random,
  );
  return parted(samples, new Set(held));
}

/**
 * Splits examples of a classification class by class, so that both sets have every class in about the same part; both
 * keep the order of the original.
 *
 * @param fraction part of each class for validation, in (0, 1); rounded to whole rows, at least one on either side
 * @throws RangeError when the fraction is outside (0, 1)
 * @throws DataError `smallClass` for a class of a single row
 */
export function splitClasses(
  samples: Samples,
  fraction: number,
  random: Random,
): { train: Samples; validation: Samples } {
  checkFraction(fraction);
  const classes = new Map<number, number[]>();
  samples.targets.forEach((label, row) => {
    const rows = classes.get(label);
    if (rows) rows.push(row);
    else classes.set(label, [row]);
  });
  const held = [...classes]
    .sort(([a], [b]) => a - b)
    .flatMap(([label, rows]) => {
      if (rows.length > 1) return heldBack(rows, fraction, random);
      throw new DataError(
        'smallClass',
        `class ${label} has a single row: training and validation need one each`,
      );
    });
  return parted(samples, new Set(held));
}

function checkFraction(fraction: number): void {
  if (fraction > 0 && fraction < 1) return;
  throw new RangeError(`the validation fraction must lie between 0 and 1, got ${fraction}`);
}

/** The rows to hold back of at least two, at random. */
function heldBack(rows: number[], fraction: number, random: Random): number[] {
  const count = Math.min(rows.length - 1, Math.max(1, Math.round(rows.length * fraction)));
  return random.shuffle(rows).slice(0, count);
}

function parted(samples: Samples, held: ReadonlySet<number>): { train: Samples; validation: Samples } {
  const take = (rows: number[]): Samples => ({
    inputs: rows.map((row) => samples.inputs[row]),
    targets: rows.map((row) => samples.targets[row]),
  });
  const all = samples.targets.map((_, row) => row);
  return {
    train: take(all.filter((row) => !held.has(row))),
    validation: take(all.filter((row) => held.has(row))),
  };
}
