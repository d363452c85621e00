import type { TestProblem } from './problem.js';

/** Chemical pyrolysis, E5 of the stiff DETEST set (Enright, Hull & Lindberg 1975), IVP test set. */
export const e5: TestProblem = {
  name: 'e5',
  text: `
    init y1 = 0.00176
    y1 ->{7.89e-10} y2 + y3
    y1 + y3 ->{11000000} y4
    y2 + y3 ->{1130000000} ∅
    y4 ->{1130} y3
  `,
  ends: [
    {
      to: 1000000000,
      state: {
        y1: 3.1317148329356435e-14,
        y2: 1.484095795287095e-16,
        y3: 1.484095794834658e-16,
        y4: 4.5243728279784517e-26,
      },
      atol: 1.7e-27,
      digits: 4,
    },
  ],
};
