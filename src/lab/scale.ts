/** How a model's units become those of a laboratory: the arithmetic, and nothing else. */

/** A rate constant without its network. */
export interface PlainConstant {
  /** Of its reaction; may be empty. */
  label: string;
  /** In the model's units. */
  rate: number;
  /** Sum of the exponents in the rate law. */
  order: number;
}

/** Units of a laboratory. */
export interface LabUnits {
  /** What one model unit of concentration stands for, in M. */
  concentration: number;
  /** What the largest constant of the second order stands for, in /M/s. */
  rate: number;
}

/** A model's units in those of a laboratory. */
export interface LabScale extends LabUnits {
  /** What k = 1 of the second order stands for, in /M/s. */
  one: number;
  /** Seconds in one model unit of time. */
  second: number;
  /** The largest constant of the second order, in the model's units, and whose it is; `null` where there is none. */
  limit: PlainConstant | null;
}

/**
 * Concentrations are in units of c₀ and constants of the second order in units of k₀, so one unit of time is
 * 1/(k₀·c₀). k₀ is such that the largest constant of the second order is the one given; without any, k = 1 is.
 */
export function labScale(constants: Iterable<PlainConstant>, { concentration, rate }: LabUnits): LabScale {
  let limit: PlainConstant | null = null;
  for (const constant of constants) {
    if (constant.order === 2 && constant.rate > (limit?.rate ?? 0)) limit = constant;
  }
  const one = rate / (limit?.rate ?? 1);
  return { concentration, rate, one, second: 1 / (one * concentration), limit };
}

/** A rate constant in M and s. */
export const inLabUnits = ({ one, concentration, second }: LabScale, rate: number, order: number): number =>
  order === 2 ? rate * one : (rate * concentration ** (1 - order)) / second;

/**
 * Rate constants that DNA strand displacement can be given, in M and s, by order: toehold lengths tune the second order
 * up to 1e6 /M/s (Zhang & Winfree 2009); of the first, hours are as slow as a run can wait for.
 */
export const FEASIBLE: Readonly<Record<1 | 2, readonly [least: number, most: number]>> = {
  1: [1e-5, 1],
  2: [1e-3, 1e6],
};

/** What DNA strand displacement takes for signals and for fuels, in M. */
export const SIGNALS: readonly [least: number, most: number] = [1e-9, 1e-7];
export const FUELS: readonly [least: number, most: number] = [1e-6, 1e-5];

/** Largest over smallest of the constants that are not 0, whatever their order, in the model's units; 1 without any. */
export function dynamicRange(constants: Iterable<PlainConstant>): number {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const { rate } of constants) {
    if (rate <= 0) continue;
    low = Math.min(low, rate);
    high = Math.max(high, rate);
  }
  return high > 0 ? high / low : 1;
}
