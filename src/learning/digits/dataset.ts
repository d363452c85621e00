import { DataError, type Samples } from '../data.js';
import type { ClassDataset } from '../iris.js';
import { createRandom } from '../random.js';
import { type Averaging, averaged, IMAGE_SIDE } from './images.js';
import { digitsOffer, offeredDigits } from './source.js';

export interface DigitsOptions {
  /** Of the split into training and validation. Default 0. */
  seed?: number;
  /** Pixels on each side. Default 8. */
  side?: number;
  /** Pixels of the middle of the 28 that are averaged. Default 20 for 8, else 28. */
  field?: number;
}

/** A classification with examples that are predicted once, after training. */
export interface TestedClassDataset extends ClassDataset {
  test: Samples;
}

/** Of every digit the last images that are offered, one in `TEST`, are the test set, whatever the seed. */
const TEST = 5;
/** One in `VALIDATION` of the others, drawn by the seed, is for validation. */
const VALIDATION = 8;

interface Averages {
  offer: unknown;
  rows: { inputs: number[]; label: number }[];
}

const known = new Map<string, Averages>();

/**
 * The handwritten digits that are offered (see `offerDigits`), averaged to `side` × `side` pixels with ink in [0, 1].
 *
 * Of every digit the last fifth of the images, in the order of the package, is the test set: the same for all seeds, and
 * so of no run's training or validation. Of the others the seed draws an eighth for validation.
 *
 * @throws RangeError for a side or field that cannot be averaged
 * @throws DataError `noDigits` where no images are offered, `tooFewRows` with fewer than two of a digit besides the test set
 */
export function digits(options: DigitsOptions = {}): TestedClassDataset {
  const { seed = 0, side = 8, field = side === 8 ? 20 : IMAGE_SIDE } = options;
  checkAveraging({ side, field });
  const rows = averagesOf({ side, field });
  const classes = Array.from({ length: 10 }, (_, k) => String(k));
  const [train, validation, test] = [0, 1, 2].map((): Samples => ({ inputs: [], targets: [] }));
  const random = createRandom(seed, 'split');
  const shuffled: { inputs: number[]; label: number }[] = [];
  for (const digit of classes.keys()) {
    const own = rows.filter(({ label }) => label === digit);
    const last = own.length - Math.floor(own.length / TEST);
    if (last < 2)
      throw new DataError('tooFewRows', `the digit ${digit} has ${own.length} images; it needs 2`);
    for (const row of own.slice(last)) add(test, row);
    const others = random.shuffle(own.slice(0, last));
    const held = Math.max(1, Math.round(others.length / VALIDATION));
    for (const row of others.slice(0, held)) add(validation, row);
    shuffled.push(...others.slice(held));
  }
  // One digit after the other would be forgotten again.
  for (const row of random.shuffle(shuffled)) add(train, row);
  return {
    name: side === 8 ? 'digits' : `digits-${side}`,
    seed,
    features: Array.from(
      { length: side * side },
      (_, k) => `pixel${Math.floor(k / side) + 1}_${(k % side) + 1}`,
    ),
    target: 'digit',
    classes,
    train,
    validation,
    test,
  };
}

function checkAveraging({ side, field }: Averaging): void {
  if (!(Number.isInteger(side) && side >= 2 && side <= IMAGE_SIDE)) {
    throw new RangeError(`side must be an integer from 2 to ${IMAGE_SIDE}, got ${side}`);
  }
  if (!(Number.isInteger(field) && field >= side && field <= IMAGE_SIDE)) {
    throw new RangeError(`field must be an integer from side (${side}) to ${IMAGE_SIDE}, got ${field}`);
  }
}

/** All images averaged; kept, since tasks of many seeds ask for the same. */
function averagesOf(averaging: Averaging): Averages['rows'] {
  const key = `${averaging.side} of ${averaging.field}`;
  const found = known.get(key);
  if (found !== undefined && found.offer === digitsOffer()) return found.rows;
  const { images, labels, averaging: done } = offeredDigits();
  if (done && (done.side !== averaging.side || done.field !== averaging.field)) {
    throw new DataError(
      'noDigits',
      `the digits at hand are ${done.field} pixels averaged to ${done.side} on each side; ` +
        `of ${averaging.field} averaged to ${averaging.side} there are none`,
    );
  }
  const inputs = (image: ArrayLike<number>) => (done ? Array.from(image) : averaged(image, averaging));
  const rows = images.map((image, k) => ({ inputs: inputs(image), label: labels[k] }));
  known.set(key, { offer: digitsOffer(), rows });
  return rows;
}

function add(samples: Samples, { inputs, label }: { inputs: number[]; label: number }): void {
  samples.inputs.push(inputs.slice());
  samples.targets.push(label);
}
