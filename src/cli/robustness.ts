import { join } from 'node:path';
import type { Command } from 'commander';
import {
  createPool,
  defaultSize,
  NominalFailure,
  type Robustness,
  type RobustnessOverOptions,
  type RobustnessSubject,
  robustnessOver,
} from '../batch/node.js';
import { stochasticMethods } from '../stochastic/prepare.js';
import { writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { plural, readNumbers, readSave, seconds, splitList } from './numbers.js';
import {
  asFlags,
  choiceOption,
  commonOptions,
  numberOption,
  parsedOption,
  solverOptions,
  tolerancesOption,
} from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { preparePlot, writePlot, writePlotPairs } from './plots.js';
import { startProgress } from './progress.js';
import { planStudy, type RobustnessFlags } from './robustness-plan.js';
import { robustnessCsv, robustnessFigures, robustnessText } from './robustness-text.js';
import { interruptCode, interruptible } from './signals.js';
import { taskOptions } from './subject.js';
import { openTerminal, type Terminal } from './terminal.js';

export function addRobustness(program: Command): void {
  const command = program
    .command('robustness')
    .summary('how something bears up when it is not quite as it was designed')
    .description(
      'Runs a network, a clock or the training of a task many times with other rate constants, starting amounts, doses, ' +
        'labels or lengths of phases, and says how many of the runs are a success, how what is measured is spread, and ' +
        'which of the varied numbers have most to do with it.',
    )
    .argument(
      '<what>',
      'a task, a clock (coop-4, coop-6, ring-5, ring-7, …), a network as text (.crn), or - for standard input',
    )
    .optionsGroup('Study:')
    .addOption(
      parsedOption(
        '--vary <WHAT,…>',
        'rates, initial (amounts), doses, jitter (of phases), leaks, inputs, labels, volume (default: rates; with --volume ' +
          'nothing else)',
        (_, text) => splitList(text),
      ),
    )
    .addOption(
      parsedOption('--sigma <S,…>', 'size of the variation, or several (default: 0.05)', (flag, text) =>
        readNumbers(flag, text, { atLeast: 0 }),
      ),
    )
    .addOption(
      parsedOption(
        '--volume <V,…>',
        'stochastic runs in which a concentration of 1 is so many molecules; of several, a study each',
        (flag, text) => readNumbers(flag, text, { above: 0 }),
      ),
    )
    .addOption(numberOption('--draws <N>', 'runs of each size (default: 100)', { atLeast: 1, whole: true }))
    .addOption(numberOption('--seed <S>', 'of all random numbers (default: 0)', { atLeast: 0, whole: true }))
    .addOption(
      choiceOption(
        '--per <UNIT>',
        ['reaction', 'type'],
        'a factor for each reaction, or for each label',
        'reaction',
      ),
    )
    .addOption(
      choiceOption(
        '--spread <HOW>',
        ['log-normal', 'uniform'],
        'of factors: uniform is within ± sigma',
        'log-normal',
      ),
    )
    .addOption(
      parsedOption(
        '--only <NAME,…>',
        'only reactions with these labels, or these species or columns',
        (_, text) => splitList(text),
      ),
    )
    .option(
      '--success <CONDITIONS>',
      '"loss < 0.2", "period within 20% and leak < 0.01", "final(A) in 0.9..1.1", "loss < 1.5x" (times the ' +
        'undisturbed run); networks need it',
    )
    .addOption(
      parsedOption('--phases <A,B>', 'of a network that is a clock: its two species', (_, text) =>
        splitList(text),
      ),
    )
    .addOption(numberOption('--within <T>', 'time in which a clock must turn (default: 1000)', { above: 0 }))
    .addOption(
      numberOption('--jobs <N>', 'runs at the same time (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    )
    .optionsGroup('Network:')
    .addOption(numberOption('--to <T>', 'end time', { above: 0 }))
    .addOption(
      parsedOption(
        '--save <N>',
        'equal intervals to save, or log:FIRST:LAST:POINTS (default: 200)',
        readSave,
      ),
    )
    .optionsGroup('Task:');
  taskOptions(command).optionsGroup('Solver:');
  solverOptions(command, stochasticMethods)
    .addOption(tolerancesOption())
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for report, table of runs and figures')
    .option('--json <FILE>', 'all of it as JSON; - for standard output')
    .option('--csv <FILE>', 'a line for every run; - for standard output')
    .option('--plot <FILE>', 'success against sigma, or for one sigma the distribution, .svg or .png');
  addExamples(
    command,
    'robustness coop-4 --sigma 0.1,0.3 --success "period within 50% and leak < 0.01"',
    'robustness linear-regression --vary rates,doses --per type --draws 50',
    'robustness decay.crn --to 5 --success "final(A) within 10%" --json -',
    'robustness coop-4 --volume 100,1000,10000 --within 400 --success "deviation < 0.1"',
  );
  commonOptions(command).action(run);
}

async function run(what: string, flags: RobustnessFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { csv, json, plot, out } = flags;
  if (plot === '-') throw new InvalidInput('--plot needs a file name that ends in .svg or .png');
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareTargets({ '--csv': csv, '--json': json, '--plot': plot });
  await preparePlot('--plot', plot);
  const { subject, success, options } = await planStudy(what, flags, terminal);
  if (out !== undefined) prepareFolder('--out', out);
  const began = performance.now();
  const found = await study(subject, success, options, flags, terminal);

  const written = { name: what, ...found };
  await interruptible(async () => {
    const text = () => JSON.stringify(written, null, 2);
    const runs = plural(
      found.studies.reduce((sum, { draws }) => sum + draws, 0),
      'run',
    );
    const table = () => writeCsv(robustnessCsv(found), ',');
    const figures = robustnessFigures(what, found);
    if (out !== undefined) {
      await writeAtomically(join(out, 'robustness.json'), `${text()}\n`);
      await writeAtomically(join(out, 'runs.csv'), table());
      const drawn = figures.map(([name, make]) => [join(out, name), make] as [string, typeof make]);
      await writePlotPairs(drawn, terminal, () => interruptCode() !== undefined);
      terminal.say(
        `wrote ${out}/: robustness.json, runs.csv${figures.map(([name]) => `, ${name}.svg`).join('')}`,
      );
    }
    await deliver(json, terminal, text, runs);
    await deliver(csv, terminal, table, runs);
    if (plot !== undefined) {
      if (figures.length === 0) terminal.say('no plot: no run has a number');
      else {
        await writePlot(plot, await figures[0][1]());
        terminal.say(`wrote ${plot}`);
      }
    }
  });
  if (json !== '-' && csv !== '-') terminal.print(robustnessText(terminal, what, found));
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    const kept = [json, csv, out].some((target) => target !== undefined);
    terminal.complain(`interrupted${kept ? '; what there is has been written' : ''}`);
    throw new Ended(interrupted);
  }
  terminal.say(`${seconds(performance.now() - began)}`);
}

async function study(
  subject: RobustnessSubject,
  success: string,
  options: RobustnessOverOptions,
  { jobs }: RobustnessFlags,
  terminal: Terminal,
): Promise<Robustness> {
  const pool = createPool({ size: jobs ?? defaultSize() });
  const { sigma, volume, draws = 100 } = options;
  const sizes = (of: number | readonly number[] = 1) => (typeof of === 'number' ? 1 : of.length);
  const total = sizes(sigma) * sizes(volume) * draws + 1;
  const bar = startProgress(terminal, 'runs', total);
  try {
    return await interruptible((signal) =>
      refusing(
        () =>
          robustnessOver(
            pool,
            subject,
            {
              ...options,
              signal,
              onProgress: ({ done }) => bar.update(done, `${done}/${total}`),
              onRetry: (error) => terminal.say(`${error.message}; once more`),
            },
            success,
          ),
        (message) =>
          asFlags(message)
            .replace(/^vary: /, '--vary: ')
            .replace(/^sigma (?=has no)/, '--sigma ')
            .replace(/^volume and sigma /, '--volume and --sigma ')
            .replace(/^measure: /, '--success: '),
      ),
    );
  } catch (error) {
    const interrupted = interruptCode();
    if (interrupted !== undefined) {
      terminal.complain('interrupted before the undisturbed run was done; there is nothing to write');
      throw new Ended(interrupted);
    }
    if (!(error instanceof NominalFailure)) throw error;
    terminal.complain(`${terminal.wordInk.bold(terminal.wordInk.red('error:'))} ${error.message}`);
    throw new Ended(exitCodes.failed);
  } finally {
    bar.stop();
    await pool.dispose();
  }
}
