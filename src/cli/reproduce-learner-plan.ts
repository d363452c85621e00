import type { LearnJob } from '../batch/node.js';
import { type Counts, countsOf, drivenCounts } from '../circuits/index.js';
import { type LearnerTask, learnerTasks, type NamedLearnerTask, systemNamed } from '../learning/index.js';
import { defined } from './options.js';
import {
  fileOf,
  fingerprintOf,
  type Planned,
  type RunChoices,
  type SeedGroup,
  type Setting,
  seedsOf,
  settingsOf,
  type TrainedSetting,
} from './reproduce-plan.js';

/** A run of another system than Neural CRNs. */
export interface PlannedLearnerRun extends Planned {
  job: 'learn';
  input: LearnJob;
}

export interface LearnerPlan {
  settings: TrainedSetting[];
  groups: SeedGroup[];
  runs: PlannedLearnerRun[];
}

/** All runs of other systems over the seeds, each once. */
export function planLearnerRuns(
  all: readonly Setting[],
  groups: SeedGroup[],
  out: string,
  choices: RunChoices,
): LearnerPlan {
  const settings = settingsOf(all, learnerTasks);
  const runs = settings.flatMap((setting) =>
    seedsOf(groups).map((seed) => plannedRun(setting, seed, out, choices)),
  );
  return { settings, groups, runs };
}

function plannedRun(
  setting: TrainedSetting,
  seed: number,
  out: string,
  { epochs, engine }: RunChoices,
): PlannedLearnerRun {
  const { experiment, recipe, clock } = setting;
  const choices = { recipe, seed, ...defined({ epochs, clock }) };
  const task = (learnerTasks as Readonly<Record<string, NamedLearnerTask>>)[experiment].create(choices);
  const fingerprint = fingerprintOf(task);
  const counts = taskCounts(setting, task);
  return {
    job: 'learn',
    setting,
    seed,
    input: { task: experiment, ...choices, ...(engine && { options: { engine } }) },
    fingerprint,
    file: fileOf(out, setting, seed, fingerprint),
    // Phases are long, and under a clock they come with all reactions.
    work: task.epochs * counts.reactions * (task.clock === undefined ? 10 : 50),
    counts,
  };
}

/** @throws RangeError for a circuit that the clock cannot drive */
function taskCounts({ experiment, recipe }: Setting, task: LearnerTask): Counts {
  const { build, undriven } = systemNamed(task.system);
  const { network } = build(task.circuit);
  if (task.clock === undefined) return countsOf(network);
  if (undriven !== undefined) throw new RangeError(`${experiment}:${recipe}: --clock: ${undriven}`);
  if (network.phases.length < 2) {
    throw new RangeError(
      `${experiment}:${recipe} has no phases that a clock could drive: do without --clock`,
    );
  }
  try {
    return drivenCounts(network, task.clock);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${experiment}:${recipe}: ${error.message}`, { cause: error });
  }
}
