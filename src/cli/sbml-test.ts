import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createPool, defaultSize, simulateStochasticOver } from '../batch/node.js';
import type { SbmlResult } from '../io/sbml/index.js';
import type { Network } from '../network/model.js';
import { SolveFailure } from '../simulate/failure.js';
import { StochasticFailure } from '../stochastic/failure.js';
import { Ended, exitCodes, InvalidFile, InvalidInput } from './failures.js';
import { addExamples } from './help.js';
import { readText } from './input.js';
import { describeInvalidFile, formatIssues } from './issues.js';
import { plural, short } from './numbers.js';
import { commonOptions, numberOption } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { startProgress } from './progress.js';
import { type Column, columnsOf } from './sbml-columns.js';
import { runCase, timesOf } from './sbml-run.js';
import { type CaseSettings, readSettings } from './sbml-settings.js';
import {
  judge,
  MOST_OUTSIDE,
  type MomentColumn,
  readResults,
  runStochasticCase,
  type Verdict,
} from './sbml-stochastic.js';
import { interruptCode, interruptible } from './signals.js';
import { complainOfFailure } from './solve-failures.js';
import { table } from './tables.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface SbmlTestFlags extends TerminalFlags {
  out?: string;
  stochastic?: boolean;
  runs?: number;
  seed?: number;
  jobs?: number;
}

export function addSbmlTest(program: Command): void {
  const command = program
    .command('sbml-test')
    .summary('run a case of the SBML Test Suite')
    .description(
      'Reads NNNNN-settings.txt and the model of the highest level there is, simulates it, and writes the results as ' +
        'the suite wants them. A model that is not supported is refused with its issues: exit code 1, and no file. With ' +
        '--stochastic, means and deviations of many runs, judged against those that the suite has published: exit code 1 ' +
        'where they differ by more than chance.',
    )
    .argument('<case>', "a case's folder, as semantic/00001")
    .option('--out <FILE>', 'results as CSV; - for standard output (needed without --stochastic)')
    .option('--stochastic', 'a case of the stochastic suite')
    .addOption(numberOption('--runs <N>', 'with --stochastic (default: 10000)', { atLeast: 2, whole: true }))
    .addOption(numberOption('--seed <S>', 'with --stochastic (default: 0)', { atLeast: 0, whole: true }))
    .addOption(
      numberOption('--jobs <N>', 'with --stochastic, workers (default: as many as there are processors)', {
        atLeast: 1,
        below: 1025,
        whole: true,
      }),
    );
  addExamples(
    command,
    'sbml-test semantic/00001 --out 00001-results.csv',
    'sbml-test stochastic/00001 --stochastic --runs 10000',
  );
  commonOptions(command).action(run);
}

/** Files of one case, from the level that says most to the one that says least. */
const editions = ['l3v2', 'l3v1', 'l2v5', 'l2v4', 'l2v3', 'l2v2', 'l2v1'];

async function run(folder: string, flags: SbmlTestFlags): Promise<void> {
  const terminal = openTerminal(flags);
  checkFlags(flags);
  prepareTargets({ '--out': flags.out });
  const { model, settings: settingsFile, results } = caseFiles(folder);
  const settings = await settingsOf(settingsFile);
  const text = await readText(model);
  // Read when it is asked for: other commands start without it.
  const { readSbml } = await import('../io/sbml/index.js');
  const result = readSbml(text);
  if (result.network === null) refuse(terminal, new InvalidFile(model, result.issues, text));
  if (result.issues.length > 0) terminal.say(formatIssues(model, text, result.issues, terminal.paint));
  const columns = supported(terminal, model, settings, result);
  if (flags.stochastic) {
    await judged(terminal, model, results, result.network, columns, settings, flags);
    return;
  }
  const rows = await simulated(terminal, result, columns, settings);
  const lines = [['time', ...settings.variables], ...rows].map((row) => `${row.join(',')}\n`);
  const what = `${plural(rows.length, 'row')}, ${plural(columns.length, 'variable')}`;
  await deliver(flags.out, terminal, () => lines, what);
}

/** @throws InvalidInput for flags that do not go together */
function checkFlags(flags: SbmlTestFlags): void {
  if (flags.stochastic) return;
  for (const key of ['runs', 'seed', 'jobs'] as const) {
    if (flags[key] !== undefined)
      throw new InvalidInput(`--${key} is for stochastic cases`, 'add --stochastic');
  }
  if (flags.out === undefined) throw new InvalidInput('--out is missing: say where the results are to go');
}

