import type { TestProblem } from './problem.js';

/** High irradiance response of photomorphogenesis (Schäfer 1975), HIRES of the IVP test set. */
export const hires: TestProblem = {
  name: 'hires',
  text: `
    init y1 = 1, y8 = 0.0057
    ∅ ->{0.0007} y1
    y1 ->{1.71} y2
    y2 ->{0.43} y1
    y2 ->{8.32} y4
    y3 ->{8.32} y1
    y3 ->{1.71} y4
    y4 ->{0.43} y3
    y4 ->{0.69} y6
    y5 ->{0.035} y3
    y5 ->{1.71} y6
    y6 ->{0.43} y5
    y6 + y8 ->{280} y7
    y7 ->{0.43} y5 + y8
    y7 ->{0.69} y6 + y8
    y7 ->{0.69} y8
  `,
  ends: [
    {
      to: 321.8122,
      state: {
        y1: 0.0007371312573325503,
        y2: 0.0001442485726316152,
        y3: 5.8887297409672675e-5,
        y4: 0.0011756513432831183,
        y5: 0.0023863561988308342,
        y6: 0.006238968252741217,
        y7: 0.0028499983951854467,
        y8: 0.0028500016048145535,
      },
    },
  ],
};
