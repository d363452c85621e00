import { join } from 'node:path';
import type { Command } from 'commander';
import type { EngineKind } from '../simulate/types.js';
import { type ClockFlags, clockChoice, clockOptions } from './clock.js';
import { writeCsv } from './csv.js';
import { InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { asFlags, commonOptions, defined, numberOption, parsedOption, storedRunsOptions } from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { startProgress } from './progress.js';
import { checkCsvRows, checkMarkdown } from './reproduce-check-tables.js';
import { checkRowsOf, learnerCheckRowsOf } from './reproduce-checks.js';
import { experiments } from './reproduce-experiments.js';
import { planLearnerRuns } from './reproduce-learner-plan.js';
import { learnerRowsOf } from './reproduce-learner-rows.js';
import { learnerCsvRows, learnerMarkdown } from './reproduce-learner-tables.js';
import { conclude, resultsOf } from './reproduce-outcome.js';
import { drawAll, type Results } from './reproduce-page.js';
import { markdown } from './reproduce-page-table.js';
import { chooseSettings, planRuns, readSeeds, type SeedGroup, usualSeeds } from './reproduce-plan.js';
import { rowsOf } from './reproduce-rows.js';
import { completeRuns, loadRuns } from './reproduce-run.js';
import { learnerRuns, trainingRuns, validationRuns } from './reproduce-stored.js';
import { csvRows } from './reproduce-tables.js';
import { planValidationRuns } from './reproduce-validation-plan.js';
import { interruptible } from './signals.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface Flags extends TerminalFlags, ClockFlags {
  seeds?: SeedGroup[];
  out?: string;
  engine?: EngineKind;
  epochs?: number;
  jobs?: number;
  json?: string;
  fresh?: boolean;
  stored?: boolean;
  figures?: boolean;
}

export function addReproduce(program: Command): void {
  const command = program
    .command('reproduce')
    .summary('run the experiments of the paper over many seeds')
    .description(
      "Runs experiments over several seeds in parallel, with the authors' settings and with improved ones, and writes " +
        'a table (Markdown, CSV, JSON) and a page of figures. Experiments whose numbers are known beforehand are held ' +
        'against them, and one that is out ends with code 1. Every run is kept as soon as it is done: the same ' +
        'command goes on where it was stopped.',
    )
    .argument(
      '[experiment...]',
      `${Object.keys(experiments).join(', ')}, or all; with :RECIPE or :all for other circuits than these two ` +
        '(default: all)',
    )
    .optionsGroup('Runs:')
    .addOption(
      parsedOption(
        '--seeds <N>',
        'the first N seeds, or seeds and ranges as in 0-9,100-119 (default: 10; digits 5)',
        readSeeds,
      ),
    )
    .addOption(
      numberOption('--epochs <N>', "epochs, in place of every recipe's own, of what has any", {
        atLeast: 0,
        whole: true,
      }),
    );
  storedRunsOptions(command).optionsGroup('Clock:');
  clockOptions(command)
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for all files (default: out/reproduce)')
    .option('--json <FILE>', 'the table as JSON; - for standard output')
    .option('--no-figures', 'do without the page of figures');
  addExamples(
    command,
    'reproduce linear-regression --seeds 3',
    'reproduce xor rings --seeds 0-9,100-119 --out out/xor',
    'reproduce xor:all --seeds 5',
    'reproduce hebbian-neuron --out out/hebbian',
    'reproduce linear-regression --clock coop --gate proxy',
  );
  commonOptions(command).action(run);
}

async function run(words: string[], flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, epochs, engine, jobs } = flags;
  const out = flags.out ?? join('out', 'reproduce');
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareTargets({ '--json': json });
  const groups = flags.seeds ?? readSeeds('--seeds', usualSeeds(words));
  const clock = clockChoice(flags);
  const [plan, learnerPlan, validationPlan] = await refusing(() => {
    const settings = chooseSettings(words, epochs, clock, engine);
    const choices = defined({ epochs, engine });
    return [
      planRuns(settings, groups, out, choices),
      planLearnerRuns(settings, groups, out, choices),
      planValidationRuns(settings, groups, out, choices),
    ] as const;
  }, asFlags);
  const runs = [...plan.runs, ...learnerPlan.runs, ...validationPlan.runs];
  prepareFolder('--out', out);

  if (flags.stored && flags.fresh) throw new InvalidInput('--stored and --fresh exclude each other');
  const stored = flags.fresh === true ? new Map() : await loadRuns(runs);
  if (flags.stored && stored.size === 0) throw new InvalidInput(`there are no runs in ${out} yet`);
  const batch = flags.stored
    ? { stored, lost: [] }
    : await interruptible((signal) => completeRuns(runs, stored, jobs, terminal, signal));
  const trained = trainingRuns(batch.stored);
  const learned = learnerRuns(batch.stored);
  const validated = validationRuns(batch.stored);
  const results: Results = {
    plan,
    stored: trained,
    rows: rowsOf(plan, trained),
    learners: { plan: learnerPlan, stored: learned, rows: learnerRowsOf(learnerPlan, learned) },
    validations: { plan: validationPlan, stored: validated },
    checks: [...learnerCheckRowsOf(learnerPlan, learned), ...checkRowsOf(validationPlan, validated)],
  };
  const file = resultsOf(results, batch, flags.stored === true);
  // A first Ctrl-C here lets the file under way be finished.
  await interruptible(async (signal) => {
    await writeTables(out, results);
    await write(out, 'results.json', `${JSON.stringify(file, null, 2)}\n`);
    await deliver(json, terminal, () => JSON.stringify(file, null, 2), 'the table');
    if (flags.figures === false || file.status === 'cancelled' || batch.stored.size === 0) return;
    await writePictures(results, out, terminal, signal);
  });
  conclude(terminal, results, batch, out, flags);
}

async function writeTables(out: string, { rows, learners, checks }: Results): Promise<void> {
  const isOther = learners.rows.length > 0 || checks.length > 0;
  const texts = [
    ...(rows.length > 0 || !isOther ? [markdown(rows)] : []),
    ...(learners.rows.length > 0 ? [learnerMarkdown(learners.rows)] : []),
    ...(checks.length > 0 ? [checkMarkdown(checks)] : []),
  ];
  await write(out, 'results.md', texts.join('\n'));
  await write(out, 'results.csv', writeCsv(csvRows(rows), ','));
  if (learners.rows.length > 0) {
    await write(out, 'learners.csv', writeCsv(learnerCsvRows(learners.rows), ','));
  }
  if (checks.length > 0) {
    await write(out, 'checks.csv', writeCsv(checkCsvRows(checks), ','));
  }
}

async function writePictures(
  results: Results,
  out: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const all = [...results.rows, ...results.learners.rows, ...results.checks].map(
    ({ experiment }) => experiment,
  );
  const bar = startProgress(terminal, 'figures', new Set(all).size);
  try {
    const drawn = await drawAll(results, signal, (done) => bar.update(done));
    if (drawn === undefined) return;
    await write(out, 'index.html', drawn.page);
    prepareFolder('--out', join(out, 'figures'));
    for (const [name, svg] of drawn.figures) await write(out, join('figures', `${name}.svg`), svg);
  } finally {
    bar.stop();
  }
}

const write = (out: string, name: string, text: string): Promise<void> =>
  writeAtomically(join(out, name), text);
