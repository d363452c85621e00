import type { Command } from 'commander';
import { tasks } from '../learning/index.js';
import { stochasticMethods } from '../stochastic/prepare.js';
import { circuitOptions } from './circuit.js';
import { clockOptions } from './clock.js';
import { delimiterOption } from './csv.js';
import { readDsd } from './dsd-flags.js';
import { Ended, exitCodes } from './failures.js';
import { addExamples, namedList } from './help.js';
import { circuitFailureText } from './learning-failures.js';
import { moleculeOptions } from './molecule-flags.js';
import { readNumberOrNone, splitList } from './numbers.js';
import {
  choiceOption,
  commonOptions,
  numberOption,
  parsedOption,
  solverOptions,
  tolerancesOption,
} from './options.js';
import { deliver, prepareFolder, prepareTargets } from './output.js';
import { interruptCode, interruptible } from './signals.js';
import { openTerminal, type Terminal } from './terminal.js';
import { RunFolder, resumeCommand } from './train-folder.js';
import { reportOf, type TrainingOutcome } from './train-outcome.js';
import { planTraining, type TrainFlags, type TrainingPlan } from './train-plan.js';
import { runTraining } from './train-run.js';
import { summary } from './train-summary.js';

export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .summary('let chemistry learn a task, or your own table')
    .description(
      'Trains a Neural CRN on a named task, or on a CSV file of numbers: a linear one where the target is numbers, too, ' +
        'a classifier where it is names of classes. ' +
        'Writes a report, the model, the network, a checkpoint and plots into a folder.',
    )
    .argument('<task>', `a task (${Object.keys(tasks).join(', ')}), or a CSV file (- for standard input)`)
    .optionsGroup('Data (CSV files only):')
    .option('--target <COLUMN>', 'the column to predict')
    .addOption(
      parsedOption('--features <a,b,…>', 'columns to learn from (default: all others)', (_, text) =>
        splitList(text),
      ),
    )
    .option('--classes', 'the target is classes, although their names are numbers')
    .addOption(
      numberOption('--test <FRACTION>', 'part of the rows held back for validation (default: 0.2)', {
        above: 0,
        below: 1,
      }),
    )
    .addOption(
      choiceOption(
        '--scale <HOW>',
        ['none', 'standard', 'unit'],
        'columns into concentrations',
        'standard; unit with positive rails and with classes',
      ),
    )
    .addOption(
      parsedOption(
        '--augment <C>',
        'constant input that trains the intercept, or none (default: 1)',
        (flag, text) => readNumberOrNone(flag, text, { above: 0 }),
      ),
    )
    .addOption(delimiterOption())
    .optionsGroup('Training:')
    .addOption(
      numberOption('--epochs <N>', 'epochs in all (default: 10, CSV 20, classes 40)', {
        atLeast: 0,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--seed <S>', 'of data, split, weights and order (default: 0)', {
        atLeast: 0,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--weights-seed <S>', 'of the starting weights (default: --seed)', {
        atLeast: 0,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--order-seed <S>', 'of a shuffled order (default: --seed)', { atLeast: 0, whole: true }),
    )
    .addOption(
      choiceOption('--order <HOW>', ['fixed', 'shuffled'], 'order of examples', 'fixed, CSV shuffled'),
    )
    .addOption(
      numberOption('--examples <N>', 'learn from the first N training rows of a named task (default: all)', {
        atLeast: 1,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--patience <N>', 'stop after N epochs without a lower validation loss; keep the best', {
        atLeast: 1,
        whole: true,
      }),
    )
    .addOption(
      numberOption('--measure-every <N>', 'epochs between two measurements of the losses (default: 1)', {
        atLeast: 1,
        whole: true,
      }),
    )
    .option('--ideal', 'run the ideal twin beside the chemistry (default for named tasks)')
    .option('--no-ideal', 'do without the twin')
    .optionsGroup('Circuit:')
    .option(
      '--recipe <NAME>',
      'which circuit a named task is learned with (default: its best); classes of a CSV file: rectified or relu',
    )
    .addOption(
      numberOption('--hidden <M>', 'number of nodes, where circuits have a choice (default: by task)', {
        atLeast: 1,
        below: 10_001,
        whole: true,
      }),
    );
  circuitOptions(command, {
    rails: 'positive if that can hold the weights; CSV dual',
    rate: '0.02, CSV derived',
    drift: '0.1, CSV none',
  });
  clockOptions(command).addOption(
    parsedOption(
      '--dsd [OPTIONS]',
      'make the circuit of DNA strands: alone, or with unbuffered, fuels=finite, leak=1/M/s, … (see the command dsd)',
      readDsd,
    ).preset(''),
  );
  moleculeOptions(command).optionsGroup('Solver:');
  solverOptions(command, stochasticMethods).addOption(tolerancesOption());
  command
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for all files (default: out/NAME; none with --json -)')
    .option('--resume', 'go on from the checkpoint in that folder, to the same bits')
    .option('--json <FILE>', 'the report as JSON; - for standard output')
    .option('--no-plots', 'do without plots');
  addExamples(
    command,
    'train linear-regression --seed 3 --out out/seed3',
    'train xor --recipe cubic-leaky',
    'train linear-regression --clock coop --gate proxy',
    'train linear-regression --volume 1000',
    'train houses.csv --target price --epochs 40',
    'train flowers.csv --target species --patience 10',
  ).addHelpText('after', `\nRecipes:\n${recipeList()}`);
  commonOptions(command).action(run);
}

/** Names of the recipes by task, for the help. */
function recipeList(): string {
  return Object.entries(tasks)
    .map(([name, { recipes }]) => namedList(name, Object.keys(recipes)))
    .join('\n');
}

async function run(what: string, flags: TrainFlags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json } = flags;
  prepareTargets({ '--json': json });
  const plan = await planTraining(what, flags);
  if (plan.out !== undefined) prepareFolder('--out', plan.out);
  const folder = plan.out === undefined ? undefined : new RunFolder(plan.out, plan.record);

  const outcome = await runTraining(plan, terminal, folder);
  const { result } = outcome;
  // A first Ctrl-C here lets the file under way be finished; there is still a second one.
  await interruptible(async () => {
    if (folder !== undefined) await folder.writeResults(outcome);
    await deliver(json, terminal, () => JSON.stringify(reportOf(outcome, plan.task), null, 2), 'the report');
    if (folder !== undefined && result !== undefined && flags.plots !== false) {
      await folder.writePlots(result, terminal);
    }
  });
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    sayHowToResume(terminal, plan, outcome);
    throw new Ended(interrupted);
  }
  const text = circuitFailureText(terminal, outcome.failure);
  if (text !== undefined) {
    terminal.complain(text);
    if (folder !== undefined && result !== undefined) {
      terminal.complain(`  what there is up to epoch ${result.checkpoint.epoch} is in ${folder.path}`);
    }
    throw new Ended(exitCodes.failed);
  }
  if (result !== undefined && json !== '-')
    terminal.print(summary(terminal, result, outcome.elapsed, folder));
}

function sayHowToResume(
  terminal: Terminal,
  { out, record }: TrainingPlan,
  { result, epochs }: TrainingOutcome,
): void {
  const done = result?.checkpoint.epoch ?? 0;
  terminal.complain(`interrupted after epoch ${done} of ${epochs}`);
  if (out === undefined) terminal.complain('nothing was kept to resume from: no --out was given');
  else terminal.complain(`resume with: ${resumeCommand(record.what, out)}`);
}
