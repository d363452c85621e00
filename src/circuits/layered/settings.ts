import { positive, wholeFrom } from '../../network/limits.js';
import { finite } from '../checks.js';
import { matrix } from '../given.js';
import { refuse } from '../refuse.js';
import type { DataForm, LayeredOptions, LayeredSettings, StoredSamples } from './options.js';

const FORMS: readonly DataForm[] = ['parameters', 'constants', 'dosed'];

/** A weight has ten reactions and more, and each of them half a kilobyte while it is built. */
const MOST_WEIGHTS = 200_000;

/** Number of weights of a layered network, biases among them. */
export function weightCount(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, neurons, l) => sum + neurons * (sizes[l] + 1), 0);
}

/**
 * Fills in and checks what all layered networks share.
 * @param rate the system's own default
 * @throws RangeError or TypeError naming the option, its value and what is allowed
 */
export function layeredSettings(options: LayeredOptions, rate: number): LayeredSettings {
  const { data = 'parameters', phaseLength = 20, annihilation = 50 } = options;
  const sizes = checkedSizes(options.sizes);
  const { batch = 1 } = options;
  wholeFrom('batch', batch, 1);
  if (!FORMS.includes(data)) {
    throw new RangeError(`data must be 'parameters', 'constants' or 'dosed', got ${JSON.stringify(data)}`);
  }
  positive({ rate: options.rate ?? rate, phaseLength, annihilation });
  const samples = checkedSamples(options.samples ?? undefined, data, sizes, batch);
  const batches = samples === null ? 0 : samples.inputs.length / batch;
  const { cursor = batches > 1 } = options;
  if (typeof cursor !== 'boolean') throw new TypeError(`cursor must be true or false, got ${cursor}`);
  refuse(cursor && data === 'dosed', "cursor: there are no stored batches to pass with data 'dosed'");
  refuse(!cursor && batches > 1, `cursor: ${batches} batches need one; leave it out, or raise batch`);
  const count = weightCount(sizes);
  return {
    sizes,
    batch,
    samples,
    data,
    cursor,
    weights:
      options.weights === undefined
        ? new Array<number>(count).fill(0)
        : matrix('weights', options.weights, count),
    rate: options.rate ?? rate,
    phaseLength,
    annihilation,
  };
}

/** @throws RangeError for what are no numbers of neurons */
export function checkedSizes(sizes: unknown): number[] {
  if (!Array.isArray(sizes) || sizes.length < 2) {
    throw new RangeError(
      `sizes must be at least two numbers of neurons, inputs first and outputs last, got ${JSON.stringify(sizes)}`,
    );
  }
  sizes.forEach((neurons, l) => {
    wholeFrom(`sizes[${l + 1}]`, neurons, 1);
  });
  const weights = weightCount(sizes);
  if (weights > MOST_WEIGHTS) {
    throw new RangeError(
      `sizes make ${weights} weights, got ${sizes.join(',')}; at most ${MOST_WEIGHTS} can be built`,
    );
  }
  return [...sizes];
}

function checkedSamples(
  samples: StoredSamples | undefined,
  data: DataForm,
  sizes: readonly number[],
  batch: number,
): LayeredSettings['samples'] {
  const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]];
  refuse(
    data === 'dosed' && samples !== undefined,
    "samples are stored; with data 'dosed' a protocol has them",
  );
  refuse(data === 'constants' && samples === undefined, "samples must be given with data 'constants'");
  if (data === 'dosed') return null;
  if (samples === undefined) {
    const zeros = (count: number) => Array.from({ length: batch }, () => new Array<number>(count).fill(0));
    return { inputs: zeros(inputs), labels: zeros(outputs) };
  }
  const checked = {
    inputs: rows('samples.inputs', samples.inputs, inputs),
    labels: rows('samples.labels', samples.labels, outputs),
  };
  const count = checked.inputs.length;
  if (checked.labels.length !== count) {
    throw new RangeError(`samples has ${count} rows of inputs, but ${checked.labels.length} of labels`);
  }
  if (count === 0 || count % batch !== 0) {
    throw new RangeError(
      `samples must fill whole batches: ${count} rows are no multiple of ${batch}, the size of a batch`,
    );
  }
  return checked;
}

function rows(name: string, values: unknown, width: number): number[][] {
  if (!Array.isArray(values)) throw new TypeError(`${name} must be an array of rows`);
  return values.map((row: unknown, s) => {
    if (!Array.isArray(row) || row.length !== width) {
      const got = Array.isArray(row) ? row.length : JSON.stringify(row);
      throw new RangeError(`${name}[${s + 1}] must have ${width} values, got ${got}`);
    }
    row.forEach((value, i) => {
      finite(`${name}[${s + 1}][${i + 1}]`, value);
    });
    return [...row];
  });
}
