import { join } from 'node:path';
import type { CompareJob } from '../batch/node.js';
import {
  type Compared,
  type CompareRun,
  comparedSystems,
  compareSize,
  problemNamed,
  problemNames,
  reasonAgainst,
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
  seeds: number[];
  runs: PlannedComparison[];
}

export interface CompareChoices {
  systems: string[];
  problems: string[];
  mismatch: number[];
  seeds: number[];
  out: string;
  epochs?: number;
  engine?: EngineKind;
}

/** All runs: a run for every answer, start and size of mismatch. */
export function planComparison({ out, epochs, engine, ...plan }: CompareChoices): ComparePlan {
  const runs = plan.problems.flatMap((problem) =>
    plan.systems
      .filter((system) => reasonAgainst(system, problem) === null)
      .flatMap((system) => {
        const { reactions, trainedElsewhere } = compareSize(system, problem);
        const { train, epochs: most, ...rule } = problemNamed(problem);
        // Without training there is nothing that could end otherwise.
        const sizes = trainedElsewhere === null ? plan.mismatch : [0];
        return plan.seeds.flatMap((seed) =>
          sizes.map((mismatch): PlannedComparison => {
            const choices = { system, problem, seed, mismatch, ...(epochs !== undefined && { epochs }) };
            const entry = (comparedSystems[system] as Compared).entries[rule.name as 'xor'];
            const fingerprint = fingerprintOf(choices, entry, rule, train, epochs ?? most);
            return {
              job: 'compare',
              setting: { experiment: problem, recipe: system },
              seed,
              input: { ...choices, ...(engine && { engine }) },
              fingerprint,
              file: join(out, 'runs', problem, system, `seed-${seed}-${fingerprint}.json`),
              work: (epochs ?? most) * train.inputs.length * reactions,
            };
          }),
        );
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
