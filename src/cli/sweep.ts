import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type SweepPlan,
  type SweepResult,
  type SweepTable,
  sweepTable,
  tableCsv,
  tableParquet,
} from '../batch/node.js';
import { shown } from '../batch/queue/address.js';
import { FileStore } from '../batch/store/index.js';
import { PACKAGE_VERSION } from '../learning/version.js';
import { delimiterOption } from './csv.js';
import { Ended, exitCodes, InvalidInput } from './failures.js';
import { addExamples } from './help.js';
import { plural, splitList } from './numbers.js';
import { commonOptions, numberOption, parsedOption } from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { queueRunner } from './queue.js';
import { interruptCode, interruptible } from './signals.js';
import { type AxisFlags, sweepFigures } from './sweep-figures.js';
import { readGrid, readOptions, readRange, readReplicates, readTake } from './sweep-flags.js';
import { asInvalid, completeSweep, localRunner, openSweepStore } from './sweep-run.js';
import { type DesignFlags, readSweep } from './sweep-source.js';
import { summaryText } from './sweep-summary.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';
import { quoted, thisCommand } from './train-folder.js';

interface Flags extends TerminalFlags, DesignFlags, AxisFlags {
  workers?: number;
  queue?: string;
  name?: string;
  out?: string;
  csv?: string;
  parquet?: string;
  json?: string;
  figures?: boolean;
  extend?: boolean;
  fresh?: boolean;
  stored?: boolean;
  plan?: boolean;
}

