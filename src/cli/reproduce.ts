import { join } from 'node:path';
import type { Command } from 'commander';
import { PACKAGE_VERSION } from '../learning/version.js';
import type { EngineKind } from '../simulate/types.js';
import { type ClockFlags, clockChoice, clockOptions } from './clock.js';
import { writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidInput, refusing } from './failures.js';
import { addExamples } from './help.js';
import { plural } from './numbers.js';
import { asFlags, commonOptions, defined, numberOption, parsedOption, storedRunsOptions } from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { startProgress } from './progress.js';
import { planLearnerRuns } from './reproduce-learner-plan.js';
import { type LearnerRow, learnerRowsOf } from './reproduce-learner-rows.js';
import { learnerCsvRows, learnerMarkdown, learnerTableText } from './reproduce-learner-tables.js';
import { drawAll, type Results } from './reproduce-page.js';
import { markdown } from './reproduce-page-table.js';
import {
  chooseSettings,
  experiments,
  planRuns,
  readSeeds,
  type SeedGroup,
  usualSeeds,
} from './reproduce-plan.js';
import { type Row, rowsOf } from './reproduce-rows.js';
import { type Batch, completeRuns, loadRuns } from './reproduce-run.js';
import { type AnyRun, learnerRuns, trainingRuns } from './reproduce-stored.js';
import { csvRows, tableText } from './reproduce-tables.js';
import { interruptCode, interruptible } from './signals.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';
import { quoted, thisCommand } from './train-folder.js';

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
        'a table (Markdown, CSV, JSON) and a page of figures. Every run is kept as soon as it is done: the same ' +
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
      numberOption('--epochs <N>', "epochs, in place of every recipe's own", { atLeast: 0, whole: true }),
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
    'reproduce linear-regression --clock coop --gate proxy',
  );
  commonOptions(command).action(run);
}

/** What `results.json` and `--json` hold. */
interface ResultsFile {
  package: string;
  /** `'partial'`: not all runs are there, and none were to be made. */
  status: 'done' | 'failed' | 'cancelled' | 'partial';
  seeds: string[];
  rows: readonly Row[];
  /** Rows of other systems than Neural CRNs, where any were asked for. */
  learners?: readonly LearnerRow[];
  /** Runs that no worker could finish. */
  lost: { experiment: string; model: string; seed: number; message: string }[];
}

async function run(words: string[], flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, epochs, engine, jobs } = flags;
  const out = flags.out ?? join('out', 'reproduce');
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareTargets({ '--json': json });
  const groups = flags.seeds ?? readSeeds('--seeds', usualSeeds(words));
  const clock = clockChoice(flags);
  const [plan, learnerPlan] = await refusing(() => {
    const settings = chooseSettings(words, epochs, clock);
    const choices = defined({ epochs, engine });
    return [planRuns(settings, groups, out, choices), planLearnerRuns(settings, groups, out, choices)];
  }, asFlags);
  const runs = [...plan.runs, ...learnerPlan.runs];
  prepareFolder('--out', out);

  if (flags.stored && flags.fresh) throw new InvalidInput('--stored and --fresh exclude each other');
  const stored = flags.fresh === true ? new Map() : await loadRuns(runs);
  if (flags.stored && stored.size === 0) throw new InvalidInput(`there are no runs in ${out} yet`);
  const batch = flags.stored
    ? { stored, lost: [] }
    : await interruptible((signal) => completeRuns(runs, stored, jobs, terminal, signal));
  const trained = trainingRuns(batch.stored);
  const learned = learnerRuns(batch.stored);
  const results: Results = {
    plan,
    stored: trained,
    rows: rowsOf(plan, trained),
    learners: { plan: learnerPlan, stored: learned, rows: learnerRowsOf(learnerPlan, learned) },
  };
  const file = resultsOf(results, batch, flags);
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

async function writeTables(out: string, { rows, learners }: Results): Promise<void> {
  const texts = [
    ...(rows.length > 0 || learners.rows.length === 0 ? [markdown(rows)] : []),
    ...(learners.rows.length > 0 ? [learnerMarkdown(learners.rows)] : []),
  ];
  await write(out, 'results.md', texts.join('\n'));
  await write(out, 'results.csv', writeCsv(csvRows(rows), ','));
  if (learners.rows.length === 0) return;
  await write(out, 'learners.csv', writeCsv(learnerCsvRows(learners.rows), ','));
}

async function writePictures(
  results: Results,
  out: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const all = [...results.rows, ...results.learners.rows].map(({ experiment }) => experiment);
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

const plannedCount = ({ plan, learners }: Results): number => plan.runs.length + learners.plan.runs.length;

function resultsOf(results: Results, { stored, lost }: Batch, flags: Flags): ResultsFile {
  const { plan, rows, learners } = results;
  const incomplete = stored.size + lost.length < plannedCount(results);
  const failed = [...rows, ...learners.rows].some((row) =>
    row.runs.some(({ failure }) => failure !== undefined),
  );
  return {
    package: PACKAGE_VERSION,
    status: incomplete
      ? flags.stored
        ? 'partial'
        : 'cancelled'
      : failed || lost.length > 0
        ? 'failed'
        : 'done',
    seeds: plan.groups.map(({ name }) => name),
    rows,
    ...(learners.rows.length > 0 && { learners: learners.rows }),
    lost: lost.map(({ run, error }) => ({ ...nameOf(run), message: error.message })),
  };
}

const nameOf = ({ setting, seed }: AnyRun) => ({
  experiment: setting.experiment,
  model: setting.recipe,
  seed,
});

/** Says what came of it, and ends with the code for it. */
function conclude(
  terminal: Terminal,
  results: Results,
  { stored, lost }: Batch,
  out: string,
  { json, figures }: Flags,
): void {
  const { rows, learners } = results;
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    terminal.complain(
      `interrupted: ${stored.size} of ${plural(plannedCount(results), 'run')} are kept in ${out}`,
    );
    // Going on must not begin anew.
    const words = process.argv.slice(2).filter((word) => word !== '--fresh');
    terminal.complain(`go on with: ${thisCommand()} ${words.map(quoted).join(' ')}`);
    throw new Ended(interrupted);
  }
  if (json !== '-' && stored.size > 0) {
    if (rows.length > 0) terminal.print(tableText(terminal, rows));
    if (learners.rows.length > 0) terminal.print(learnerTableText(terminal, learners.rows));
    const page = figures === false ? '' : ', and all figures in index.html';
    terminal.print(`Look in ${out}/: results.md, .csv, .json${page}`);
  }
  const error = terminal.wordInk.bold(terminal.wordInk.red('error:'));
  for (const { run, error: cause } of lost) {
    const { experiment, model, seed } = nameOf(run);
    terminal.complain(`${error} ${experiment} ${model}, seed ${seed}: ${cause.message}`);
  }
  const failed = [...stored].filter(([, { result }]) => result.failure !== undefined);
  for (const [run, { result }] of failed) {
    const { experiment, model, seed } = nameOf(run);
    terminal.complain(`${error} ${experiment} ${model}, seed ${seed}: ${result.failure?.message}`);
  }
  if (lost.length > 0) terminal.complain('  hint: the same command tries these again and keeps the others');
  if (lost.length > 0 || failed.length > 0) throw new Ended(exitCodes.failed);
}
