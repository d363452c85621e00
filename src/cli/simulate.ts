import type { Command } from 'commander';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { simulate } from '../simulate/inlined.js';
import type { Solution } from '../simulate/solution.js';
import type { SimulateOptions } from '../simulate/types.js';
import { stochasticMethods } from '../stochastic/prepare.js';
import { InvalidFile, InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { type NetworkFile, readNetwork } from './input.js';
import {
  plural,
  readAssignments,
  readSave,
  type SaveFlag,
  seconds,
  short,
  type Tolerances,
} from './numbers.js';
import {
  aboutFile,
  checkNames,
  commonOptions,
  defined,
  fromOption,
  numberOption,
  parsedOption,
  type SolverFlags,
  solverOptions,
  tolerancesOption,
} from './options.js';
import { prepareTargets } from './output.js';
import { preparePlot } from './plots.js';
import { startProgress } from './progress.js';
import { interruptible } from './signals.js';
import { simulateStochastically } from './simulate-stochastic.js';
import { finalTable, writeSolution } from './solution-output.js';
import { solutionJson } from './solution-text.js';
import { endAfter } from './solve-failures.js';
import { checkStochasticFlags, type StochasticFlags, stochasticOptions } from './stochastic-options.js';
import { openTerminal, type TerminalFlags } from './terminal.js';

/** Flags of what a network starts with and how it is solved. */
export interface NumberFlags extends SolverFlags {
  atol?: Tolerances;
  maxSeconds?: number;
  set?: Map<string, number>;
  param?: Map<string, number>;
}

/** Flags of one run of a network. */
export interface RunFlags extends NumberFlags {
  from?: string;
  to?: number;
  save?: SaveFlag;
}

interface SimulateFlags extends TerminalFlags, RunFlags, StochasticFlags {
  csv?: string;
  json?: string;
  plot?: string;
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary('simulate a network from its text')
    .description(
      'Simulates a network. Flags override what the file says. Without --csv, --json or --plot the final ' +
        'concentrations are printed.',
    )
    .argument('<file>', 'a network as text (.crn) or in another format, or - for standard input');
  addRunOptions(command, stochasticMethods);
  stochasticOptions(command)
    .optionsGroup('Output:')
    .option('--csv <FILE>', 'concentrations over time as CSV; - for standard output')
    .option('--json <FILE>', 'all of the result as JSON; - for standard output')
    .option('--plot <FILE>', 'a plot over time, .svg or .png');
  addExamples(
    command,
    'simulate decay.crn --to 10',
    'simulate rober.crn --save log:1e-6:1e5:99 --atol B=1e-18 --csv -',
    'simulate decay.crn --to 10 --stochastic --volume 100 --runs 1000 --seed 1 --plot spread.svg',
  );
  commonOptions(command).action(run);
}

/** Adds the flags of `RunFlags`. @param others methods that are allowed beside the solver's */
export function addRunOptions(command: Command, others: readonly string[] = []): Command {
  command
    .option(...fromOption)
    .optionsGroup('Run:')
    .addOption(numberOption('--to <T>', 'end time', { above: 0 }))
    .addOption(
      parsedOption(
        '--save <N>',
        'equal intervals to save, or log:FIRST:LAST:POINTS (default: 200)',
        readSave,
      ),
    );
  return addNumberOptions(command, others);
}

/** Adds the flags of `NumberFlags`. @param others methods that are allowed beside the solver's */
export function addNumberOptions(command: Command, others: readonly string[] = []): Command {
  command
    .addOption(
      parsedOption<Map<string, number>>('--set <A=1,…>', 'starting concentrations', (flag, text, before) =>
        readAssignments(flag, text, { atLeast: 0 }, before),
      ),
    )
    .addOption(
      parsedOption<Map<string, number>>('--param <k=2,…>', 'parameters', (flag, text, before) =>
        readAssignments(flag, text, {}, before),
      ),
    )
    .optionsGroup('Solver:');
  return solverOptions(command, others)
    .addOption(tolerancesOption())
    .addOption(numberOption('--max-seconds <S>', 'wall-clock seconds allowed', { above: 0 }));
}

async function run(file: string, flags: SimulateFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { csv, json, plot, trajectories } = flags;
  checkStochasticFlags(flags);
  if (plot === '-') throw new InvalidInput('--plot needs a file name that ends in .svg or .png');
  prepareTargets({ '--csv': csv, '--json': json, '--trajectories': trajectories, '--plot': plot });
  await preparePlot('--plot', plot);
  const source = await readNetwork(file, terminal, flags.from);
  if (source.network.species.length === 0) {
    throw InvalidFile.of(source.name, 'the network is empty: it has no species');
  }
  const options = simulateOptions(source, flags);
  if (flags.stochastic) return simulateStochastically(terminal, source, flags, options);

  const began = performance.now();
  let failure: SolveFailure | undefined;
  let solution: Solution | undefined;
  await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'simulating', 1);
    const onProgress: NonNullable<SimulateOptions['onProgress']> = ({ time, fraction, steps }) =>
      bar.update(fraction, `t = ${short(time, 3)}, ${plural(steps, 'step')}`);
    try {
      solution = await refusing(
        () => simulate(source.network, { ...options, signal, onProgress }),
        (message) => aboutFile(source.name, message),
      );
    } catch (error) {
      if (!(error instanceof SolveFailure)) throw error;
      failure = error;
      solution = error.partial;
    } finally {
      bar.stop();
    }
  });
  const elapsed = performance.now() - began;

  const printed = csv === undefined && json === undefined && plot === undefined;
  if (solution !== undefined) {
    const made = solution;
    await writeSolution(terminal, flags, made, failure?.code, () => solutionJson(made, failure));
    if (printed) terminal.print(finalTable(terminal, made, failure?.time));
  }
  if (failure !== undefined) endAfter(terminal, failure, `at time ${short(failure.time)}`, !printed);
  if (solution !== undefined) terminal.say(workLine(solution, elapsed));
}

