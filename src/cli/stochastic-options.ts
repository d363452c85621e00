import type { Command } from 'commander';
import { methodNames } from '../network/index.js';
import { stochasticMethods } from '../stochastic/prepare.js';
import type { StochasticManyOptions, StochasticMethod, StochasticUnit } from '../stochastic/types.js';
import { InvalidInput } from './failures.js';
import { readAssignments, readNumber } from './numbers.js';
import { choiceOption, defined, numberOption, parsedOption } from './options.js';

/** Flags that ask for stochastic simulation and its own options. */
export interface StochasticFlags {
  stochastic?: boolean;
  volume?: number | Map<string, number>;
  runs?: number;
  seed?: number;
  run?: number;
  epsilon?: number;
  unit?: StochasticUnit;
  maxEvents?: number;
  trajectories?: string;
  jobs?: number;
}

/** Flags of `StochasticFlags` as they are written, but for --stochastic itself. */
const own: Record<Exclude<keyof StochasticFlags, 'stochastic'>, string> = {
  volume: '--volume',
  runs: '--runs',
  seed: '--seed',
  run: '--run',
  epsilon: '--epsilon',
  unit: '--unit',
  maxEvents: '--max-events',
  trajectories: '--trajectories',
  jobs: '--jobs',
};

/** Flags of the deterministic solver, which mean nothing here. */
const solver = { rtol: '--rtol', atol: '--atol', kernels: '--kernels', maxSteps: '--max-steps' } as const;

const whole = { atLeast: 0, whole: true };
const counted = { atLeast: 1, whole: true };

/** Adds the flags of `StochasticFlags`. */
export function stochasticOptions(command: Command): Command {
  return command
    .optionsGroup('Stochastic:')
    .option(
      '--stochastic',
      `whole molecules and single events; --method is then one of ${stochasticMethods.join(', ')}`,
    )
    .addOption(
      parsedOption<number | Map<string, number>>(
        '--volume <V>',
        'molecules that a concentration of 1 stands for, or cell=1000,… by compartment',
        (flag, text, before) =>
          text.includes('=')
            ? readAssignments(flag, text, { above: 0 }, before instanceof Map ? before : undefined)
            : readNumber(flag, text, { above: 0 }),
      ),
    )
    .addOption(numberOption('--runs <N>', 'runs of an ensemble (default: 1)', counted))
    .addOption(numberOption('--seed <S>', 'of the random numbers (default: 0)', whole))
    .addOption(
      numberOption(
        '--run <I>',
        'number of the run, or of the first, among those of the seed (default: 0)',
        whole,
      ),
    )
    .addOption(
      numberOption('--epsilon <E>', 'change of a propensity in a leap of --method tau (default: 0.03)', {
        above: 0,
        below: 1,
      }),
    )
    .addOption(
      choiceOption('--unit <U>', ['concentration', 'molecules'], 'what is reported', 'concentration'),
    )
    .addOption(numberOption('--max-events <N>', 'events allowed in one run (default: 1e9)', counted))
    .option('--trajectories <FILE>', 'every run of an ensemble as CSV: run,time,…; - for standard output')
    .addOption(
      numberOption(
        '--jobs <N>',
        'workers of an ensemble (default: as many as there are processors)',
        counted,
      ),
    );
}

/**
 * Checks that the flags go together, and the method.
 * @throws InvalidInput naming a flag that has no meaning with or without --stochastic
 */
export function checkStochasticFlags(given: StochasticFlags): void {
  const flags = given as StochasticFlags & Record<string, unknown>;
  if (flags.stochastic) {
    for (const [key, flag] of Object.entries(solver)) {
      if (flags[key] === undefined) continue;
      throw new InvalidInput(
        `${flag} is for the deterministic solver`,
        'leave it out, or leave out --stochastic',
      );
    }
    const many = flags.runs !== undefined && flags.runs > 1;
    for (const key of ['trajectories', 'jobs'] as const) {
      if (flags[key] !== undefined && !many)
        throw new InvalidInput(`${own[key]} is for ensembles`, 'add --runs N');
    }
    return;
  }
  const { method } = flags;
  if (method !== undefined && !(methodNames as readonly unknown[]).includes(method)) {
    throw new InvalidInput(`--method ${method} is for stochastic simulation`, 'add --stochastic');
  }
  for (const [key, flag] of Object.entries(own)) {
    if (flags[key] !== undefined)
      throw new InvalidInput(`${flag} is for stochastic simulation`, 'add --stochastic');
  }
}

/** The library's options from the flags. Those of the run itself come from elsewhere. */
export function stochasticOptionsOf(
  { volume, seed, epsilon, unit, maxEvents }: StochasticFlags,
  method: string | undefined,
): StochasticManyOptions {
  if (method !== undefined && !stochasticMethods.includes(method as StochasticMethod)) {
    throw new InvalidInput(
      `--method must be ${stochasticMethods.join(', ')} with --stochastic, not "${method}"`,
    );
  }
  return defined({
    volume: volume instanceof Map ? Object.fromEntries(volume) : volume,
    seed,
    epsilon,
    unit,
    maxEvents,
    method: method as StochasticMethod | undefined,
  });
}
