import { PACKAGE_VERSION } from '../learning/version.js';
import { Ended, exitCodes } from './failures.js';
import { plural } from './numbers.js';
import { checkTableText } from './reproduce-check-tables.js';
import type { CheckRow } from './reproduce-checks.js';
import type { LearnerRow } from './reproduce-learner-rows.js';
import { learnerTableText } from './reproduce-learner-tables.js';
import type { Results } from './reproduce-page.js';
import type { Row } from './reproduce-rows.js';
import type { Batch } from './reproduce-run.js';
import type { AnyRun } from './reproduce-stored.js';
import { tableText } from './reproduce-tables.js';
import { interruptCode } from './signals.js';
import type { Terminal } from './terminal.js';
import { quoted, thisCommand } from './train-folder.js';

/** What `results.json` and `--json` hold. */
export interface ResultsFile {
  package: string;
  /** `'partial'`: not all runs are there, and none were to be made. */
  status: 'done' | 'failed' | 'cancelled' | 'partial';
  seeds: string[];
  rows: readonly Row[];
  /** Rows of other systems than Neural CRNs, where any were asked for. */
  learners?: readonly LearnerRow[];
  /** Numbers known beforehand, where any were asked for. */
  checks?: readonly CheckRow[];
  /** Runs that no worker could finish. */
  lost: { experiment: string; model: string; seed: number; message: string }[];
}

const plannedCount = ({ plan, learners, validations }: Results): number =>
  plan.runs.length + learners.plan.runs.length + validations.plan.runs.length;

export function resultsOf(results: Results, { stored, lost }: Batch, onlyStored: boolean): ResultsFile {
  const { plan, rows, learners, checks } = results;
  const incomplete = stored.size + lost.length < plannedCount(results);
  const failed =
    [...rows, ...learners.rows, ...checks].some((row) =>
      row.runs.some(({ failure }) => failure !== undefined),
    ) || checks.some(({ verdict }) => verdict === 'out');
  return {
    package: PACKAGE_VERSION,
    status: incomplete
      ? onlyStored
        ? 'partial'
        : 'cancelled'
      : failed || lost.length > 0
        ? 'failed'
        : 'done',
    seeds: plan.groups.map(({ name }) => name),
    rows,
    ...(learners.rows.length > 0 && { learners: learners.rows }),
    ...(checks.length > 0 && { checks }),
    lost: lost.map(({ run, error }) => ({ ...nameOf(run), message: error.message })),
  };
}

const nameOf = ({ setting, seed }: AnyRun) => ({
  experiment: setting.experiment,
  model: setting.recipe,
  seed,
});

/** Says what came of it, and ends with the code for it. */
export function conclude(
  terminal: Terminal,
  results: Results,
  { stored, lost }: Batch,
  out: string,
  { json, figures }: { json?: string; figures?: boolean },
): void {
  const { rows, learners, checks } = results;
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
    if (checks.length > 0) terminal.print(checkTableText(terminal, checks));
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
  const outside = checks.filter(({ verdict }) => verdict === 'out');
  for (const { experiment, recipe, seeds, number } of outside) {
    terminal.complain(
      `${error} ${experiment} ${recipe}, seeds ${seeds}: ${number} is out of what is allowed`,
    );
  }
  if (lost.length > 0 || failed.length > 0 || outside.length > 0) throw new Ended(exitCodes.failed);
}
