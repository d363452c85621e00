import { AVERAGING, PIXELS } from './subset';
import type { Description, Images } from './worker/protocol';

/** The images of both sets as a table that the command line reads: pixels as the task `digits` names them, and the digit. */
export function imageTable({ train, validation }: Pick<Description, 'train' | 'validation'>): string {
  const { side } = AVERAGING;
  const names = Array.from(
    { length: PIXELS },
    (_, k) => `pixel${Math.floor(k / side) + 1}_${(k % side) + 1}`,
  );
  const lines = ({ pixels, labels }: Images) =>
    Array.from(labels, (label, k) =>
      // Ink is in thousandths; what is kept in 32 bits has more digits than that.
      [
        ...Array.from(pixels.subarray(k * PIXELS, (k + 1) * PIXELS), (ink) => Number(ink.toFixed(3))),
        label,
      ].join(),
    );
  return `${[[...names, 'digit'].join(), ...lines(train), ...lines(validation)].join('\n')}\n`;
}
