import type { Command } from 'commander';
import type { Network } from '../network/model.js';
import { timeCourseFigure } from '../plot/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { simulate } from '../simulate/inlined.js';
import type { Solution } from '../simulate/solution.js';
import type { SimulateOptions } from '../simulate/types.js';
import { Ended, exitCodes, InvalidFile, InvalidInput, refusing } from './failures.js';
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
import { deliver, prepareTargets } from './output.js';
import { preparePlot, writePlot } from './plots.js';
import { startProgress } from './progress.js';
import { interruptCode, interruptible } from './signals.js';
import { solutionCsv, solutionJson } from './solution-text.js';
import { complainOfFailure } from './solve-failures.js';
import { table } from './tables.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

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

interface SimulateFlags extends TerminalFlags, RunFlags {
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
  addRunOptions(command)
    .optionsGroup('Output:')
    .option('--csv <FILE>', 'concentrations over time as CSV; - for standard output')
    .option('--json <FILE>', 'all of the result as JSON; - for standard output')
    .option('--plot <FILE>', 'a plot over time, .svg or .png')
    .addHelpText(
      'after',
      '\nExamples:\n  neural-crn simulate decay.crn --to 10\n' +
        '  neural-crn simulate rober.crn --save log:1e-6:1e5:99 --atol B=1e-18 --csv -\n',
    );
  commonOptions(command).action(run);
}

/** Adds the flags of `RunFlags`. */
export function addRunOptions(command: Command): Command {
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
  return addNumberOptions(command);
}

/** Adds the flags of `NumberFlags`. */
export function addNumberOptions(command: Command): Command {
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
  return solverOptions(command)
    .addOption(tolerancesOption())
    .addOption(numberOption('--max-seconds <S>', 'wall-clock seconds allowed', { above: 0 }));
}

async function run(file: string, flags: SimulateFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { csv, json, plot } = flags;
  if (plot === '-') throw new InvalidInput('--plot needs a file name that ends in .svg or .png');
  prepareTargets({ '--csv': csv, '--json': json, '--plot': plot });
  await preparePlot('--plot', plot);
  const source = await readNetwork(file, terminal, flags.from);
  if (source.network.species.length === 0) {
    throw InvalidFile.of(source.name, 'the network is empty: it has no species');
  }
  const options = simulateOptions(source, flags);

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
  if (solution !== undefined) await writeSolution(terminal, flags, solution, failure);
  if (solution !== undefined && printed) terminal.print(finalTable(terminal, solution, failure?.time));
  if (failure !== undefined) {
    if (failure.code === 'cancelled') {
      terminal.complain(
        `interrupted at time ${short(failure.time)}${printed ? '' : '; what there is has been written'}`,
      );
      throw new Ended(interruptCode() ?? exitCodes.interrupted);
    }
    complainOfFailure(terminal, failure);
    throw new Ended(exitCodes.failed);
  }
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

async function writeSolution(
  terminal: Terminal,
  { csv, json, plot }: SimulateFlags,
  solution: Solution,
  failure: SolveFailure | undefined,
): Promise<void> {
  const { times } = solution;
  const { observables } = solution;
  const sums = observables.length > 0 ? `, ${plural(observables.length, 'observable')}` : '';
  const what = `${plural(times.length, 'row')}, ${plural(solution.species.length, 'species', 'species')}${sums}`;
  await deliver(csv, terminal, () => solutionCsv(solution), what);
  await deliver(json, terminal, () => solutionJson(solution, failure), what);
  if (plot === undefined) return;
  if (times.length < 2) {
    terminal.say(`no plot: only ${plural(times.length, 'row')} saved`);
    return;
  }
  // Whoever names observables wants to look at them; a model of a thousand species has a few.
  const drawn = observables.length > 0 ? observables : solution.species;
  const [title, noun] =
    observables.length > 0 ? ['Observables', 'observables'] : ['Concentrations', 'species'];
  const figure = timeCourseFigure({
    species: drawn,
    noun,
    times,
    columns: drawn.map((name) => solution.column(name)),
    yScale: 'auto',
    title: failure === undefined ? `${title} over time` : `${title} until the run stopped (${failure.code})`,
  });
  await writePlot(plot, figure);
  terminal.say(`wrote ${plot}`);
}

/** First and last concentrations of every species, and observables under them. */
function finalTable(terminal: Terminal, solution: Solution, stopped: number | undefined): string {
  const { species, observables, times, final, finalObserved } = solution;
  const end = stopped ?? times[times.length - 1];
  const first = times.length > 1 ? solution.row(0) : undefined;
  const head = ['species', ...(first ? [`t = ${short(times[0])}`] : []), `t = ${short(end)}`];
  const rows = species.map((name, s) => [
    name,
    ...(first ? [short(first[s])] : []),
    terminal.ink.bold(short(final[name])),
  ]);
  const observed = first && solution.observed(0);
  for (const [k, name] of observables.entries()) {
    rows.push([
      name,
      ...(observed ? [short(observed[k])] : []),
      terminal.ink.bold(short(finalObserved[name])),
    ]);
  }
  return table(terminal, head, rows);
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
