import { expect, it } from 'vitest';
import { compileProblem } from '../../src/compile/compile.js';
import { networkOf } from '../tools/network.js';

it('counts multiplications and additions of the kernels', () => {
  // Three species, each turning into each: a full Jacobian.
  const network = networkOf('init A = 1 \n A -> B \n A -> C \n B -> A \n B -> C \n C -> A \n C -> B');
  const { flops } = compileProblem(
    network,
    network.reactions.map((_, r) => r),
  );
  expect(flops).toEqual({
    // Six rates of two products, and twelve changes.
    derivative: 6 * 2 + 12 * 2,
    jacobian: 9 * 2,
    // Rows 1 and 2 less row 0 (two entries each), row 2 less row 1 (one); every entry divided or negated once.
    factorisation: 5 * 2 + 9,
    solve: 9 * 2,
  });
});
