import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Rails } from '../circuits/index.js';
import { type NamedTask, type Task, tasks } from '../learning/index.js';
import { suggest } from '../network/nearest.js';
import { type ClockFlags, clockChoice, clockOptions } from './clock.js';
import { InvalidInput, refusing } from './failures.js';
import { type NetworkFile, readNetwork } from './input.js';
import { asFlags, choiceOption, defined, numberOption } from './options.js';
import type { Terminal } from './terminal.js';

/** Flags that say more of a named task. */
export interface TaskFlags extends ClockFlags {
  recipe?: string;
  epochs?: number;
  taskSeed?: number;
  rails?: Rails;
}

/** What a command is about: a named task, or a network from a file. */
export type Subject = { kind: 'task'; name: string; task: Task } | ({ kind: 'network' } & NetworkFile);

/** Adds the flags of `TaskFlags`. */
export function taskOptions(command: Command): Command {
  command
    .option('--recipe <NAME>', 'which circuit a task is learned with (default: its best)')
    .addOption(
      numberOption('--epochs <N>', "epochs in all (default: the recipe's)", { atLeast: 0, whole: true }),
    )
    .addOption(choiceOption('--rails <FORM>', ['positive', 'dual'], 'rails of a task', "the recipe's"))
    .addOption(
      numberOption('--task-seed <S>', 'of data, weights and order (default: 0)', { atLeast: 0, whole: true }),
    );
  return clockOptions(command);
}

/**
 * Finds a task, or reads a network.
 * @throws InvalidInput or InvalidFile
 */
export async function readSubject(what: string, flags: TaskFlags, terminal: Terminal): Promise<Subject> {
  const clock = clockChoice(flags);
  const { recipe, epochs, rails, taskSeed: seed } = flags;
  const circuit = rails && { rails };
  if (Object.hasOwn(tasks, what)) {
    const named: NamedTask = tasks[what as keyof typeof tasks];
    const task = await refusing(
      () => named.create(defined({ seed, recipe, epochs, clock, circuit })),
      asFlags,
    );
    return { kind: 'task', name: what, task };
  }
  const names = Object.keys(tasks);
  if (what !== '-' && !existsSync(what) && !/[/\\.]/.test(what)) {
    throw new InvalidInput(
      `there is neither a task nor a file ${JSON.stringify(what)}`,
      suggest(what, names, `the tasks are ${names.join(', ')}; anything else is read as a network`),
    );
  }
  for (const [flag, value] of Object.entries({ recipe, epochs, clock, rails, 'task-seed': seed })) {
    if (value !== undefined) throw new InvalidInput(`--${flag} is for tasks; ${what} is read as a network`);
  }
  return { kind: 'network', ...(await readNetwork(what, terminal)) };
}
