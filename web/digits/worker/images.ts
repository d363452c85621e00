import address from 'virtual:digits';
import {
  averagedDigits,
  DataError,
  type DigitImages,
  IMAGE_SIDE,
  normalisedDigits,
  offerDigits,
  parseCsv,
  readExamples,
} from 'neural-crn/learning';
import { AVERAGING, PIXELS, unpackImages } from '../subset';

/** A file of more bytes is not even read. */
const MOST_BYTES = 40e6;
/** Images that a run uses at most. */
const MOST_IMAGES = 6000;
/** Names of columns that are taken for the digit; else it is the last column, as the command line has it. */
const TARGETS = ['label', 'digit', 'class', 'target'];

let own: DigitImages | undefined;

/** Images of 28 × 28 pixels as the task `digits` has them. */
const prepare = (images: DigitImages) => averagedDigits(normalisedDigits(images), AVERAGING);

/** Offers the images that the page carries. @throws (rejects) when they cannot be fetched */
export async function offerOwn(): Promise<void> {
  if (own === undefined) {
    const response = await fetch(address);
    if (!response.ok || response.body === null)
      throw new Error(`the page's digits could not be fetched (${response.status})`);
    const bytes = response.body.pipeThrough(new DecompressionStream('deflate-raw'));
    const packed = unpackImages(new Uint8Array(await new Response(bytes).arrayBuffer()));
    own = { ...packed, prepared: prepare({ images: [], labels: [] }).prepared };
  }
  const images = own;
  offerDigits(() => images);
}

/** Offers the images of a table. @throws (rejects) DataError for what is no table of images */
export async function offerFile(file: File): Promise<void> {
  if (file.size > MOST_BYTES)
    throw new RangeError(
      `the file has ${Math.round(file.size / 1e6)} MB; up to ${MOST_BYTES / 1e6} MB are read here, and more by neural-crn train`,
    );
  const images = imagesOf(await file.text());
  offerDigits(() => images);
}

/**
 * Images of a table with a row for each: the digit in a column `label` (or `digit`, `class`, `target`, or the last), the
 * others 64 or 784 pixels, of any scale from 0; 784 are normalised and averaged, 64 used as they are. Of too many rows evenly spaced ones are taken.
 * @throws DataError or RangeError for what is no such table
 */
export function imagesOf(text: string): DigitImages {
  const { columns } = parseCsv(text);
  const target = columns.find((name) => TARGETS.includes(name.toLowerCase())) ?? columns[columns.length - 1];
  const read = readExamples(text, { target, classes: true });
  const { inputs, targets, features } = read;
  const classes = 'classes' in read ? read.classes : [];
  if (features.length !== PIXELS && features.length !== IMAGE_SIDE ** 2)
    throw new RangeError(
      `beside the column "${target}" there are ${features.length}; a digit has ${PIXELS} pixels (8 × 8) or ` +
        `${IMAGE_SIDE ** 2} (28 × 28). The Learn view takes any table`,
    );
  const stranger = classes.find((name) => !/^\d$/.test(name));
  if (stranger !== undefined)
    throw new RangeError(`the column "${target}" has "${stranger}", which is no digit from 0 to 9`);
  const least = inputs.reduce((ink, row) => Math.min(ink, ...row), 0);
  if (least < 0) throw new RangeError(`there is a pixel of ${least}; ink begins at 0`);
  const most = inputs.reduce((ink, row) => Math.max(ink, ...row), 0);
  if (most === 0) throw new DataError('empty', 'all pixels are 0');
  const step = Math.max(1, inputs.length / MOST_IMAGES);
  const kept = Array.from({ length: Math.floor(inputs.length / step) }, (_, k) => Math.floor(k * step));
  const images = {
    images: kept.map((k) => inputs[k].map((value) => Math.round((1000 * value) / most) / 1000)),
    labels: kept.map((k) => Number(classes[targets[k]])),
  };
  return features.length === PIXELS ? { ...images, averaging: AVERAGING } : prepare(images);
}
