import { wholeFrom } from '../../network/limits.js';
import { DataError, type Samples } from '../data.js';
import type { ClassDataset } from '../iris.js';
import { createRandom } from '../random.js';
import { type Averaging, averagedDigits, type DigitImages, IMAGE_SIDE } from './images.js';
import { type DigitsSource, digitsOffer, offeredDigits } from './source.js';

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
  /** What a computer did with the images, in words. */
  prepared: string[];
}

interface Prepared {
  rows: Row[];
  /** What a computer did with the images. */
  acts: string[];
}

/** Of every digit the last images that are offered, one in `TEST`, are the test set, whatever the seed. */
const TEST = 5;
/** One in `VALIDATION` of the others, drawn by the seed, is for validation. */
const VALIDATION = 8;

interface Row {
  inputs: number[];
  label: number;
}

const known = new Map<string, { offer: unknown; found: Prepared }>();

/**
 * The handwritten digits of MNIST that are offered (see `offerDigits`), averaged to `side` × `side` pixels with ink in [0, 1].
 *
 * Of every digit the last fifth of the images, in the order of the package, is the test set: the same for all seeds, and
 * so of no run's training or validation. Of the others the seed draws an eighth for validation.
 *
 * @throws RangeError for a side or field that cannot be averaged
 * @throws DataError `noDigits` where no images are offered, `badImage` for ink outside [0, 1] or no digit, `tooFewRows` with
 *   fewer than two of a digit besides the test set
 */
export function digits(options: DigitsOptions = {}): TestedClassDataset {
  const { seed = 0, side = 8, field = side === 8 ? 20 : IMAGE_SIDE } = options;
  checkAveraging({ side, field });
  const { rows, acts } = averagesOf('mnist', { side, field });
  const held = DIGITS.flatMap((digit) => {
    const own = rows.filter(({ label }) => label === digit);
    return own.slice(own.length - Math.floor(own.length / TEST));
  });
  return splitDigits(side === 8 ? 'digits' : `digits-${side}`, { seed, side, rows, held, acts });
}

/**
 * The optical digits of UCI (Alpaydin & Kaynak 1998) that are offered (see `offerDigits`): 8 × 8 pixels, each the part of
 * 16 dots that has ink.
 *
 * A fifth of all images, drawn once, is the test set: the same for all seeds. Of the others the seed draws an eighth of
 * every digit for validation.
 *
 * @throws DataError `noDigits` where no images are offered, `tooFewRows` with fewer than two of a digit besides the test set
 */
export function opticalDigits({ seed = 0 }: { seed?: number } = {}): TestedClassDataset {
  const { rows, acts } = averagesOf('optical', { side: 8, field: 8 });
  const held = createRandom(0, 'optical test')
    .shuffle(rows.slice())
    .slice(0, Math.ceil(rows.length / TEST));
  return splitDigits('optdigits', { seed, side: 8, rows, held, acts });
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** Puts the rows that are held back apart, and of the others those that the seed draws for validation. */
function splitDigits(
  name: string,
  { seed, side, rows, held, acts }: { seed: number; side: number; held: readonly Row[] } & Prepared,
): TestedClassDataset {
  const [train, validation, test] = [0, 1, 2].map((): Samples => ({ inputs: [], targets: [] }));
  const random = createRandom(seed, 'split');
  const tested = new Set(held);
  const shuffled: Row[] = [];
  for (const row of held) add(test, row);
  for (const digit of DIGITS) {
    const own = rows.filter((row) => row.label === digit && !tested.has(row));
    if (own.length < 2) {
      throw new DataError(
        'tooFewRows',
        `the digit ${digit} has ${own.length} images to learn from; it needs 2`,
      );
    }
    const others = random.shuffle(own);
    const validated = Math.max(1, Math.round(others.length / VALIDATION));
    for (const row of others.slice(0, validated)) add(validation, row);
    shuffled.push(...others.slice(validated));
  }
  // One digit after the other would be forgotten again.
  for (const row of random.shuffle(shuffled)) add(train, row);
  return {
    name,
    seed,
    features: Array.from(
      { length: side * side },
      (_, k) => `pixel${Math.floor(k / side) + 1}_${(k % side) + 1}`,
    ),
    target: 'digit',
    classes: DIGITS.map(String),
    train,
    validation,
    test,
    prepared: acts,
  };
}

function checkAveraging({ side, field }: Averaging): void {
  wholeFrom('side', side, 2);
  wholeFrom('field', field, side);
  if (field > IMAGE_SIDE) throw new RangeError(`field must be at most ${IMAGE_SIDE}, got ${field}`);
}

/** All images averaged; kept, since tasks of many seeds ask for the same. */
function averagesOf(source: DigitsSource, averaging: Averaging): Prepared {
  const { side, field } = averaging;
  const key = `${source} ${side} of ${field}`;
  const kept = known.get(key);
  if (kept !== undefined && kept.offer === digitsOffer(source)) return kept.found;
  const given = offeredDigits(source);
  const done = given.averaging;
  if (done && (done.side !== side || done.field !== field)) {
    throw new DataError(
      'noDigits',
      `the digits at hand are ${done.field} pixels averaged to ${done.side} on each side; ` +
        `of ${field} averaged to ${side} there are none`,
    );
  }
  checkDigits(given);
  const { images, labels, prepared: acts = [] } = done ? given : averagedDigits(given, averaging);
  const found = {
    rows: images.map((image, k) => ({ inputs: Array.from(image), label: labels[k] })),
    acts,
  };
  known.set(key, { offer: digitsOffer(source), found });
  return found;
}

/** What is no image of a digit would be lost, or make the chemistry fail much later. */
function checkDigits({ images, labels }: DigitImages): void {
  images.forEach((image, k) => {
    const label = labels[k];
    if (!DIGITS.includes(label))
      throw new DataError('badImage', `image ${k}: its digit must be 0 to 9, got ${label}`);
    const ink = Array.from(image).find((value) => !(value >= 0 && value <= 1));
    if (ink !== undefined)
      throw new DataError(
        'badImage',
        `image ${k}: ink must lie in [0, 1], got ${ink}; divide by its maximum`,
      );
  });
}

function add(samples: Samples, { inputs, label }: Row): void {
  samples.inputs.push(inputs.slice());
  samples.targets.push(label);
}
