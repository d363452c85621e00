import type { Command } from 'commander';
import {
  type Experiment,
  experimentsOf,
  type FitProgress,
  type FitResult,
  fit as fitNetwork,
} from '../fit/index.js';
import { parseCsv } from '../learning/index.js';
import { printNetwork } from '../network/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { type DelimiterFlag, delimiterOf, delimiterOption, writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidFile, InvalidInput, refusing } from './failures.js';
import { fitFigure } from './fit-figure.js';
import { addSearchOptions, refuseVaried, type SearchFlags, varied, withFlags } from './fit-flags.js';
import { fitCsv, fitJson, fitText, reasonText } from './fit-text.js';
import { addExamples } from './help.js';
import { nameOf, reading, readNetwork, readText } from './input.js';
import { plural, seconds, short } from './numbers.js';
import { asFlags, commonOptions, defined, fromOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { preparePlot, writePlot } from './plots.js';
import { startProgress } from './progress.js';
import { interruptCode, interruptible } from './signals.js';
import { addNumberOptions, type NumberFlags, numberOptions } from './simulate.js';
import { complainOfFailure } from './solve-failures.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface FitFlags extends TerminalFlags, NumberFlags, SearchFlags {
  from?: string;
  delimiter?: DelimiterFlag;
  out?: string;
  csv?: string;
  json?: string;
  plot?: string;
}

export function addFit(program: Command): void {
  const command = program
    .command('fit')
    .summary('fit constants of a network to measurements')
    .description(
      'Fits parameters, rate constants and starting concentrations of a network to measured concentrations, by ' +
        'bounded least squares. The table has a column time and one for each species or observable that was ' +
        'measured, whose cells may be empty; sigma:NAME has standard deviations; experiment, init:SPECIES and ' +
        'param:NAME tell several experiments apart.',
    )
    .argument('<file>', 'a network as text (.crn) or in another format, or - for standard input')
    .argument('<data>', 'a CSV file of measurements, or - for standard input');
  addSearchOptions(command)
    .option(...fromOption)
    .addOption(delimiterOption())
    .optionsGroup('Run:');
  addNumberOptions(command)
    .optionsGroup('Output:')
    .option('--out <FILE>', 'the network with the estimates, as text; - for standard output')
    .option('--csv <FILE>', 'every measurement beside what the fitted network gives; - for standard output')
    .option('--json <FILE>', 'all of the result as JSON; - for standard output')
    .option('--plot <FILE>', 'the fitted network over time with the measurements, .svg or .png');
  addExamples(
    command,
    'fit decay.crn measured.csv --vary k,init:A --upper k=10',
    'fit model.crn measured.csv --scale log --lower k1=1e-3,k2=1e-3 --upper k1=1e3,k2=1e3 --starts 10',
  );
  commonOptions(command).action(run);
}

async function run(file: string, dataFile: string, flags: FitFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { out, csv, json, plot, starts = 1, maxIterations, seed, confidence = 0.95 } = flags;
  if (file === '-' && dataFile === '-') {
    throw new InvalidInput('only one of the network and the data can come from standard input');
  }
  if (plot === '-') throw new InvalidInput('--plot needs a file name that ends in .svg or .png');
  prepareTargets({ '--out': out, '--csv': csv, '--json': json, '--plot': plot });
  await preparePlot('--plot', plot);
  const { network, name } = await readNetwork(file, terminal, flags.from);
  if (network.species.length === 0) throw InvalidFile.of(name, 'the network is empty: it has no species');
  const text = await readText(dataFile);
  const data = reading(dataFile, () =>
    experimentsOf(network, parseCsv(text, { delimiter: delimiterOf(flags.delimiter), header: true })),
  );
  const vary = varied(network, name, flags);
  refuseVaried(vary, flags);
  const { initial, parameters, ...solver } = numberOptions(network, flags);
  const experiments = withFlags(data, flags, defined({ initial, parameters }));

  const began = performance.now();
  let found: FitResult | undefined;
  await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'fitting', starts);
    const onProgress = ({ start, iteration, loss, runs }: FitProgress) =>
      bar.update(
        start - 1,
        `start ${start} of ${starts}, step ${iteration}, loss ${short(loss, 3)}, ${plural(runs, 'run')}`,
      );
    try {
      found = await refusing(
        () =>
          fitNetwork(network, experiments, {
            vary,
            starts,
            confidence,
            ...solver,
            ...defined({ maxIterations, seed }),
            signal,
            onProgress,
          }),
        (message) => aboutFit(name, nameOf(dataFile), message),
      );
    } catch (error) {
      if (!(error instanceof SolveFailure)) throw error;
      if (error.code === 'cancelled') {
        terminal.complain('interrupted before anything was found; nothing has been written');
        throw new Ended(interruptCode() ?? exitCodes.interrupted);
      }
      terminal.complain(`${name} cannot be run from the start of the fit:`);
      complainOfFailure(terminal, error);
      throw new Ended(exitCodes.failed);
    } finally {
      bar.stop();
    }
  });
  if (found === undefined) return;
  const elapsed = performance.now() - began;
  await write(terminal, flags, found, {
    experiments,
    confidence,
    solver,
    title: `${name} fitted to ${nameOf(dataFile)}`,
  });
  if (found.reason === 'cancelled') {
    terminal.complain('interrupted: the best so far has been kept');
    throw new Ended(interruptCode() ?? exitCodes.interrupted);
  }
  if (!found.converged) terminal.complain(`warning: ${reasonText(found)}`);
  terminal.say(seconds(elapsed));
}

async function write(
  terminal: Terminal,
  { out, csv, json, plot }: FitFlags,
  found: FitResult,
  {
    experiments,
    confidence,
    solver,
    title,
  }: {
    experiments: readonly Experiment[];
    confidence: number;
    solver: ReturnType<typeof numberOptions>;
    title: string;
  },
): Promise<void> {
  const { estimates, points } = found;
  await deliver(
    out,
    terminal,
    () => printNetwork(found.network),
    `the network with ${plural(estimates.length, 'estimate')}`,
  );
  await deliver(csv, terminal, () => writeCsv(fitCsv(found), ','), plural(points.length, 'measurement'));
  await deliver(json, terminal, () => fitJson(found, confidence), plural(estimates.length, 'estimate'));
  if (plot !== undefined) {
    await writePlot(plot, await fitFigure(title, found, experiments, solver));
    terminal.say(`wrote ${plot}`);
  }
  // What goes to standard output is there alone.
  if ([out, csv, json].includes('-')) return;
  terminal.print(fitText(terminal, title, found, confidence));
}

/** What the library refuses, in the words of the flags and files. */
function aboutFit(file: string, data: string, message: string): string {
  const text = asFlags(message)
    .replace(/^vary\.(.+?)\.(start|lower|upper|scale)\b/, '--$2 $1')
    .replace(/^vary(?:\.(.+?))?: /, (_, name) => (name === undefined ? '--vary: ' : `--vary ${name}: `))
    .replace(
      /: give vary\.(.+?) a finite lower( above 0)? and upper/,
      ': give $1 a finite --lower$2 and --upper',
    )
    .replace(/^starts /, '--starts ');
  if (text.startsWith('--')) return text;
  return /^(data\b|experiment )/.test(text) ? `${data}: ${text.replace(/^data: /, '')}` : `${file}: ${text}`;
}
