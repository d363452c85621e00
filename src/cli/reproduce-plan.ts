import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TrainJob } from '../batch/node.js';
import { type CircuitClockOptions, type Counts, clockedCounts, neuralCrn } from '../circuits/index.js';
import { type NamedTask, type RecipeSettings, type Task, tasks } from '../learning/index.js';
import { PACKAGE_VERSION } from '../learning/version.js';
import { suggest } from '../network/nearest.js';
import type { EngineKind } from '../simulate/types.js';
import { InvalidInput } from './failures.js';
import { readNumber } from './numbers.js';
import { experiments } from './reproduce-experiments.js';
import type { StorableRun } from './stored-runs.js';

/** An experiment with one of its recipes. */
export interface Setting {
  experiment: string;
  /** What the experiment is. */
  title: string;
  recipe: string;
  /** What the recipe is. */
  about: string;
  kind: RecipeSettings;
  /** The clock inside that a flag asked for. */
  clock?: CircuitClockOptions;
}

/** A setting of what learns by epochs. */
export interface TrainedSetting extends Setting {
  epochs: number;
  /** True when a flag asked for other epochs than the recipe's. */
  changed: boolean;
}

/** The settings of one registry of tasks. */
export const settingsOf = (
  settings: readonly Setting[],
  registry: Readonly<Record<string, unknown>>,
): TrainedSetting[] =>
  settings.filter((setting): setting is TrainedSetting => Object.hasOwn(registry, setting.experiment));

/** Seeds that are summed up together. */
export interface SeedGroup {
  /** `0–9`, or `3, 7`. */
  name: string;
  seeds: number[];
}

/** A run to be made, or made already. What decides it: data, circuit, training and the package's version. */
export interface Planned extends StorableRun {
  setting: TrainedSetting;
  counts: Counts;
}

/** A training run of a Neural CRN. */
export interface PlannedRun extends Planned {
  job: 'train';
  input: TrainJob;
}

export interface ReproducePlan {
  settings: TrainedSetting[];
  groups: SeedGroup[];
  runs: PlannedRun[];
}

/** `10` for the first ten, or ranges and single seeds: `0-9,100-119` is two groups, `3,7` one. */
export function readSeeds(flag: string, text: string): SeedGroup[] {
  const whole = (part: string) => readNumber(flag, part, { atLeast: 0, whole: true });
  if (/^\s*\d+\s*$/.test(text)) {
    const count = readNumber(flag, text, { atLeast: 1, below: 100_001, whole: true });
    return [range(0, count - 1)];
  }
  const groups: SeedGroup[] = [];
  const single: number[] = [];
  for (const part of text.split(',')) {
    const ends = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(part);
    if (ends === null) {
      if (!/^\s*\d+\s*$/.test(part)) {
        throw new InvalidInput(
          `${flag} must be a number of seeds, or seeds and ranges as in 0-9,100-119, not ${JSON.stringify(text)}`,
        );
      }
      single.push(whole(part));
      continue;
    }
    const [from, to] = [whole(ends[1]), whole(ends[2])];
    if (to < from || to - from >= 100_000) {
      throw new InvalidInput(`${flag} ${part.trim()} must run from the smaller seed to the larger`);
    }
    groups.push(range(from, to));
  }
  const others = [...new Set(single)];
  return others.length === 0 ? groups : [...groups, { name: others.join(', '), seeds: others }];
}

const range = (from: number, to: number): SeedGroup => ({
  name: from === to ? String(from) : `${from}–${to}`,
  seeds: Array.from({ length: to - from + 1 }, (_, k) => from + k),
});

/**
 * What `xor`, `xor:relu`, `xor:all` or `all` stand for: without a recipe, all that are not marked `other`; `all` with epochs, a
 * clock or an engine, all that can have them.
 * @throws InvalidInput for an unknown name, and for epochs or a clock of what has none
 */
export function chooseSettings(
  words: readonly string[],
  epochs: number | undefined,
  clock?: CircuitClockOptions,
  engine?: EngineKind,
): Setting[] {
  const chosen = new Map<string, Setting>();
  for (const word of words.length === 0 ? ['all'] : words) {
    const [name, recipe] = word.split(/:(.*)/s);
    const names = name === 'all' ? Object.keys(experiments).filter((one) => !experiments[one].apart) : [name];
    for (const experiment of names) {
      if (!Object.hasOwn(experiments, experiment)) refuseExperiment(experiment);
      const { title, recipes, epochsOf, takesEngine } = experiments[experiment];
      if (name === 'all' && engine !== undefined && takesEngine === false) continue;
      if (epochsOf === undefined && (epochs !== undefined || clock !== undefined)) {
        if (name === 'all') continue;
        const flag = epochs === undefined ? '--clock' : '--epochs';
        throw new InvalidInput(
          `${flag} is for what learns by epochs; ${experiment} measures numbers and has none`,
        );
      }
      for (const one of recipesOf(experiment, name === 'all' && recipe !== 'all' ? undefined : recipe)) {
        const own = epochsOf?.(one);
        chosen.set(`${experiment}:${one}`, {
          experiment,
          title,
          recipe: one,
          about: recipes[one].title,
          kind: recipes[one].settings,
          ...(own !== undefined && {
            epochs: epochs ?? own,
            changed: epochs !== undefined && epochs !== own,
          }),
          ...(clock && { clock }),
        });
      }
    }
  }
  return [...chosen.values()];
}

