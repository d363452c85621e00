import type { Adjoint, ErrorKind, Readout, Wiring } from './options.js';
import { DEFAULT_CONSTANTS } from './rate.js';

/**
 * The kinds of two-phase chemistry behind the options of a Neural CRN.
 *  - `constant`: the error meets the inputs, every node alike (minimal when all is positive);
 *  - `leaky`: an adjoint per node leaks with the node's Jacobian;
 *  - `frozen`: the same, timed by a chain of stages;
 *  - `exact`: a sensitivity per node, made in phase 1, multiplies the error;
 *  - `readout`: the same behind output weights, any number of outputs;
 *  - `coupled`: the same for nodes that feel each other through a fixed matrix;
 *  - `recurrent`: nodes drive each other; a sensitivity for every pair of node and weight;
 *  - `hinge`: rectified (or linear) nodes and a label that gates the error.
 */
export type Form = Adjoint | 'readout' | 'coupled' | 'recurrent' | 'hinge';

export function formOf(shape: {
  error: ErrorKind;
  wiring: Wiring;
  adjoint: Adjoint;
  readout: Readout;
  coupling?: unknown;
}): Form {
  if (shape.error === 'hinge') return 'hinge';
  if (shape.wiring === 'recurrent') return 'recurrent';
  if (shape.readout !== 'sum') return 'readout';
  return shape.coupling == null ? shape.adjoint : 'coupled';
}

/** Default lengths of the two phases, in time units of the rate constants. */
export const formTimes: Readonly<Record<Form, { horizon: number; learnTime: number }>> = {
  constant: { horizon: 0.5, learnTime: 10 },
  leaky: { horizon: 0.9, learnTime: 12 },
  frozen: { horizon: 0.9, learnTime: 12 },
  exact: { horizon: 0.9, learnTime: 10 },
  coupled: { horizon: 0.9, learnTime: 10 },
  recurrent: { horizon: 1, learnTime: 10 },
  readout: { horizon: 2, learnTime: 8 },
  hinge: { horizon: 8, learnTime: 10 },
};

// kZ: a quadratic node's error falls as 1/kZ, to 2e-4 of the gradient at 1e4.
const EXACT = { kf: 10, ka: 4, kd: 4, kalpha: 4, kx: 2, kphi: 2, kZ: 1e4, kP: 100 } as const;

/** Default rate constants by name. */
export const formConstants: Readonly<Record<Form, Readonly<Record<string, number>>>> = {
  constant: { ...DEFAULT_CONSTANTS },
  // sigma: how much faster than phase 1 the adjoint lives, so that Z and X stand still meanwhile.
  leaky: { sigma: 10, kf: 50, ka: 50, kr: 50, kx: 1, kz: 1, annihilation: 100 },
  frozen: { sigma: 10, kf: 50, ka: 50, kb: 50, kr: 50, kx: 1, kz: 1, annihilation: 100 },
  exact: EXACT,
  coupled: EXACT,
  recurrent: { kf: 10, kd: 4, kx: 2, annihilation: 100 },
  readout: {
    kz: 5,
    kd: 5,
    ka: 4,
    kb: 4,
    kalpha: 4,
    kbeta: 4,
    kx: 2,
    kphi: 2,
    kw: 20,
    ku: 50,
    kZ: 1e4,
    kP: 20,
  },
  // Kept below about 300 in product with what they meet: stiffness buys no accuracy here.
  hinge: { lambda: 1, kr: 2, kf: 40, kq: 20, kd: 5, rho: 10, kx: 1, kL: 2, kZ: 25, kD: 50, kP: 10 },
};
