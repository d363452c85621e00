import type { Command } from 'commander';
import type { StochasticChoice } from '../learning/index.js';
import { methodNames } from '../network/index.js';
import type { MethodName } from '../simulate/types.js';
import { stochasticMethods } from '../stochastic/prepare.js';
import type { StochasticMethod } from '../stochastic/types.js';
import { InvalidInput } from './failures.js';
import { choiceOption, defined, numberOption } from './options.js';

/** Flags of training with a finite number of molecules. */
export interface MoleculeFlags {
  volume?: number;
  epsilon?: number;
  stochasticSeed?: number;
  evaluation?: 'stochastic' | 'ode';
}

/** Flags that mean nothing without --volume. */
const dependent = {
  epsilon: '--epsilon',
  stochasticSeed: '--stochastic-seed',
  evaluation: '--evaluation',
} as const;

/** Flags of rate equations, which are not integrated where predictions are stochastic, too. */
const ofEquations = {
  kernels: '--kernels',
  maxSteps: '--max-steps',
  rtol: '--rtol',
  atol: '--atol',
} as const;

/** Adds the flags of `MoleculeFlags`. */
export const moleculeOptions = (command: Command): Command =>
  command
    .optionsGroup('Molecules:')
    .addOption(
      numberOption(
        '--volume <V>',
        'learn with whole molecules, so many to a concentration of 1; --method is then one of ' +
          stochasticMethods.join(', '),
        { above: 0 },
      ),
    )
    .addOption(
      numberOption('--epsilon <E>', 'change of a propensity in a leap of --method tau (default: 0.03)', {
        above: 0,
        below: 1,
      }),
    )
    .addOption(
      numberOption('--stochastic-seed <S>', 'of the molecules (default: --seed)', {
        atLeast: 0,
        whole: true,
      }),
    )
    .addOption(
      choiceOption(
        '--evaluation <HOW>',
        ['stochastic', 'ode'],
        'how losses are measured: with as many molecules, or by rate equations from the weights as they stand',
        'stochastic',
      ),
    );

/** A method of the solver, or one of stochastic simulation where only that has it. */
export function splitMethod(
  method: string | undefined,
  isStochastic: boolean,
): { method?: MethodName; stochastic?: StochasticMethod } {
  if (method === undefined) return {};
  // `auto` is a method of both.
  if ((methodNames as readonly string[]).includes(method)) return { method: method as MethodName };
  if (isStochastic) return { stochastic: method as StochasticMethod };
  throw new InvalidInput(`--method ${method} is for stochastic simulation`, 'add --volume V');
}

/**
 * The molecules that the flags ask for, and the solver's method.
 * @throws InvalidInput for flags that do not go together
 */
export function moleculeChoice(flags: MoleculeFlags & { method?: string }): {
  method?: MethodName;
  stochastic?: StochasticChoice;
} {
  const { volume, epsilon, stochasticSeed: seed, evaluation } = flags;
  const { method, stochastic } = splitMethod(flags.method, volume !== undefined);
  if (volume === undefined) {
    for (const [key, flag] of Object.entries(dependent)) {
      if (flags[key as keyof typeof dependent] === undefined) continue;
      throw new InvalidInput(`${flag} is for learning with whole molecules`, 'add --volume V');
    }
    return defined({ method });
  }
  if (epsilon !== undefined && stochastic !== 'tau') {
    throw new InvalidInput('--epsilon is for --method tau', 'add --method tau');
  }
  const isMeasured = evaluation !== 'ode';
  const meaningless = Object.entries(ofEquations).find(
    ([key]) => isMeasured && (flags as Record<string, unknown>)[key] !== undefined,
  );
  if (meaningless !== undefined) {
    throw new InvalidInput(
      `${meaningless[1]} is for rate equations, which a run with --volume does not integrate`,
      'leave it out, or add --evaluation ode',
    );
  }
  return {
    ...(method !== undefined && method !== 'auto' && { method }),
    stochastic: { volume, ...defined({ method: stochastic, epsilon, seed, evaluation }) },
  };
}
