import { distribution, wilson } from '../robustness/index.js';
import { reasonAgainst } from './entrant.js';
import type { CompareRun } from './run.js';
import { type CompareSize, compareSize } from './sizes.js';
import { comparedSystems } from './systems.js';

/** Part of the starts that reach the goal, with Wilson's interval of 95 %. */
export interface SuccessRate {
  reached: number;
  runs: number;
  rate: number;
  interval: [low: number, high: number];
}

/** Median over starts, and the extremes. */
export interface Extent {
  median: number;
  least: number;
  most: number;
}

/** A system's answer to a problem over all starts. */
export interface CompareRow {
  system: string;
  title: string;
  problem: string;
  size: CompareSize;
  /** As designed. `null` where no run is there. */
  success: SuccessRate | null;
  /** The same starts by the ideal algorithm. */
  idealSuccess: SuccessRate | null;
  /** Over the starts that reach the goal: what was seen, simulated time, and how long that takes in a laboratory (seconds). */
  epochs: Extent | null;
  examples: Extent | null;
  time: Extent | null;
  labSeconds: Extent | null;
  /** Over all starts: part of the variance that is left, and part decided rightly, asked afterwards. */
  left: Extent | null;
  right: Extent | null;
  testLeft: Extent | null;
  testRight: Extent | null;
  /** Medians and largest over all starts of the differences from the ideal step. */
  stepDifference: { median: number; most: number } | null;
  solverSteps: number | null;
  /** Wall-clock time for an example learned, in milliseconds, beside other work. */
  milliseconds: number | null;
  /** With rate constants that are off, by size. */
  mismatch: ({ sigma: number } & SuccessRate)[];
  /** With whole molecules, by how many a concentration of 1 stands for, the most first. */
  volumes: ({ volume: number } & SuccessRate)[];
  failures: { seed: number; mismatch: number; volume?: number; message: string }[];
}

/** A system that has no answer to a problem. */
export interface NoAnswer {
  system: string;
  title: string;
  problem: string;
  reason: string;
}

/** A run with the time that it took where it was made. */
export interface TimedRun extends CompareRun {
  seconds: number;
}

export interface Comparison {
  rows: CompareRow[];
  without: NoAnswer[];
}

/** The table of what has been run, problem by problem. */
export function compareRows(
  systems: readonly string[],
  problems: readonly string[],
  runs: readonly TimedRun[],
): Comparison {
  const found: Comparison = { rows: [], without: [] };
  for (const problem of problems) {
    for (const system of systems) {
      const { title } = comparedSystems[system];
      const reason = reasonAgainst(system, problem);
      if (reason !== null) found.without.push({ system, title, problem, reason });
      else {
        const own = runs.filter((run) => run.system === system && run.problem === problem);
        found.rows.push(rowOf(system, problem, own));
      }
    }
  }
  return found;
}

function rowOf(system: string, problem: string, all: readonly TimedRun[]): CompareRow {
  const size = compareSize(system, problem);
  const equations = all.filter(({ volume }) => volume === undefined);
  const runs = equations.filter(({ mismatch }) => mismatch === 0);
  const learned = runs.filter(({ reached, epochs }) => reached && epochs > 0);
  const of = <T>(from: readonly T[], value: (run: T) => number | null | undefined) =>
    extent(from.map((run) => value(run) ?? null));
  const ideals = runs.flatMap(({ ideal }) => ideal ?? []);
  const differences = runs.flatMap(({ stepDifference }) => stepDifference ?? []);
  const sigmas = [...new Set(equations.map(({ mismatch }) => mismatch))].filter((sigma) => sigma > 0);
  const volumes = [...new Set(all.flatMap(({ mismatch, volume }) => (mismatch === 0 ? (volume ?? []) : [])))];
  return {
    system,
    title: comparedSystems[system].title,
    problem,
    size,
    success: runs.length === 0 ? null : successOf(runs),
    idealSuccess: ideals.length === 0 ? null : successOf(ideals),
    epochs: of(learned, (run) => run.epochs),
    examples: of(learned, (run) => run.examples),
    time: of(learned, (run) => run.time),
    labSeconds: of(learned, (run) => run.time * size.timeUnit),
    left: of(runs, (run) => run.train?.left),
    right: of(runs, (run) => run.train?.right),
    testLeft: of(runs, (run) => run.test?.left),
    testRight: of(runs, (run) => run.test?.right),
    stepDifference:
      differences.length === 0
        ? null
        : {
            median: distribution(differences.map(({ median }) => median)).median as number,
            most: Math.max(...differences.map(({ most }) => most)),
          },
    solverSteps: of(runs, (run) => (run.solverSteps > 0 ? run.solverSteps : null))?.median ?? null,
    milliseconds:
      of(runs, (run) => (run.examples > 0 ? (1000 * run.seconds) / run.examples : null))?.median ?? null,
    mismatch: sigmas
      .sort((a, b) => a - b)
      .map((sigma) => ({ sigma, ...successOf(equations.filter(({ mismatch }) => mismatch === sigma)) })),
    volumes: volumes
      .sort((a, b) => b - a)
      .map((volume) => ({
        volume,
        ...successOf(all.filter((run) => run.mismatch === 0 && run.volume === volume)),
      })),
    failures: all.flatMap(({ seed, mismatch, volume, failure }) =>
      failure ? [{ seed, mismatch, ...(volume !== undefined && { volume }), message: failure.message }] : [],
    ),
  };
}

function successOf(runs: readonly { reached: boolean }[]): SuccessRate {
  const reached = runs.filter((run) => run.reached).length;
  return { reached, runs: runs.length, rate: reached / runs.length, interval: wilson(reached, runs.length) };
}

function extent(values: readonly (number | null)[]): Extent | null {
  const { median, least, most } = distribution(values);
  return median === null || least === null || most === null ? null : { median, least, most };
}
