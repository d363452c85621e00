import { join } from 'node:path';
import type { CompareJob } from '../batch/node.js';
import {
  type CompareRun,
  comparedSystems,
  compareSize,
  problemNamed,
  problemNames,
  reasonAgainst,
  startOf,
  type TimedRun,
} from '../compare/index.js';
import { suggest } from '../network/nearest.js';
import type { EngineKind } from '../simulate/types.js';
import { InvalidInput } from './failures.js';
import { readNumbers, splitList } from './numbers.js';
import { fingerprintOf } from './reproduce-plan.js';
import type { KeptRun, StorableRun } from './stored-runs.js';

/** A start of a system on a problem. */
export interface PlannedComparison extends StorableRun {
  job: 'compare';
  input: CompareJob;
}

export type KeptComparison = KeptRun<CompareRun>;

/** What is compared with what. */
export interface ComparePlan {
  systems: string[];
  problems: string[];
  /** Sizes of the rates' factors, 0 first. */
  mismatch: number[];
  /** Molecules that a concentration of 1 stands for, the most first; beside the rate equations. */
  volumes: number[];
  seeds: number[];
  runs: PlannedComparison[];
}

export interface CompareChoices {
  systems: string[];
  problems: string[];
  mismatch: number[];
  volumes: number[];
  seeds: number[];
  out: string;
  epochs?: number;
  engine?: EngineKind;
}

/** All runs, a run for every answer, start and size of mismatch: start by start, so that what is stopped is even. */
export function planComparison({ out, epochs, engine, ...plan }: CompareChoices): ComparePlan {
  const answers = plan.problems.flatMap((problem) =>
    plan.systems
      .filter((system) => reasonAgainst(system, problem) === null)
      .map((system) => {
        const { reactions } = compareSize(system, problem);
        const { train, epochs: most } = problemNamed(problem);
        const work = (epochs ?? most) * train.inputs.length * reactions;
        return { system, problem, work };
      }),
  );
  const variants = [
    ...plan.mismatch.map((mismatch) => ({ mismatch })),
    ...plan.volumes.map((volume) => ({ mismatch: 0, volume })),
  ];
  const runs = plan.seeds.flatMap((seed) =>
    answers.flatMap(({ system, problem, work }) => {
      const start = startOf(system, problem, seed);
      return variants.map((variant): PlannedComparison => {
        const choices = { system, problem, seed, ...variant, ...(epochs !== undefined && { epochs }) };
        const fingerprint = fingerprintOf(choices, start);
        return {
          job: 'compare',
          setting: { experiment: problem, recipe: system },
          seed,
          input: { ...choices, ...(engine && { engine }) },
          fingerprint,
          file: join(out, 'runs', problem, system, `seed-${seed}-${fingerprint}.json`),
          work,
        };
      });
    }),
  );
  return { ...plan, runs };
}

/** Runs that are there, each with its time. */
export const timedRuns = (stored: ReadonlyMap<PlannedComparison, KeptComparison>): TimedRun[] =>
  [...stored.values()].map(({ result, seconds }) => ({ ...result, seconds }));

/** @throws InvalidInput for a name that is not among them */
const readKnown =
  (what: string, known: readonly string[]) =>
  (flag: string, text: string): string[] => {
    const names = [...new Set(splitList(text))];
    for (const name of names) {
      if (known.includes(name)) continue;
      throw new InvalidInput(
        `${flag}: there is no ${what} ${JSON.stringify(name)}`,
        suggest(name, known, `there are ${known.join(', ')}`),
      );
    }
    return names;
  };

export const readProblems = readKnown('problem', problemNames);
export const readSystems = readKnown('system', Object.keys(comparedSystems));

/** Sizes of mismatch, 0 before all others. */
export function readMismatch(flag: string, text: string): number[] {
  const sizes = text.trim() === 'none' ? [] : readNumbers(flag, text, { atLeast: 0 });
  return [...new Set([0, ...sizes])].sort((a, b) => a - b);
}

/** Molecules that a concentration of 1 stands for, the most first. */
export function readVolumes(flag: string, text: string): number[] {
  const volumes = text.trim() === 'none' ? [] : readNumbers(flag, text, { above: 0 });
  return [...new Set(volumes)].sort((a, b) => b - a);
}
