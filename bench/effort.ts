/** How long to measure. Plain data: it is sent to the measuring processes. */
export interface Effort {
  /** Tiny settings that show that everything runs; the figures mean nothing. */
  quick: boolean;
  /** Milliseconds of repeated calls behind one figure. */
  milliseconds: number;
  /** Seconds after which one solve is given up. */
  seconds: number;
  /** Processes over which a comparison is repeated. */
  processes: number;
}

export const fullEffort: Effort = { quick: false, milliseconds: 200, seconds: 60, processes: 3 };
export const quickEffort: Effort = { quick: true, milliseconds: 5, seconds: 1, processes: 1 };
