import type { Command } from 'commander';
import { SensitivitySolution, sensitivities } from '../sensitivity/index.js';
import { SolveFailure } from '../simulate/failure.js';
import type { SimulateOptions } from '../simulate/types.js';
import { InvalidFile, InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { readNetwork } from './input.js';
import { plural, short } from './numbers.js';
import { aboutFile, checkNames, choiceOption, commonOptions, defined, namesOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { preparePlot, writePlot } from './plots.js';
import { startProgress } from './progress.js';
import { type Derived, sensitivityFigure, sensitivityJson, sensitivityTable } from './sensitivity-text.js';
import { interruptible } from './signals.js';
import { addRunOptions, type RunFlags, simulateOptions, workLine } from './simulate.js';
import { endAfter } from './solve-failures.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface SensitivityFlags extends TerminalFlags, RunFlags {
  of?: string[];
  species?: string[];
  relative?: boolean;
  errorControl?: 'full' | 'state';
  csv?: string;
  json?: string;
  plot?: string;
}

export function addSensitivity(program: Command): void {
  const command = program
    .command('sensitivity')
    .summary('how concentrations change with constants and starts')
    .description(
      'Simulates a network with the derivatives of its concentrations by parameters, rate constants, starting ' +
        'concentrations and doses. Without --csv, --json or --plot those at the end are printed.',
    )
    .argument('<file>', 'a network as text (.crn) or in another format, or - for standard input')
    .optionsGroup('Derivatives:')
    .addOption(
      namesOption(
        '--of <P,…>',
        'by what: parameters, rate:LABEL or rate:NUMBER, init:SPECIES, dose:NUMBER (default: all parameters)',
      ),
    )
    .addOption(namesOption('--species <A,…>', 'of what: species and observables (default: all species)'))
    .option('--relative', 'per cent for one per cent, (p/x)·∂x/∂p, instead of ∂x/∂p')
    .addOption(
      choiceOption(
        '--error-control <E>',
        ['full', 'state'],
        'what error the steps are kept short for',
        'full',
      ),
    );
  addRunOptions(command)
    .optionsGroup('Output:')
    .option('--csv <FILE>', 'derivatives over time as CSV, columns dA/dk; - for standard output')
    .option('--json <FILE>', 'concentrations and derivatives as JSON; - for standard output')
    .option('--plot <FILE>', 'derivatives over time, .svg or .png');
  addExamples(
    command,
    'sensitivity decay.crn --to 10 --of k,init:A --relative',
    'sensitivity rober.crn --save log:1e-6:1e5:99 --of k1,rate:2 --species B --csv -',
  );
  commonOptions(command).action(run);
}

async function run(file: string, flags: SensitivityFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { csv, json, plot, relative = false, errorControl } = flags;
  if (plot === '-') throw new InvalidInput('--plot needs a file name that ends in .svg or .png');
  prepareTargets({ '--csv': csv, '--json': json, '--plot': plot });
  await preparePlot('--plot', plot);
  const source = await readNetwork(file, terminal, flags.from);
  const { network, name } = source;
  if (network.species.length === 0) throw InvalidFile.of(name, 'the network is empty: it has no species');
  const options = simulateOptions(source, flags);
  const of = flags.of ?? network.parameters.map((parameter) => parameter.name);
  if (of.length === 0) {
    throw new InvalidInput(`${name} has no parameters to differentiate by`, 'name quantities with --of');
  }
  const own = network.species.map((species) => species.name);
  const species = flags.species ?? own;
  const known = [...own, ...(network.observables ?? []).map((observable) => observable.name)];
  checkNames('--species', species, known, 'species or observable');

  const began = performance.now();
  let failure: SolveFailure | undefined;
  let solution: SensitivitySolution | undefined;
  await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'differentiating', 1);
    const onProgress: NonNullable<SimulateOptions['onProgress']> = ({ time, fraction, steps }) =>
      bar.update(fraction, `t = ${short(time, 3)}, ${plural(steps, 'step')}`);
    try {
      solution = await refusing(
        () => sensitivities(network, { ...options, of, signal, onProgress, ...defined({ errorControl }) }),
        (message) => aboutFile(name, message.replace(/^of([: ])/, '--of$1')),
      );
    } catch (error) {
      if (!(error instanceof SolveFailure)) throw error;
      failure = error;
      if (error.partial instanceof SensitivitySolution) solution = error.partial;
    } finally {
      bar.stop();
    }
  });
  const elapsed = performance.now() - began;

  const printed = csv === undefined && json === undefined && plot === undefined;
  if (solution !== undefined) {
    await write(terminal, flags, { solution, species, relative }, failure);
    if (printed && solution.times.length > 0) {
      terminal.print(sensitivityTable(terminal, { solution, species, relative }));
    }
  }
  if (failure !== undefined) endAfter(terminal, failure, `at time ${short(failure.time)}`, !printed);
  if (solution !== undefined) terminal.say(workLine(solution, elapsed));
}

async function write(
  terminal: Terminal,
  { csv, json, plot }: SensitivityFlags,
  derived: Derived,
  failure: SolveFailure | undefined,
): Promise<void> {
  const { solution, species, relative } = derived;
  const columns = solution.of.length * species.length;
  const what = `${plural(solution.times.length, 'row')}, ${plural(columns, 'derivative')}`;
  await deliver(csv, terminal, () => solution.sensitivitiesToCSV({ species, relative }), what);
  await deliver(json, terminal, () => sensitivityJson(derived, failure), what);
  if (plot === undefined) return;
  if (solution.times.length < 2) {
    terminal.say(`no plot: only ${plural(solution.times.length, 'row')} saved`);
    return;
  }
  await writePlot(plot, sensitivityFigure(derived));
  terminal.say(`wrote ${plot}`);
}
