import type { Command, Option } from 'commander';
import type { Experiment, FitOptions, Variation } from '../fit/index.js';
import type { Network } from '../network/model.js';
import { InvalidInput } from './failures.js';
import { readAssignments, readTolerances, splitList, type Tolerances } from './numbers.js';
import { checkNames, namesOption, numberOption, parsedOption } from './options.js';

type Scale = 'linear' | 'log';

/** Scales by quantity, and that of all others. */
interface Scales {
  all?: Scale;
  named: Map<string, Scale>;
}

/** What the flags say of the search. */
export interface SearchFlags {
  vary?: string[];
  start?: Map<string, number>;
  lower?: Map<string, number>;
  upper?: Map<string, number>;
  scale?: Scales;
  sigma?: Tolerances;
  starts?: number;
  seed?: number;
  maxIterations?: number;
  confidence?: number;
}

const numbersOption = (flags: string, description: string): Option =>
  parsedOption<Map<string, number>>(flags, description, (flag, text, before) =>
    readAssignments(flag, text, {}, before),
  );

/** Adds the flags of `SearchFlags`. */
export function addSearchOptions(command: Command): Command {
  return command
    .optionsGroup('Fit:')
    .addOption(
      namesOption(
        '--vary <P,…>',
        'what to fit: parameters, rate:LABEL or rate:NUMBER, init:SPECIES (default: all parameters)',
      ),
    )
    .addOption(numbersOption('--start <P=1,…>', 'where to start (default: what the file says)'))
    .addOption(numbersOption('--lower <P=0,…>', 'least values (default: 0, or none for a start below it)'))
    .addOption(numbersOption('--upper <P=9,…>', 'greatest values (default: none)'))
    .addOption(
      parsedOption<Scales>(
        '--scale <S>',
        'what is varied: linear, log (the logarithm), or by name as in log,k=linear (default: linear)',
        readScales,
      ),
    )
    .addOption(
      parsedOption<Tolerances>(
        '--sigma <S>',
        'standard deviation of measurements, for all or by column as in 0.1,B=0.02, where the data have none',
        readTolerances,
      ),
    )
    .addOption(
      numberOption('--starts <N>', 'starts, spread over the bounds (default: 1)', {
        atLeast: 1,
        whole: true,
      }),
    )
    .addOption(numberOption('--seed <N>', 'of the other starts (default: 0)', { atLeast: 0, whole: true }))
    .addOption(
      numberOption('--max-iterations <N>', 'steps from one start (default: 200)', {
        atLeast: 1,
        whole: true,
      }),
    )
    .addOption(numberOption('--confidence <C>', 'of the intervals (default: 0.95)', { above: 0, below: 1 }));
}

function readScales(flag: string, text: string, before: Scales = { named: new Map() }): Scales {
  const scales: Scales = { ...before, named: new Map(before.named) };
  for (const entry of splitList(text)) {
    const equals = entry.lastIndexOf('=');
    const word = entry.slice(equals + 1).trim();
    if (word !== 'linear' && word !== 'log') {
      throw new InvalidInput(
        `${flag} must be linear, log or name=linear and name=log, not ${JSON.stringify(entry)}`,
      );
    }
    const name = entry.slice(0, Math.max(0, equals)).trim().replaceAll('`', '');
    if (name === '') scales.all = word;
    else scales.named.set(name, word);
  }
  return scales;
}

/**
 * The quantities to vary, and how.
 * @throws InvalidInput for a flag about what is not varied
 */
export function varied(
  network: Network,
  file: string,
  { vary, start, lower, upper, scale }: SearchFlags,
): FitOptions['vary'] {
  const names = vary ?? network.parameters.map(({ name }) => name);
  if (names.length === 0) {
    throw new InvalidInput(`${file} has no parameters to fit`, 'name quantities with --vary');
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InvalidInput(`--vary names ${twice} twice`);
  for (const [flag, given] of Object.entries({
    '--start': start,
    '--lower': lower,
    '--upper': upper,
    '--scale': scale?.named,
  })) {
    if (given !== undefined) checkNames(flag, given.keys(), names, 'varied quantity');
  }
  return Object.fromEntries(
    names.map((name): [string, Variation] => {
      const at = { start: start?.get(name), lower: lower?.get(name), upper: upper?.get(name) };
      const own = scale?.named.get(name) ?? scale?.all;
      const variation: Variation = { ...(own !== undefined && { scale: own }) };
      for (const key of ['start', 'lower', 'upper'] as const) {
        const value = at[key];
        if (value !== undefined) variation[key] = value;
      }
      return [name, variation];
    }),
  );
}

/** @throws InvalidInput for a number that is given, and varied too */
export function refuseVaried(
  vary: FitOptions['vary'],
  { set, param }: { set?: ReadonlyMap<string, number>; param?: ReadonlyMap<string, number> },
): void {
  const given = [
    ...[...(param ?? [])].map(([name, value]) => ({ flag: '--param', name, quantity: name, value })),
    ...[...(set ?? [])].map(([name, value]) => ({ flag: '--set', name, quantity: `init:${name}`, value })),
  ];
  for (const { flag, name, quantity, value } of given) {
    if (!Object.hasOwn(vary, quantity)) continue;
    throw new InvalidInput(
      `${flag} gives ${name}, which is varied`,
      `its start is --start ${quantity}=${value}`,
    );
  }
}

/**
 * Experiments with what the flags say of all of them; the data go first.
 * @throws InvalidInput for a `--sigma` of a column that was not measured, or of one that has its own
 */
export function withFlags(
  experiments: readonly Experiment[],
  { sigma }: SearchFlags,
  { initial, parameters }: { initial?: Record<string, number>; parameters?: Record<string, number> },
): Experiment[] {
  const measured = [...new Set(experiments.flatMap(({ values }) => Object.keys(values)))];
  if (sigma !== undefined) checkNames('--sigma', sigma.species.keys(), measured, 'measured column');
  return experiments.map((experiment) => {
    const own = (experiment.sigma ?? {}) as Record<string, ArrayLike<number>>;
    const twice = Object.keys(own).find((name) => sigma?.species.has(name));
    if (twice !== undefined) {
      throw new InvalidInput(`--sigma gives ${twice}, but the data have a column sigma:${twice}`);
    }
    const sigmas: Record<string, number | ArrayLike<number>> = {};
    for (const name of Object.keys(experiment.values)) {
      const found = own[name] ?? sigma?.species.get(name) ?? sigma?.all;
      if (found !== undefined) sigmas[name] = found;
    }
    return {
      ...experiment,
      ...(Object.keys(sigmas).length > 0 && { sigma: sigmas }),
      ...(initial && { initial: { ...initial, ...experiment.initial } }),
      ...(parameters && { parameters: { ...parameters, ...experiment.parameters } }),
    };
  });
}
