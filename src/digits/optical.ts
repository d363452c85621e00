/** The optical digits of UCI (Alpaydin & Kaynak 1998), from the copy in Python's scikit-learn or from a file. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DataError } from '../learning/data.js';
import type { DigitImages } from '../learning/digits/images.js';
import { offerDigits } from '../learning/digits/source.js';

const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** Dots of a pixel. */
const DOTS = 16;

/**
 * Reads images of 8 × 8 pixels: a line each, of 64 integers from 0 to 16 and the digit, with commas between, as UCI has
 * them (`optdigits.tra`, `.tes`) and scikit-learn (`digits.csv.gz`: 1797 images, the same as `optdigits.tes`).
 *
 * @param file may be compressed by gzip. Default: what the environment's `NEURAL_CRN_OPTDIGITS` names, or else the copy of
 * scikit-learn, where Python has that package
 * @returns ink in [0, 1]: dots over 16
 * @throws DataError `noDigits` where there is no such file, `ragged` and `notNumeric` for what is none of it
 */
export function readOpticalDigits(
  file: string = process.env.NEURAL_CRN_OPTDIGITS || scikitLearnCopy(),
): DigitImages {
  const images: number[][] = [];
  const labels: number[] = [];
  for (const [k, line] of textOf(file).split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const cells = line.split(',');
    if (cells.length !== PIXELS + 1) {
      throw new DataError(
        'ragged',
        `${file}:${k + 1}: a line has ${PIXELS} pixels and the digit, this one ${cells.length} numbers`,
        { line: k + 1 },
      );
    }
    const numbers = cells.map((cell, column) =>
      wholeNumber(cell, column < PIXELS ? DOTS : 9, file, { line: k + 1, column: String(column + 1) }),
    );
    labels.push(numbers[PIXELS]);
    images.push(numbers.slice(0, PIXELS).map((dots) => dots / DOTS));
  }
  return { images, labels, averaging: { side: SIDE, field: SIDE } };
}

/** Makes them what the task `optdigits` learns from. Nothing is read before it is made. */
export function loadOpticalDigits(file?: string): void {
  offerDigits(() => readOpticalDigits(file), 'optical');
}

/** What is a number elsewhere (1e1, a sign, a fraction) is here the mark of another kind of file. */
function wholeNumber(cell: string, most: number, file: string, at: { line: number; column: string }): number {
  const value = cell.trim();
  if (/^\d{1,2}$/.test(value) && Number(value) <= most) return Number(value);
  throw new DataError(
    'notNumeric',
    `${file}:${at.line}, number ${at.column}: must be an integer from 0 to ${most}, not ${JSON.stringify(value)}`,
    { ...at, value },
  );
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const { message } = cause as Error;
    throw new DataError('noDigits', `the optical digits cannot be read: ${message}`, { cause });
  }
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isCompressed) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (cause) {
    throw new DataError('noDigits', `${file} is damaged: ${(cause as Error).message}`, { cause });
  }
}

/** Asks Python where scikit-learn lies, without loading it. */
const LOCATE =
  'import importlib.util as u; s = u.find_spec("sklearn"); print(s.submodule_search_locations[0] if s else "")';

function scikitLearnCopy(): string {
  for (const python of ['python3', 'python']) {
    const { status, stdout } = spawnSync(python, ['-c', LOCATE], { encoding: 'utf8' });
    const folder = status === 0 ? stdout.trim() : '';
    if (folder !== '') return join(folder, 'datasets', 'data', 'digits.csv.gz');
  }
  throw new DataError(
    'noDigits',
    "the optical digits of UCI are in Python's package scikit-learn, which is not installed: install it, or name their " +
      'file in NEURAL_CRN_OPTDIGITS (digits.csv.gz of scikit-learn, optdigits.tra or optdigits.tes of UCI)',
  );
}