export function addSweep(program: Command): void {
  const command = program
    .command('sweep')
    .summary('run many simulations or trainings that differ in some options')
    .description(
      'Runs every case of a design over any options of simulate or train, in parallel, and writes a table (CSV, ' +
        'Parquet, JSON) and figures. Every outcome is kept as soon as it is there: the same command goes on where it ' +
        'was stopped.',
    )
    .argument(
      '<what>',
      'a sweep file (.json), a network as text (.crn), a task, or a table to be learned (.csv)',
    )
    .optionsGroup('Design (adds to the sweep file):')
    .addOption(
      parsedOption('--grid <k1=1,2,3>', 'values of an option; of several, every combination', readGrid),
    )
    .addOption(
      parsedOption(
        '--range <k1=1e-3:1e3:log:7>',
        'the same by its ends, number of points and scale',
        readRange,
      ),
    )
    .addOption(
      numberOption('--lhs <N>', 'N samples of all ranges together, a Latin hypercube', {
        atLeast: 1,
        whole: true,
      }),
    )
    .addOption(numberOption('--lhs-seed <S>', 'of these samples (default: 0)', { atLeast: 0, whole: true }))
    .option('--list <FILE>', 'cases one by one: a table (.csv) with an option in every column, or .json')
    .addOption(
      parsedOption(
        '--replicates <N>',
        'of each case, trainings with the first N seeds, or seeds and ranges as in 0-9,100-119',
        readReplicates,
      ),
    )
    .option('--stochastic', 'runs by molecules, one for each case: `volume`, `seed` and `method` are options')
    .addOption(parsedOption('--option <to=100,…>', 'options of all cases', readOptions))
    .addOption(
      parsedOption(
        '--take <WORDS>',
        'what is kept, such as "max X from 50 as peak"; can be given again',
        readTake,
      ),
    )
    .optionsGroup('Tables to be learned:')
    .option('--target <COLUMN>', 'the column to predict')
    .addOption(
      parsedOption('--features <a,b,…>', 'columns to learn from (default: all others)', (_, text) =>
        splitList(text),
      ),
    )
    .option('--classes', 'the target is classes, although their names are numbers')
    .addOption(delimiterOption())
    .optionsGroup('Run:')
    .addOption(
      numberOption('--workers <N>', 'cases at the same time (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    )
    .option('--queue <URL>', 'let `neural-crn worker` run them, by a Redis at redis://HOST:PORT')
    .option('--name <Q>', 'of the queue there (default: sweeps)')
    .option(
      '--extend',
      'the sweep has changed: keep the outcomes of cases that are still in it, run the rest',
    )
    .option('--fresh', 'run all cases anew; the store there is renamed to results.jsonl.before')
    .option('--stored', 'run nothing: tables and figures of what is there')
    .option('--plan', 'run nothing: print the cases as CSV')
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for the store, tables and figures (default: out/NAME)')
    .option('--csv <FILE>', 'the table as CSV as well; - for standard output')
    .option('--parquet <FILE>', 'the table as Parquet as well')
    .option('--json <FILE>', 'the table as JSON; - for standard output')
    .option('--x <NAME>', "figures' first axis (default: the first option with several numbers)")
    .option('--y <NAME>', 'their second axis, which makes them heat maps')
    .option('--no-figures', 'do without figures');
  addExamples(
    command,
    'sweep examples/sweep/brusselator.crn --range B=1:4:31 --take "range X from 60"',
    'sweep examples/sweep/brusselator.crn --range A=0.5:2 --range X=0.1:10:log --lhs 200',
    'sweep xor --grid rate=0.02,0.05,0.1 --grid hidden=4,8 --replicates 10',
    'sweep sweep.json --queue redis://localhost --out out/large',
  );
  commonOptions(command).action(run);
}

async function run(what: string, flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { csv, json, parquet } = flags;
  if (parquet === '-') throw new InvalidInput('--parquet needs the name of a file');
  prepareTargets({ '--csv': csv, '--json': json, '--parquet': parquet });
  refuseTogether(flags);
  const { plan, name } = await readSweep(what, flags, terminal);
  // Axes that cannot be are refused before anything is run.
  const drawn = (result: SweepResult) => sweepFigures(sweepTable(plan, result.outcomes), axisFlags(flags));
  drawn({ outcomes: [], lost: [] });
  if (flags.plan) {
    await deliver('-', terminal, () => tableCsv(planTable(plan)), 'the plan');
    terminal.say(plural(plan.cases.length, 'case'));
    return;
  }
  const out = flags.out ?? join('out', name);
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareFolder('--out', out);

  const result = await outcomesOf(plan, out, flags, terminal);
  const table = sweepTable(plan, result.outcomes);
  // A first Ctrl-C here lets the file under way be finished.
  await interruptible(async () => {
    await writeTables(table, resultsOf(table, plan, result, flags), out, flags, terminal);
    if (flags.figures === false || interruptCode() !== undefined) return;
    await writeFigures(drawn(result), out);
  });
  conclude(terminal, table, result, out, flags);
}

const axisFlags = ({ x, y }: Flags): AxisFlags => ({
  ...(x !== undefined && { x }),
  ...(y !== undefined && { y }),
});

function refuseTogether(flags: Flags): void {
  const exclusive: (keyof Flags)[][] = [
    ['stored', 'fresh', 'extend'],
    ['stored', 'queue'],
    ['queue', 'workers'],
  ];
  for (const names of exclusive) {
    const given = names.filter((name) => flags[name] !== undefined);
    if (given.length < 2) continue;
    throw new InvalidInput(`${given.map((name) => `--${name}`).join(' and ')} exclude each other`);
  }
  if (flags.name !== undefined && flags.queue === undefined) throw new InvalidInput('--name needs --queue');
}

/** The design alone. */
function planTable(plan: SweepPlan): SweepTable {
  const { columns, rows } = sweepTable(plan, []);
  const kept = columns.flatMap(({ role, name }, c) => (role === 'factor' || name === 'case' ? [c] : []));
  return { columns: kept.map((c) => columns[c]), rows: rows.map((row) => kept.map((c) => row[c])) };
}

async function outcomesOf(
  plan: SweepPlan,
  out: string,
  flags: Flags,
  terminal: Terminal,
): Promise<SweepResult> {
  const path = join(out, 'results.jsonl');
  if (flags.stored) {
    if (!existsSync(path)) throw new InvalidInput(`there are no outcomes in ${out} yet`);
    try {
      const { outcomes } = FileStore.read(path, plan);
      return { outcomes: plan.cases.map((_, k) => outcomes.get(k)), lost: [] };
    } catch (error) {
      throw asInvalid(error);
    }
  }
  const changed = flags.fresh ? 'aside' : flags.extend ? 'extend' : 'refuse';
  return await interruptible(async (signal) => {
    const store = openSweepStore(path, plan, changed, terminal);
    const { queue, name, workers } = flags;
    const runner = (cases: number) =>
      queue === undefined ? localRunner(workers, cases) : queueRunner(queue, name, terminal);
    try {
      return await completeSweep(plan, store, runner, terminal, signal);
    } finally {
      store.close();
    }
  });
}

/** What `--json` holds. */
interface Results {
  package: string;
  /** `'partial'`: not all outcomes are there, and none were to be made. */
  status: 'done' | 'failed' | 'cancelled' | 'partial';
  cases: number;
  /** By how cases ended. */
  ended: { done: number; failed: number; refused: number; missing: number };
  columns: string[];
  rows: SweepTable['rows'];
  /** Cases that no worker could finish, by their number. */
  lost: { case: number; message: string }[];
}

function resultsOf(
  table: SweepTable,
  plan: SweepPlan,
  { outcomes, lost }: SweepResult,
  flags: Flags,
): Results {
  const count = (status: string | undefined) =>
    plan.cases.filter((_, k) => outcomes[k]?.status === status).length;
  const ended = {
    done: count('done'),
    failed: count('failed'),
    refused: count('refused'),
    missing: count(undefined),
  };
  const incomplete = ended.missing > lost.length;
  return {
    package: PACKAGE_VERSION,
    status: incomplete
      ? flags.stored
        ? 'partial'
        : 'cancelled'
      : ended.done < plan.cases.length
        ? 'failed'
        : 'done',
    cases: plan.cases.length,
    ended,
    columns: table.columns.map(({ name }) => name),
    rows: table.rows,
    lost: lost.map(({ index, error }) => ({ case: index + 1, message: error.message })),
  };
}

async function writeTables(
  table: SweepTable,
  results: Results,
  out: string,
  { csv, parquet, json }: Flags,
  terminal: Terminal,
): Promise<void> {
  const what = `${plural(table.rows.length, 'row')}, ${plural(table.columns.length, 'column')}`;
  const bytes = await tableParquet(table);
  await writeAtomically(join(out, 'results.csv'), tableCsv(table));
  await writeAtomically(join(out, 'results.parquet'), bytes);
  await deliver(csv, terminal, () => tableCsv(table), what);
  if (parquet !== undefined) {
    await writeAtomically(parquet, bytes);
    terminal.say(`wrote ${parquet} (${what})`);
  }
  await deliver(json, terminal, () => JSON.stringify(results), 'the table');
}

async function writeFigures(figures: ReturnType<typeof sweepFigures>, out: string): Promise<void> {
  if (figures.size === 0) return;
  // Loaded when there is something to draw, as in `plots.ts`.
  const { figureToSvg } = await import('../plot/node.js');
  prepareFolder('--out', join(out, 'figures'));
  for (const [name, make] of figures) {
    await writeAtomically(join(out, 'figures', `${name}.svg`), figureToSvg(make()));
    if (interruptCode() !== undefined) return;
    // Drawing is synchronous; Ctrl-C is heard here.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Says what came of it, and ends with the code for it. */
function conclude(
  terminal: Terminal,
  table: SweepTable,
  { outcomes, lost }: SweepResult,
  out: string,
  flags: Flags,
): void {
  const total = table.rows.length;
  const ended = outcomes.filter((one) => one !== undefined).length;
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    terminal.complain(`interrupted: ${ended} of ${plural(total, 'case')} are kept in ${out}`);
    // Going on must not begin anew.
    const words = process.argv
      .slice(2)
      .filter((word) => word !== '--fresh' && word !== '--extend')
      .map((word) => (flags.queue === undefined ? word : word.replace(flags.queue, shown(flags.queue))));
    terminal.complain(`go on with: ${thisCommand()} ${words.map(quoted).join(' ')}`);
    throw new Ended(interrupted);
  }
  if (flags.json !== '-' && flags.csv !== '-') {
    terminal.print(summaryText(terminal, table));
    terminal.print(
      `\nLook in ${out}/: results.csv, results.parquet${flags.figures === false ? '' : ', and figures/'}`,
    );
  }
  complainOfCases(terminal, outcomes, lost);
  const unsuccessful = outcomes.filter((one) => one !== undefined && one.status !== 'done').length;
  if (unsuccessful > 0 || lost.length > 0) throw new Ended(exitCodes.failed);
}

/** Cases that did not come to their end; alike ones once. */
function complainOfCases(
  terminal: Terminal,
  outcomes: SweepResult['outcomes'],
  lost: SweepResult['lost'],
): void {
  const error = terminal.wordInk.bold(terminal.wordInk.red('error:'));
  const kinds = new Map<string, { first: number; count: number; text: string }>();
  const note = (key: string, k: number, text: string) => {
    const kind = kinds.get(key) ?? { first: k + 1, count: 0, text };
    kinds.set(key, { ...kind, count: kind.count + 1 });
  };
  outcomes.forEach((outcome, k) => {
    if (outcome === undefined || outcome.status === 'done') return;
    note(outcome.code ?? outcome.error, k, `${outcome.status}: ${outcome.error}`);
  });
  for (const { index, error } of lost) note(`lost ${error.message}`, index, error.message);
  const listed = [...kinds.values()];
  for (const { first, count, text } of listed.slice(0, 8)) {
    const which = count === 1 ? `case ${first}` : `${plural(count, 'case')}, the first of them ${first},`;
    terminal.complain(`${error} ${which} ${text}`);
  }
  if (listed.length > 8) terminal.complain(`and ${listed.length - 8} other kinds of error: see the table`);
  if (lost.length > 0)
    terminal.complain('  hint: the same command tries the lost ones again and keeps the others');
}
