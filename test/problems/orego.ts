import type { TestProblem } from './problem.js';

/** Oregonator, the Field–Noyes model of the Belousov–Zhabotinskii reaction, OREGO of the IVP test set. */
export const orego: TestProblem = {
  name: 'orego',
  text: `
    init y1 = 1, y2 = 2, y3 = 3
    y2 ->{77.27} y1 + y2
    y1 ->{77.27} 2 y1
    2 y1 ->{0.00064713625} y1
    y1 + y2 ->{77.27} y2
    y3 ->{0.012941633234114146} y2 + y3
    y2 ->{0.012941633234114146} ∅
    y1 + y2 ->{0.012941633234114146} y1
    y1 ->{0.161} y1 + y3
    y3 ->{0.161} ∅
  `,
  ends: [
    {
      to: 360,
      state: {
        y1: 1.0008148703185227,
        y2: 1228.178521549826,
        y3: 132.05549428460736,
      },
    },
  ],
};
