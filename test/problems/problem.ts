/** A network of the literature with reference end states, to be simulated at rtol 1e-8. */
export interface TestProblem {
  name: string;
  /** In the package's text syntax. */
  text: string;
  /**
   * Reference states, from a Rosenbrock method of order 5 in quadruple precision (rtol 1e-13) that agrees with an
   * independent BDF code to 9 digits (E5: 5) and, where they exist, with the published values of the IVP test set.
   */
  ends: {
    to: number;
    state: Record<string, number>;
    /** Default 1e-12. */
    atol?: number | Record<string, number>;
    /** Significant digits that a run at rtol 1e-8 must reach; default 6. */
    digits?: number;
  }[];
}
