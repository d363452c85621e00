import { type Bounds, boundsText, type Criterion, meets } from './criteria.js';
import { chanceOf, type Distribution, distribution, rankCorrelation, wilson } from './statistics.js';
import type { Varied } from './variation.js';
import type { Factor } from './varied-network.js';

/** Why a run has no numbers. */
export interface DrawFailure {
  /** That of a SolveFailure or CircuitFailure; `stopped` for a clock; `refused` for what could not even begin. */
  code: string;
  message: string;
}

/** What became of one run, before it is judged. */
export interface RawDraw {
  draw: number;
  /** Measured numbers in the order of the criteria. */
  values: number[] | null;
  failure?: DrawFailure;
}

/** One run. */
export interface Draw {
  draw: number;
  success: boolean;
  /** By the names of the criteria; `null` where there is no number. */
  values: Record<string, number | null>;
  failure?: DrawFailure;
}

/** How much a factor has to do with what is measured. */
export interface Influence {
  what: Varied;
  /** The reaction, type, species or phase. */
  of: string;
  /** Spearman's rank correlation over the draws, −1 to 1. */
  rho: number;
  /** With what: a measured number, or `success`. */
  with: string;
  /** Whether so much would be chance in less than 1 of 20 such lists. */
  significant: boolean;
}

/** All draws with one size of variation. */
export interface Study {
  sigma: number;
  /** Molecules to a concentration of 1, where the runs are stochastic. */
  volume?: number;
  /** Runs that are done; fewer than were asked for where the study was cancelled. */
  draws: number;
  successes: number;
  /** `null` without draws. */
  rate: number | null;
  /** Wilson's interval of 95 %. */
  interval: [low: number, high: number];
  distributions: Record<string, Distribution>;
  /** Runs without numbers, by code, with the first message. */
  failures: { code: string; count: number; message: string }[];
  /** The factors that have most to do with success, or where all or none succeed with the first measured number. */
  worst: Influence[];
  outcomes: Draw[];
}

/** Factors that are listed. */
const LISTED = 10;
/** With fewer on either side, success says nothing of single factors. */
const LEAST_OF_A_KIND = 3;

/** Judges the runs of one study. */
export function studyOf<T>(
  { sigma, volume }: Pick<Study, 'sigma' | 'volume'>,
  raw: readonly RawDraw[],
  criteria: readonly Criterion<T>[],
  nominal: readonly number[],
  factors: readonly Factor[],
  valuesOf: (draw: number) => readonly number[],
): Study {
  const outcomes = [...raw].sort((a, b) => a.draw - b.draw).map((one) => judged(one, criteria, nominal));
  const successes = outcomes.filter(({ success }) => success).length;
  const draws = outcomes.length;
  const kinds = new Map<string, { code: string; count: number; message: string }>();
  for (const { failure } of outcomes) {
    if (failure === undefined) continue;
    const same = kinds.get(failure.code);
    if (same) same.count++;
    else kinds.set(failure.code, { code: failure.code, count: 1, message: failure.message });
  }
  return {
    sigma,
    ...(volume !== undefined && { volume }),
    draws,
    successes,
    rate: draws === 0 ? null : successes / draws,
    interval: wilson(successes, draws),
    distributions: Object.fromEntries(
      criteria.map(({ name }) => [name, distribution(outcomes.map(({ values }) => values[name]))]),
    ),
    failures: [...kinds.values()].sort((a, b) => b.count - a.count),
    worst: influences(outcomes, criteria[0].name, factors, valuesOf),
    outcomes,
  };
}

function judged<T>(
  { draw, values, failure }: RawDraw,
  criteria: readonly Criterion<T>[],
  nominal: readonly number[],
): Draw {
  const success =
    values !== null && criteria.every((criterion, k) => meets(values[k], criterion as Bounds, nominal[k]));
  return {
    draw,
    success,
    values: Object.fromEntries(
      criteria.map(({ name }, k) => {
        const value = values?.[k];
        return [name, value !== undefined && Number.isFinite(value) ? value : null];
      }),
    ),
    ...(failure && { failure }),
  };
}

function influences(
  outcomes: readonly Draw[],
  measure: string,
  factors: readonly Factor[],
  valuesOf: (draw: number) => readonly number[],
): Influence[] {
  const good = outcomes.filter(({ success }) => success).length;
  const mixed = Math.min(good, outcomes.length - good) >= LEAST_OF_A_KIND;
  const used = mixed ? outcomes : outcomes.filter(({ values }) => values[measure] !== null);
  if (used.length < 2 * LEAST_OF_A_KIND || factors.length === 0) return [];
  const looked = used.map(({ success, values }) => (mixed ? Number(success) : (values[measure] as number)));
  const drawn = used.map(({ draw }) => valuesOf(draw));
  const all = factors.map(({ what, of }, k): Influence => {
    const rho = rankCorrelation(
      drawn.map((values) => values[k]),
      looked,
    );
    // As many looks as there are factors: Bonferroni's bound.
    const significant = chanceOf(rho, used.length) * factors.length < 0.05;
    return { what, of, rho, with: mixed ? 'success' : measure, significant };
  });
  return all.sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho)).slice(0, LISTED);
}

/** Criteria in words: `period within 20% and leak < 0.01`. */
export const criteriaText = <T>(criteria: readonly Criterion<T>[]): string =>
  criteria
    .flatMap((criterion) => boundsText(criterion).map((words) => `${criterion.name} ${words}`))
    .join(' and ');
