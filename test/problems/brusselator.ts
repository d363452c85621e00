import type { TestProblem } from './problem.js';

/** Brusselator (Prigogine & Lefever 1968) on its limit cycle, A = 1, B = 3. */
export const brusselator: TestProblem = {
  name: 'brusselator',
  text: `
    init X = 1, Y = 3.1
    ∅ ->{1} X
    X ->{3} Y
    2 X + Y ->{1} 3 X
    X ->{1} ∅
  `,
  ends: [
    {
      to: 50,
      state: {
        X: 0.6077273122808344,
        Y: 4.718718887367891,
      },
    },
  ],
};
