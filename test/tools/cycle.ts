import { type Solution, simulate } from '../../src/index.js';
import { networkOf } from './network.js';

/** The Brusselator near its limit cycle: nonlinear, third order, no method's order on it is an accident. */
export const cycle = networkOf('init X = 1, Y = 3.1 \n -> X \n X ->{3} Y \n 2 X + Y -> 3 X \n X -> ∅');
/** How long it runs. */
export const to = 4;
/** Saved off the step grid, so that most rows come from the interpolant. */
export const save = 371;

const reference = await simulate(cycle, { to, save, rtol: 1e-13, atol: 1e-15, method: 'rodas5p' });

/** Largest errors of a solution of it: at the end, and in all rows. */
export function errorsOf(solution: Solution): { end: number; dense: number } {
  let end = 0;
  let dense = 0;
  for (const name of solution.species) {
    const [found, wanted] = [solution.column(name), reference.column(name)];
    end = Math.max(end, Math.abs(found[save] - wanted[save]));
    found.forEach((value, i) => {
      dense = Math.max(dense, Math.abs(value - wanted[i]));
    });
  }
  return { end, dense };
}
