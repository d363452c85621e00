/** How well a clock keeps its phases apart. Times in the network's unit, fractions of a period. */
export interface ClockMeasure {
  /** Mean period, and its standard deviation from turn to turn. */
  period: { mean: number; deviation: number };
  phases: {
    species: string;
    peak: number;
    /** Fraction of the time above half the peak. */
    duty: number;
    /** ∫C dt over one period, the mean of those measured: what a rate multiplied by this species acts for. */
    exposure: number;
  }[];
  /** Fraction of the time in which two or more phases are above 1 % of their peaks. */
  overlap: number;
  /** Fraction of the time in which none is. */
  idle: number;
  /** ∫CₚCₚ₊₁ dt over one period, of phases that follow each other; the largest. */
  product: number;
  /** Largest level of a phase, relative to its peak, while the one that follows it in the list is above half its own. */
  leak: number;
}

/** A network that does not oscillate, or stops to. */
export class NoOscillation extends RangeError {}

/** A phase over some whole turns, row by row. */
export interface PhaseCourse {
  species: string;
  values: Float64Array;
}

/** @param weight of a row: the time that it stands for, up to a factor. @param total of all weights */
export function measureOfTurns(
  courses: readonly PhaseCourse[],
  periods: readonly number[],
  weight: (row: number) => number,
  total: number,
): ClockMeasure {
  const mean = meanOf(periods);
  const deviation = Math.sqrt(periods.reduce((sum, value) => sum + (value - mean) ** 2, 0) / periods.length);
  const all = courses.map(({ values }) => values);
  const tops = all.map((values) => values.reduce((most, value) => Math.max(most, value), 0));
  const average = (f: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < all[0].length; i++) sum += weight(i) * f(i);
    return sum / total;
  };
  const on = (i: number) => all.reduce((sum, values, p) => sum + Number(values[i] > tops[p] / 100), 0);
  let leak = 0;
  let product = 0;
  for (let p = 0; p + 1 < all.length; p++) {
    const [here, next] = [all[p], all[p + 1]];
    for (let i = 0; i < here.length; i++) {
      if (next[i] > tops[p + 1] / 2) leak = Math.max(leak, here[i] / tops[p]);
    }
    product = Math.max(product, average((i) => here[i] * next[i]) * mean);
  }
  return {
    period: { mean, deviation },
    phases: courses.map(({ species, values }, p) => ({
      species,
      peak: tops[p],
      duty: average((i) => (values[i] > tops[p] / 2 ? 1 : 0)),
      exposure: average((i) => values[i]) * mean,
    })),
    overlap: average((i) => (on(i) > 1 ? 1 : 0)),
    idle: average((i) => (on(i) === 0 ? 1 : 0)),
    product,
    leak,
  };
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
