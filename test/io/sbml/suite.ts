/**
 * The semantic and stochastic parts of the SBML Test Suite: a folder with `INDEX.json` and `semantic/NNNNN/NNNNN-*`, or the official
 * one. `SBML_SUITE` says where it is; the suite itself is no part of this project.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { columnsOf } from '../../../src/cli/sbml-columns.js';
import { runCase } from '../../../src/cli/sbml-run.js';
import { type CaseSettings, readSettings } from '../../../src/cli/sbml-settings.js';
import { judge, readResults, runStochasticCase, type Verdict } from '../../../src/cli/sbml-stochastic.js';
import { readSbml } from '../../../src/io/sbml/index.js';
import { SolveFailure } from '../../../src/simulate/failure.js';
import { StochasticFailure } from '../../../src/stochastic/failure.js';
import { simulateStochasticMany } from '../../../src/stochastic/inlined.js';
import type { StochasticMethod } from '../../../src/stochastic/types.js';

const given = process.env.SBML_SUITE;
/** Undefined where there is no suite. */
export const suiteFolder = [given ?? '../shared/data/sbml-suite']
  .map((path) => resolve(path))
  .find(existsSync);
if (given !== undefined && suiteFolder === undefined)
  throw new Error(`SBML_SUITE: there is no folder ${given}`);

export interface SuiteCase {
  id: string;
  /** `mass-action`, `generalized` or `reject`, where an index says so; what its models are made of. */
  group: string;
  tags: string[];
  files: string;
  /** File names of the models, the highest level first. */
  models: string[];
}

const editions = ['l3v2', 'l3v1', 'l2v5', 'l2v4', 'l2v3', 'l2v2', 'l2v1'];

type Part = 'semantic' | 'stochastic';
type Known = Map<string, { group: string; tags: string[] | null }>;

function knownCases(folder: string, part: Part): Known | undefined {
  const index = join(folder, 'INDEX.json');
  if (!existsSync(index)) return undefined;
  const cases: { id: string; suite: Part; group: string; tags: string[] | null }[] = JSON.parse(
    readFileSync(index, 'utf8'),
  ).cases;
  return new Map(cases.filter(({ suite }) => suite === part).map((one) => [one.id, one]));
}

/** Names of the cases that an index has, in order; undefined without one. */
export const indexed = (folder: string, part: Part): string[] | undefined => {
  const known = knownCases(folder, part);
  return known && [...known.keys()].sort();
};

/** The cases of a part of the suite; without an index in the group `any`. */
export function suiteCases(folder: string, part: Part = 'semantic'): SuiteCase[] {
  const known: Known = knownCases(folder, part) ?? new Map();
  const found = [join(folder, part), join(folder, 'cases', part)].find(existsSync);
  const cases = found ?? folder;
  if (found === undefined && part === 'stochastic') return [];
  return readdirSync(cases)
    .filter((id) => /^\d{5}$/.test(id))
    .sort()
    .map((id) => {
      const files = join(cases, id, id);
      const models = editions.map((edition) => `${files}-sbml-${edition}.xml`).filter(existsSync);
      const { group = 'any', tags } = known.get(id) ?? {};
      return { id, group, tags: tags ?? tagsOf(`${files}-model.m`), files, models };
    });
}

/** The tags in the official suite's description of a case. */
function tagsOf(description: string): string[] {
  if (!existsSync(description)) return [];
  const lines = readFileSync(description, 'utf8').match(/^\s*(?:component|test)Tags:.*$/gm) ?? [];
  return lines.flatMap((line) => line.slice(line.indexOf(':') + 1).split(',')).map((tag) => tag.trim());
}

export type Outcome =
  | { kind: 'passed'; worst: number }
  | { kind: 'refused'; why: string }
  /** The results differ from the suite's. */
  | { kind: 'wrong'; worst: number };

/** Runs one of a case's models, and compares by the suite's rule |C − U| ≤ Ta + Tr·|C|. */
export async function runSuiteCase({ files }: SuiteCase, model: string): Promise<Outcome> {
  const { network, issues, meanings } = readSbml(readFileSync(model, 'utf8'));
  if (network === null) {
    return { kind: 'refused', why: issues.find(({ severity }) => severity === 'error')!.code };
  }
  let rows: number[][];
  let settings: CaseSettings;
  try {
    settings = readSettings(readFileSync(`${files}-settings.txt`, 'utf8'));
    rows = await runCase(network, columnsOf(settings, meanings), settings);
  } catch (error) {
    if (error instanceof SolveFailure) return { kind: 'refused', why: error.code };
    if (error instanceof RangeError) return { kind: 'refused', why: error.message };
    throw error;
  }
  const lines = readFileSync(`${files}-results.csv`, 'utf8').trim().split(/\r?\n/).slice(1);
  let worst = lines.length === rows.length ? 0 : Infinity;
  for (const [i, line] of lines.entries()) {
    for (const [j, word] of line.split(',').entries()) {
      const wanted = numberOf(word);
      const mine = rows[i]?.[j] ?? Number.NaN;
      if (Object.is(wanted, mine)) continue;
      const off = Math.abs(wanted - mine) / (settings.absolute! + settings.relative! * Math.abs(wanted));
      // Not a number is as wrong as can be.
      worst = off > worst || Number.isNaN(off) ? off : worst;
    }
  }
  return worst <= 1 ? { kind: 'passed', worst } : { kind: 'wrong', worst };
}

const words: Record<string, number> = { NaN: Number.NaN, INF: Infinity, '-INF': -Infinity };
const numberOf = (word: string): number => words[word.trim()] ?? Number(word);

export type StochasticOutcome =
  | { kind: 'passed' | 'wrong'; verdicts: Verdict[] }
  | { kind: 'refused'; why: string };

/** Makes the runs of a stochastic case, and judges them by the suite's Z and Y. */
export async function runStochasticSuiteCase(
  { files, models }: SuiteCase,
  runs: number,
  seed: number,
  method: StochasticMethod = 'auto',
): Promise<StochasticOutcome> {
  const { network, issues, meanings } = readSbml(readFileSync(models[0]!, 'utf8'));
  if (network === null) {
    return { kind: 'refused', why: issues.find(({ severity }) => severity === 'error')!.message };
  }
  try {
    const settings = readSettings(readFileSync(`${files}-settings.txt`, 'utf8'));
    const columns = columnsOf(settings, meanings);
    const moments = await runStochasticCase(network, columns, settings, runs, simulateStochasticMany, {
      seed,
      method,
    });
    const verdicts = judge(
      moments,
      readResults(readFileSync(`${files}-results.csv`, 'utf8')),
      runs,
      settings,
    );
    return { kind: verdicts.every(({ passed }) => passed) ? 'passed' : 'wrong', verdicts };
  } catch (error) {
    if (error instanceof StochasticFailure || error instanceof RangeError) {
      return { kind: 'refused', why: error.message };
    }
    throw error;
  }
}
