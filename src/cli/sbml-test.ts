import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { SbmlResult } from '../io/sbml/index.js';
import { SolveFailure } from '../simulate/failure.js';
import { Ended, exitCodes, InvalidFile, InvalidInput } from './failures.js';
import { readText } from './input.js';
import { describeInvalidFile, formatIssues } from './issues.js';
import { plural } from './numbers.js';
import { commonOptions } from './options.js';
import { deliver, prepareTargets } from './output.js';
import { type Column, columnsOf } from './sbml-columns.js';
import { runCase } from './sbml-run.js';
import { type CaseSettings, readSettings } from './sbml-settings.js';
import { interruptCode, interruptible } from './signals.js';
import { complainOfFailure } from './solve-failures.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';

interface SbmlTestFlags extends TerminalFlags {
  out: string;
}

export function addSbmlTest(program: Command): void {
  const command = program
    .command('sbml-test')
    .summary('run a case of the SBML Test Suite')
    .description(
      'Reads NNNNN-settings.txt and the model of the highest level there is, simulates it, and writes the results as ' +
        'the suite wants them. A model that is not supported is refused with its issues: exit code 1, and no file.',
    )
    .argument('<case>', "a case's folder, as semantic/00001")
    .requiredOption('--out <FILE>', 'results as CSV; - for standard output')
    .addHelpText('after', '\nExample:\n  neural-crn sbml-test semantic/00001 --out 00001-results.csv\n');
  commonOptions(command).action(run);
}

/** Files of one case, from the level that says most to the one that says least. */
const editions = ['l3v2', 'l3v1', 'l2v5', 'l2v4', 'l2v3', 'l2v2', 'l2v1'];

async function run(folder: string, flags: SbmlTestFlags): Promise<void> {
  const terminal = openTerminal(flags);
  prepareTargets({ '--out': flags.out });
  const { model, settings: settingsFile } = caseFiles(folder);
  const settings = await settingsOf(settingsFile);
  const text = await readText(model);
  // Read when it is asked for: other commands start without it.
  const { readSbml } = await import('../io/sbml/index.js');
  const result = readSbml(text);
  if (result.network === null) refuse(terminal, new InvalidFile(model, result.issues, text));
  if (result.issues.length > 0) terminal.say(formatIssues(model, text, result.issues, terminal.paint));
  const columns = supported(terminal, model, settings, result);
  const rows = await simulated(terminal, result, columns, settings);
  const lines = [['time', ...settings.variables], ...rows].map((row) => `${row.join(',')}\n`);
  const what = `${plural(rows.length, 'row')}, ${plural(columns.length, 'variable')}`;
  await deliver(flags.out, terminal, () => lines, what);
}

/** The model and the settings of a case. */
function caseFiles(folder: string): { model: string; settings: string } {
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
  if (edition !== undefined) return { model: join(folder, `${id}-sbml-${edition}.xml`), settings };
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