function refuseExperiment(name: string): never {
  const known = Object.keys(experiments);
  throw new InvalidInput(
    `there is no experiment ${JSON.stringify(name)}`,
    suggest(name, [...known, 'all'], `there are ${known.join(', ')}, and all`),
  );
}

function recipesOf(experiment: string, recipe: string | undefined): string[] {
  const { recipes } = experiments[experiment];
  const known = Object.keys(recipes);
  if (recipe === undefined) return known.filter((name) => recipes[name].settings !== 'other');
  if (recipe === 'all') return known;
  if (Object.hasOwn(recipes, recipe)) return [recipe];
  throw new InvalidInput(
    `there is no recipe ${JSON.stringify(recipe)} for ${experiment}`,
    suggest(recipe, known, `there are ${known.join(', ')}, and all`),
  );
}

/** What flags say of all runs. */
export interface RunChoices {
  epochs?: number;
  engine?: EngineKind;
}

/** All training runs of the settings over the seeds, each once. Settings of other systems have runs of their own. */
export function planRuns(
  all: readonly Setting[],
  groups: SeedGroup[],
  out: string,
  choices: RunChoices,
): ReproducePlan {
  const settings = settingsOf(all, tasks);
  const runs = settings.flatMap((setting) =>
    seedsOf(groups).map((seed) => plannedRun(setting, seed, out, choices)),
  );
  return { settings, groups, runs };
}

/** The seeds of what was named, where none were said: all ten, or as many as long experiments have. */
export function usualSeeds(words: readonly string[]): string {
  const fewer = words.map((word) => {
    const name = word.split(':')[0];
    return (Object.hasOwn(experiments, name) ? experiments[name].apart?.seeds : undefined) ?? 10;
  });
  return String(Math.min(10, ...fewer));
}

/** The seeds of all groups, each once. */
export const seedsOf = (groups: readonly SeedGroup[]): number[] => [
  ...new Set(groups.flatMap((group) => group.seeds)),
];

/** Stands for everything that decides a result. */
export const fingerprintOf = (...parts: unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([PACKAGE_VERSION, ...parts]))
    .digest('hex')
    .slice(0, 12);

/** Where the result of a run is kept. */
export const fileOf = (out: string, setting: Setting, seed: number, fingerprint: string): string =>
  join(out, 'runs', setting.experiment, nameOf(setting), `seed-${seed}-${fingerprint}.json`);

function plannedRun(
  setting: TrainedSetting,
  seed: number,
  out: string,
  { epochs, engine }: RunChoices,
): PlannedRun {
  const { experiment, recipe, clock } = setting;
  const choices = {
    recipe,
    seed,
    ...(epochs === undefined ? {} : { epochs }),
    ...(clock && { clock }),
  };
  const task = taskOf(setting, choices);
  // About twenty points make a curve; more would only cost time.
  const measureEvery = Math.max(1, Math.round(task.epochs / 20));
  const options = { ideal: true, ...(measureEvery > 1 && { measureEvery }) };
  // The engine is no part of it: both give the same bits.
  const fingerprint = fingerprintOf(task, options);
  const counts = countsOf(setting, task);
  const predicted = task.train.targets.length + task.validation.targets.length;
  const examples =
    task.epochs * (3 * task.train.targets.length + predicted) + (task.grid?.targets.length ?? 0);
  return {
    job: 'train',
    setting,
    seed,
    input: {
      // Workers have no data of other packages.
      ...(experiments[experiment].apart ? { task } : { task: experiment, ...choices }),
      options: { ...options, ...(engine === undefined ? {} : { engine }) },
    },
    fingerprint,
    file: fileOf(out, setting, seed, fingerprint),
    work: examples * counts.reactions,
    counts,
  };
}

/** @throws RangeError for a circuit that the clock cannot drive */
function countsOf({ experiment, recipe }: Setting, { circuit, clock }: Task): Counts {
  const built = neuralCrn(circuit);
  if (clock === undefined) return built.counts;
  try {
    return clockedCounts(built, clock);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${experiment}:${recipe}: ${error.message}`, { cause: error });
  }
}

/** Name of a setting within its experiment, for files: `constant`, or `constant-coop-proxy`. */
export function nameOf({ recipe, clock }: Pick<Setting, 'recipe' | 'clock'>): string {
  return clock === undefined ? recipe : [recipe, clock.kind, clock.gate ?? 'catalyst'].join('-');
}

/** The task of a setting, with data made from the seed. */
export function taskOf(
  { experiment, recipe, clock }: Pick<Setting, 'experiment' | 'recipe' | 'clock'>,
  choices: { seed?: number; epochs?: number } = {},
): Task {
  return (tasks as Readonly<Record<string, NamedTask>>)[experiment].create({
    ...choices,
    recipe,
    ...(clock && { clock }),
  });
}