/** The model, the settings and the published results of a case. */
function caseFiles(folder: string): { model: string; settings: string; results: string } {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new InvalidInput(
      `${folder} is no folder that can be read`,
      "give a case's folder, as semantic/00001",
    );
  }
  const id = basename(resolve(folder));
  const settings = join(folder, `${id}-settings.txt`);
  if (!existsSync(settings)) throw new InvalidInput(`${folder} is no case: it has no ${id}-settings.txt`);
  const edition = editions.find((one) => names.includes(`${id}-sbml-${one}.xml`));
  if (edition !== undefined) {
    const model = join(folder, `${id}-sbml-${edition}.xml`);
    return { model, settings, results: join(folder, `${id}-results.csv`) };
  }
  throw new InvalidInput(
    `${folder} has no model of a level that is read`,
    `there must be one of ${editions.map((one) => `${id}-sbml-${one}.xml`).join(', ')}`,
  );
}

async function settingsOf(file: string): Promise<CaseSettings> {
  const text = await readText(file);
  try {
    return readSettings(text);
  } catch (error) {
    if (error instanceof RangeError) throw InvalidFile.of(file, error.message);
    throw error;
  }
}

function refuse(terminal: Terminal, file: InvalidFile): never {
  terminal.complain(describeInvalidFile(file, terminal.paint));
  throw new Ended(exitCodes.failed);
}

function supported(
  terminal: Terminal,
  model: string,
  settings: CaseSettings,
  { meanings }: SbmlResult,
): Column[] {
  try {
    return columnsOf(settings, meanings);
  } catch (error) {
    if (error instanceof RangeError) refuse(terminal, InvalidFile.of(model, error.message));
    throw error;
  }
}

/** Makes the runs of a stochastic case, writes their moments, and says how they agree with the published ones. */
async function judged(
  terminal: Terminal,
  model: string,
  resultsFile: string,
  network: Network,
  columns: Column[],
  settings: CaseSettings,
  { out, runs = 10_000, seed = 0, jobs }: SbmlTestFlags,
): Promise<void> {
  const pool = createPool({ size: jobs ?? defaultSize() });
  const bar = startProgress(terminal, 'runs', runs);
  let moments: MomentColumn[];
  try {
    moments = await interruptible((signal) =>
      runStochasticCase(
        network,
        columns,
        settings,
        runs,
        (...given) => simulateStochasticOver(pool, ...given),
        { seed, signal, onProgress: ({ done }) => bar.update(done, `${done}/${runs}`) },
      ),
    );
  } catch (error) {
    if (error instanceof RangeError) refuse(terminal, InvalidFile.of(model, error.message));
    if (!(error instanceof StochasticFailure)) throw error;
    complainOfFailure(terminal, error);
    throw new Ended(
      error.code === 'cancelled' ? (interruptCode() ?? exitCodes.interrupted) : exitCodes.failed,
    );
  } finally {
    bar.stop();
    await pool.dispose();
  }
  const lines = [
    ['time', ...moments.map(({ name }) => name)],
    ...Array.from(timesOf(settings), (time, i) => [time, ...moments.map(({ values }) => values[i]!)]),
  ].map((row) => `${row.join(',')}\n`);
  await deliver(out, terminal, () => lines, `${plural(lines.length - 1, 'row')}, ${plural(runs, 'run')}`);
  if (!existsSync(resultsFile)) {
    terminal.say('there are no published results to compare with');
    return;
  }
  let verdicts: Verdict[];
  try {
    verdicts = judge(moments, readResults(await readText(resultsFile)), runs, settings);
  } catch (error) {
    if (error instanceof RangeError) throw InvalidFile.of(resultsFile, error.message);
    throw error;
  }
  const text = verdictTable(terminal, verdicts);
  if (out === undefined) terminal.print(text);
  else terminal.say(text);
  const failed = verdicts.filter(({ passed }) => !passed);
  terminal.say(failed.length === 0 ? `passed: seed ${seed}` : `failed: seed ${seed}`);
  if (failed.length === 0) return;
  const names = failed.map(({ name }) => name).join(', ');
  terminal.complain(
    `${terminal.wordInk.bold(terminal.wordInk.red('error:'))} ${names}: more than ${MOST_OUTSIDE} points are outside`,
  );
  throw new Ended(exitCodes.failed);
}

function verdictTable(terminal: Terminal, verdicts: readonly Verdict[]): string {
  const head = ['series', 'points', 'outside', 'largest |Z| or |Y|'];
  const rows = verdicts.map(({ name, points, outside, largest }) => [
    name,
    String(points),
    String(outside),
    Number.isFinite(largest) ? short(largest, 3) : 'infinite',
  ]);
  return table(terminal, head, rows);
}

function simulated(
  terminal: Terminal,
  { network }: SbmlResult,
  columns: Column[],
  settings: CaseSettings,
): Promise<number[][]> {
  return interruptible(async (signal) => {
    try {
      return await runCase(network!, columns, settings, { signal });
    } catch (error) {
      if (!(error instanceof SolveFailure)) throw error;
      complainOfFailure(terminal, error);
      throw new Ended(
        error.code === 'cancelled' ? (interruptCode() ?? exitCodes.interrupted) : exitCodes.failed,
      );
    }
  });
}
