import { singular } from './decompose.js';
import type { Minimum } from './levenberg-marquardt.js';
import { studentQuantile } from './student.js';
import type { Combination, Estimate } from './types.js';
import { inward, outward, quantityAt, type Variable } from './variables.js';

/**
 * A direction counts as not told when the residuals move along it by less than this part of what they move along the
 * best-told one, each variable in a unit that moves them alike.
 */
const UNTOLD = 1e-7;
/** A variable takes part in such a direction when it makes up more than this part of it. */
const PARTAKES = 0.05;

export interface Statistics {
  estimates: Estimate[];
  degreesOfFreedom: number;
  reducedChiSquare: number;
  correlations: number[][];
  unidentifiable: Combination[];
}

/**
 * What a minimum says of its variables: standard errors from (JᵀJ)⁻¹ of those that no bound holds, times the variance of
 * the residuals unless their standard deviations were given, and intervals by Student's t (Seber & Wild, Nonlinear
 * Regression, 2.1 and 5.1). Where directions are not told, the others' are those of the rest.
 * @param known whether standard deviations were given
 */
export function statisticsOf(
  { x, loss, triangle, held }: Minimum,
  variables: readonly Variable[],
  { measurements, known, confidence }: { measurements: number; known: boolean; confidence: number },
): Statistics {
  const free = variables.map((_, j) => j).filter((j) => !held[j]);
  const degreesOfFreedom = measurements - free.length;
  const reducedChiSquare = degreesOfFreedom > 0 ? (2 * loss) / degreesOfFreedom : Number.NaN;
  const columns = free.map((j) => triangle?.columns[j] ?? new Float64Array(variables.length));
  const lengths = columns.map((column) => Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)));
  const units = lengths.map((length) => (length > 0 ? 1 / length : 1));
  const { s, v } = singular(columns.map((column, f) => column.map((value) => value * units[f])));
  const isTold = Array.from(s, (size) => size > UNTOLD * s[0]);
  const untold = triangle === undefined ? [] : v.filter((_, k) => !isTold[k]);
  const partakes = free.map((_, f) => untold.some((direction) => Math.abs(direction[f]) > PARTAKES));
  const variance = known ? 1 : reducedChiSquare;
  const covariance = (f: number, g: number): number => {
    let sum = 0;
    v.forEach((direction, k) => {
      if (isTold[k]) sum += ((direction[f] / s[k]) * direction[g]) / s[k];
    });
    return sum * variance * units[f] * units[g];
  };
  const t = degreesOfFreedom > 0 ? studentQuantile(confidence, degreesOfFreedom) : Number.NaN;
  const hasErrors = triangle !== undefined && degreesOfFreedom > 0;
  const estimates = variables.map((variable, j): Estimate => {
    const { quantity, start, lower, upper, scale } = variable;
    const known = { name: quantity.name, value: quantityAt(x[j], variable), start, lower, upper, scale };
    const f = free.indexOf(j);
    if (f < 0) {
      const atBound = x[j] <= inward(lower, scale) ? 'lower' : 'upper';
      return { ...known, value: variable[atBound], atBound, identifiable: true };
    }
    // Without derivatives nothing is known of it.
    if (triangle === undefined) return known;
    if (!hasErrors || partakes[f]) return { ...known, identifiable: !partakes[f] };
    const standardError = Math.sqrt(covariance(f, f));
    const interval: [number, number] = [
      outward(x[j] - t * standardError, scale),
      outward(x[j] + t * standardError, scale),
    ];
    return { ...known, identifiable: true, standardError, interval };
  });
  const correlations = variables.map((_, i) =>
    variables.map((_, j) => {
      const [f, g] = [free.indexOf(i), free.indexOf(j)];
      const both = f >= 0 && g >= 0 && hasErrors && !partakes[f] && !partakes[g];
      return both ? covariance(f, g) / Math.sqrt(covariance(f, f) * covariance(g, g)) : Number.NaN;
    }),
  );
  const unidentifiable = untold.map((direction) => {
    // Back from units that move the residuals alike to those that were varied.
    const moved = direction.map((value, f) => value * units[f]);
    const length = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0));
    return Object.fromEntries(
      free.flatMap((j, f): [string, number][] =>
        Math.abs(direction[f]) > PARTAKES ? [[variables[j].quantity.name, moved[f] / length]] : [],
      ),
    );
  });
  return { estimates, degreesOfFreedom, reducedChiSquare, correlations, unidentifiable };
}