/** @throws InvalidInput naming the flag, its value and what is allowed */
export function simulateOptions({ network, name }: NetworkFile, flags: RunFlags): SimulateOptions {
  const { to, save } = flags;
  const numbers = numberOptions(network, flags);
  if (to === undefined && network.simulation.to === undefined && network.phases.length === 0) {
    throw new InvalidInput(
      `${name}: no end time is given`,
      'add --to T, or the line `simulate to T` in the file',
    );
  }
  const grid = save ?? network.simulation.save;
  if (to !== undefined && grid?.kind === 'log' && grid.to > to) {
    const from = save === undefined ? "the file's save log" : '--save log';
    throw new InvalidInput(
      `${from} goes to ${grid.to}, but the run ends at --to ${to}`,
      `give --save log:${grid.from}:${to}:${grid.points}, or --save N for equal intervals`,
    );
  }
  checkSize(network.species.length, grid);
  return { ...defined({ to, save }), ...numbers };
}

/** @throws InvalidInput for a name that the network lacks */
export function numberOptions(
  network: Network,
  { atol, set, param, rtol, method, engine, kernels, maxSteps, maxSeconds }: NumberFlags,
): Omit<SimulateOptions, 'to' | 'save'> {
  const species = network.species.map((one) => one.name);
  if (set !== undefined) checkNames('--set', set.keys(), species, 'species');
  if (atol !== undefined) checkNames('--atol', atol.species.keys(), species, 'species');
  if (param !== undefined) {
    const parameters = network.parameters.map((one) => one.name);
    checkNames('--param', param.keys(), parameters, 'parameter');
  }
  return defined({
    rtol,
    atol: atol === undefined ? undefined : absoluteTolerances(species, atol),
    method,
    engine,
    kernels,
    maxSteps,
    maxSeconds,
    initial: set === undefined ? undefined : Object.fromEntries(set),
    parameters: param === undefined ? undefined : Object.fromEntries(param),
  });
}

/** More numbers than this do not fit into memory beside what is made of them. */
const MOST_NUMBERS = 1e8;

function checkSize(species: number, grid: SaveFlag | undefined): void {
  if (grid === undefined) return;
  const rows = grid.kind === 'log' ? grid.points : grid.intervals + 1;
  if (rows * (species + 1) <= MOST_NUMBERS) return;
  throw new InvalidInput(
    `${plural(rows, 'row')} of ${plural(species, 'species', 'species')} are too many to save`,
    `give --save a number up to ${Math.floor(MOST_NUMBERS / (species + 1)) - 1}`,
  );
}

/** The library takes a number, or numbers by species on top of the file's; both together is an array. */
function absoluteTolerances(
  species: string[],
  { all, species: named }: Tolerances,
): NonNullable<SimulateOptions['atol']> {
  if (all === undefined) return Object.fromEntries(named);
  if (named.size === 0) return all;
  return species.map((name) => named.get(name) ?? all);
}

export function workLine({ stats, times }: Solution, elapsed: number): string {
  const { error, negative, nonFinite, newton } = stats.rejected;
  const rejected = error + negative + nonFinite + newton;
  return [
    `reached time ${short(times[times.length - 1])} in ${plural(stats.steps, 'step')} (${rejected} rejected)`,
    plural(stats.derivatives, 'derivative'),
    plural(stats.factorisations, 'factorisation'),
    ...(stats.events > 0 ? [plural(stats.events, 'event')] : []),
    seconds(elapsed),
  ].join(', ');
}
