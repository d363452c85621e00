import type { TestProblem } from './problem.js';

/** Robertson's autocatalysis (1966), ROBER of the IVP test set (Hairer & Wanner, Bari). */
export const robertson: TestProblem = {
  name: 'robertson',
  text: `
    init A = 1
    A ->{0.04} B
    2 B ->{30000000} B + C
    B + C ->{10000} A + C
  `,
  ends: [
    {
      to: 100000,
      state: {
        A: 0.017865921142098784,
        B: 7.274751468436037e-8,
        C: 0.9821340061103865,
      },
    },
    {
      to: 40000000000,
      state: {
        A: 5.208345176798946e-8,
        B: 2.0833381779253717e-13,
        C: 0.99999994791634,
      },
      atol: { A: 1e-12, B: 1e-18, C: 1e-12 },
    },
    {
      to: 100000000000,
      state: {
        A: 2.0833401497011756e-8,
        B: 8.333360770334309e-14,
        C: 0.9999999791665152,
      },
      atol: { A: 1e-12, B: 1e-18, C: 1e-12 },
    },
  ],
};
