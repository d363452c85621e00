import type { Effort } from './effort.js';
import type { BenchProblem } from './problems.js';

/** The absolute tolerance is this part of the relative one, times the problem's own scale. */
const ATOL_PART = 1e-3;

/** The relative tolerances that are tabulated. */
export const tabulated: readonly number[] = [1e-3, 1e-6, 1e-9];

export const atolFor = (rtol: number, { atolScale }: Pick<BenchProblem, 'atolScale'>): number =>
  rtol * ATOL_PART * atolScale;

/** The relative tolerances of a work–precision curve, loosest first: 1e-2 to 1e-10, two a decade. */
export function ladder({ quick }: Effort, { coarse }: Pick<BenchProblem, 'coarse'>): number[] {
  if (quick) return [1e-3, 1e-6];
  const decades = coarse ? [3, 4, 5, 6, 7, 8] : Array.from({ length: 17 }, (_, i) => 2 + i / 2);
  // Powers of ten by their own names, so that 1e-6 is 1e-6 and not its neighbour.
  return decades.map((d) => Number(`${d % 1 === 0 ? 1 : Math.sqrt(10)}e-${Math.ceil(d)}`));
}
