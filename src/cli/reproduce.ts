import { join } from 'node:path';
import type { Command } from 'commander';
import { PACKAGE_VERSION } from '../learning/version.js';
import type { EngineKind } from '../simulate/types.js';
import { type ClockFlags, clockChoice, clockOptions } from './clock.js';
import { writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidInput, refusing } from './failures.js';
import { plural } from './numbers.js';
import { asFlags, choiceOption, commonOptions, defined, numberOption, parsedOption } from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { startProgress } from './progress.js';
import { drawAll } from './reproduce-page.js';
import { markdown } from './reproduce-page-table.js';
import {
  chooseSettings,
  experiments,
  type PlannedRun,
  planRuns,
  type ReproducePlan,
  readSeeds,
  type SeedGroup,
} from './reproduce-plan.js';
import { type Row, rowsOf } from './reproduce-rows.js';
import { type Batch, completeRuns, loadRuns } from './reproduce-run.js';
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
        'the first N seeds, or seeds and ranges as in 0-9,100-119 (default: 10)',
        readSeeds,
      ),
    )
    .addOption(
      numberOption('--epochs <N>', "epochs, in place of every recipe's own", { atLeast: 0, whole: true }),
    )
    .addOption(choiceOption('--engine <E>', ['wasm', 'js'], 'which arithmetic runs', 'wasm'))
    .addOption(
      numberOption('--jobs <N>', 'runs at the same time (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    )
    .option('--fresh', 'make all runs anew')
    .option('--stored', 'make no runs: table and figures of those that are there')
    .optionsGroup('Clock:');
  clockOptions(command)
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for all files (default: out/reproduce)')
    .option('--json <FILE>', 'the table as JSON; - for standard output')
    .option('--no-figures', 'do without the page of figures')
    .addHelpText(
      'after',
      '\nExamples:\n  neural-crn reproduce linear-regression --seeds 3\n' +
        '  neural-crn reproduce xor rings --seeds 0-9,100-119 --out out/xor\n' +
        '  neural-crn reproduce xor:all --seeds 5\n' +
        '  neural-crn reproduce linear-regression --clock coop --gate proxy\n',
    );
  commonOptions(command).action(run);
}

/** What `results.json` and `--json` hold. */
interface Results {
  package: string;
  /** `'partial'`: not all runs are there, and none were to be made. */
  status: 'done' | 'failed' | 'cancelled' | 'partial';
  seeds: string[];
  rows: Row[];
  /** Runs that no worker could finish. */
  lost: { experiment: string; model: string; seed: number; message: string }[];
}

async function run(words: string[], flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, epochs, engine, jobs } = flags;
  const out = flags.out ?? join('out', 'reproduce');
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareTargets({ '--json': json });
  const groups = flags.seeds ?? readSeeds('--seeds', '10');
  const clock = clockChoice(flags);
  const plan = await refusing(
    () => planRuns(chooseSettings(words, epochs, clock), groups, out, defined({ epochs, engine })),
    asFlags,
  );
  prepareFolder('--out', out);

  if (flags.stored && flags.fresh) throw new InvalidInput('--stored and --fresh exclude each other');
  const stored = flags.fresh === true ? new Map() : await loadRuns(plan.runs);
  if (flags.stored && stored.size === 0) throw new InvalidInput(`there are no runs in ${out} yet`);
  const batch = flags.stored
    ? { stored, lost: [] }
    : await interruptible((signal) => completeRuns(plan.runs, stored, jobs, terminal, signal));
  const rows = rowsOf(plan, batch.stored);
  const results = resultsOf(plan, batch, rows, flags);
  // A first Ctrl-C here lets the file under way be finished.
  await interruptible(async (signal) => {
    await write(out, 'results.md', markdown(rows));
    await write(out, 'results.csv', writeCsv(csvRows(rows), ','));
    await write(out, 'results.json', `${JSON.stringify(results, null, 2)}\n`);
    await deliver(json, terminal, () => JSON.stringify(results, null, 2), 'the table');
    if (flags.figures === false || results.status === 'cancelled' || rows.length === 0) return;
    await writePictures(plan, batch, rows, out, terminal, signal);
  });
  conclude(terminal, plan, batch, rows, out, flags);
}

async function writePictures(
  plan: ReproducePlan,
  { stored }: Batch,
  rows: Row[],
  out: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const bar = startProgress(terminal, 'figures', new Set(rows.map(({ experiment }) => experiment)).size);
  try {
    const drawn = await drawAll(plan, stored, rows, signal, (done) => bar.update(done));
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

function resultsOf(
  { groups, runs }: ReproducePlan,
  { stored, lost }: Batch,
  rows: Row[],
  flags: Flags,
): Results {
  const incomplete = stored.size + lost.length < runs.length;
  const failed = rows.some((row) => row.runs.some(({ failure }) => failure !== undefined));
  return {
    package: PACKAGE_VERSION,
    status: incomplete
      ? flags.stored
        ? 'partial'
        : 'cancelled'
      : failed || lost.length > 0
        ? 'failed'
        : 'done',
    seeds: groups.map(({ name }) => name),
    rows,
    lost: lost.map(({ run, error }) => ({ ...nameOf(run), message: error.message })),
  };
}

const nameOf = ({ setting, seed }: PlannedRun) => ({
  experiment: setting.experiment,
  model: setting.recipe,
  seed,
});

/** Says what came of it, and ends with the code for it. */
function conclude(
  terminal: Terminal,
  { runs }: ReproducePlan,
  { stored, lost }: Batch,
  rows: Row[],
  out: string,
  { json, figures }: Flags,
): void {
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    terminal.complain(`interrupted: ${stored.size} of ${plural(runs.length, 'run')} are kept in ${out}`);
    // Going on must not begin anew.
    const words = process.argv.slice(2).filter((word) => word !== '--fresh');
    terminal.complain(`go on with: ${thisCommand()} ${words.map(quoted).join(' ')}`);
    throw new Ended(interrupted);
  }
  if (json !== '-' && rows.length > 0) {
    terminal.print(tableText(terminal, rows));
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
