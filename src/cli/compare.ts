import { join } from 'node:path';
import type { Command } from 'commander';
import { type Comparison, comparedSystems, compareRows, problemNames } from '../compare/index.js';
import { PACKAGE_VERSION } from '../learning/version.js';
import type { EngineKind } from '../simulate/types.js';
import { comparePicture } from './compare-figure.js';
import {
  type ComparePlan,
  type KeptComparison,
  type PlannedComparison,
  planComparison,
  readMismatch,
  readProblems,
  readSystems,
  readVolumes,
  timedRuns,
} from './compare-plan.js';
import { compareCsvRows, compareMarkdown, compareText } from './compare-tables.js';
import { writeCsv } from './csv.js';
import { Ended, exitCodes, InvalidInput } from './failures.js';
import { addExamples } from './help.js';
import { plural } from './numbers.js';
import { commonOptions, defined, numberOption, parsedOption, storedRunsOptions } from './options.js';
import { deliver, prepareFolder, prepareTargets, writeAtomically } from './output.js';
import { writePlotPairs } from './plots.js';
import { readSeeds, type SeedGroup, seedsOf } from './reproduce-plan.js';
import { interruptCode, interruptible } from './signals.js';
import { completeStored, loadStored, type RunBatch } from './stored-runs.js';
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.js';
import { quoted, thisCommand } from './train-folder.js';

interface Flags extends TerminalFlags {
  tasks?: string[];
  systems?: string[];
  seeds?: SeedGroup[];
  mismatch?: number[];
  volume?: number[];
  epochs?: number;
  engine?: EngineKind;
  jobs?: number;
  out?: string;
  json?: string;
  fresh?: boolean;
  stored?: boolean;
  figures?: boolean;
}

type Batch = RunBatch<PlannedComparison, KeptComparison>;

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .summary('systems in which chemistry learns, beside each other')
    .description(
      'Runs Neural CRNs and other systems in which chemistry learns on the same data, with the same split and stop rule, from ' +
        'many starts, with rate constants that are off and by molecules, and writes what each is made of and what came of it (Markdown, ' +
        'CSV, JSON and a figure). Every run is kept as soon as it is done: the same command goes on where it was stopped.',
    )
    .addOption(parsedOption('--tasks <NAME,…>', `${problemNames.join(', ')} (default: all)`, readProblems))
    .addOption(
      parsedOption(
        '--systems <NAME,…>',
        `${Object.keys(comparedSystems).join(', ')} (default: all)`,
        readSystems,
      ),
    )
    .addOption(
      parsedOption(
        '--seeds <N>',
        'the first N starts, or seeds and ranges as in 0-9,100-119 (default: 10)',
        readSeeds,
      ),
    )
    .addOption(
      parsedOption(
        '--mismatch <S,…>',
        'sizes of log-normal factors of all rate constants, or none (default: 0.05,0.1,0.2)',
        readMismatch,
      ),
    )
    .addOption(
      parsedOption(
        '--volume <V,…>',
        'molecules that a concentration of 1 stands for, or none: the same starts, by chance (default: 1000,100)',
        readVolumes,
      ),
    )
    .addOption(
      numberOption('--epochs <N>', "most epochs, in place of the task's", { atLeast: 1, whole: true }),
    );
  storedRunsOptions(command)
    .optionsGroup('Output:')
    .option('--out <DIR>', 'folder for all files (default: out/compare)')
    .option('--json <FILE>', 'the table as JSON; - for standard output')
    .option('--no-figures', 'do without the figure');
  addExamples(
    command,
    'compare --tasks or --seeds 1',
    'compare --tasks xor,or --systems neural,bfcnn --seeds 20 --mismatch none --volume none',
  );
  commonOptions(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  const terminal = openTerminal(flags);
  const { json, jobs, epochs, engine } = flags;
  const out = flags.out ?? join('out', 'compare');
  if (out === '') throw new InvalidInput('--out needs the name of a folder');
  prepareTargets({ '--json': json });
  const plan = planComparison({
    problems: flags.tasks ?? [...problemNames],
    systems: flags.systems ?? Object.keys(comparedSystems),
    mismatch: flags.mismatch ?? readMismatch('--mismatch', '0.05,0.1,0.2'),
    volumes: flags.volume ?? readVolumes('--volume', '1000,100'),
    seeds: seedsOf(flags.seeds ?? readSeeds('--seeds', '10')),
    out,
    ...defined({ epochs, engine }),
  });
  if (plan.runs.length === 0) {
    const [{ title, problem, reason }] = compareRows(plan.systems, plan.problems, []).without;
    throw new InvalidInput(`there is nothing to run: ${title} has no answer to ${problem}: ${reason}`);
  }
  if (flags.stored && flags.fresh) throw new InvalidInput('--stored and --fresh exclude each other');
  prepareFolder('--out', out);
  const stored = flags.fresh
    ? new Map<PlannedComparison, KeptComparison>()
    : await loadStored<PlannedComparison, KeptComparison>(plan.runs);
  if (flags.stored && stored.size === 0) throw new InvalidInput(`there are no runs in ${out} yet`);
  const batch = flags.stored
    ? { stored, lost: [] }
    : await interruptible((signal) => completeStored(plan.runs, stored, { jobs, terminal, signal, told }));
  const found = compareRows(plan.systems, plan.problems, timedRuns(batch.stored));
  const file = {
    package: PACKAGE_VERSION,
    status: statusOf(plan, batch, flags),
    seeds: plan.seeds,
    ...found,
  };
  // A first Ctrl-C here lets the file under way be finished.
  await interruptible(async (signal) => {
    const text = JSON.stringify(file, null, 2);
    await writeAtomically(join(out, 'compare.json'), `${text}\n`);
    await writeAtomically(join(out, 'compare.md'), compareMarkdown(found));
    await writeAtomically(join(out, 'compare.csv'), writeCsv(compareCsvRows(found), ','));
    await deliver(json, terminal, () => text, 'the table');
    const picture = flags.figures === false ? undefined : comparePicture(found.rows);
    if (picture === undefined || signal.aborted) return;
    await writePlotPairs([[join(out, 'compare'), () => picture]], terminal, () => signal.aborted);
  });
  conclude(terminal, plan, batch, found, out, json);
}

const told = (_: PlannedComparison, { result }: KeptComparison): string => {
  const { reached, epochs, mismatch, volume, failure } = result;
  const off = mismatch === 0 ? '' : `rates ±${100 * mismatch} %, `;
  const rates = volume === undefined ? off : `${off}${plural(volume, 'molecule')} a unit, `;
  if (failure) return `${rates}${failure.message}`;
  if (epochs === 0) return `${rates}${reached ? 'meets the goal' : 'does not meet the goal'}`;
  return `${rates}${reached ? 'learned' : 'not learned'} in ${plural(epochs, 'epoch')}`;
};

function statusOf(
  { runs }: ComparePlan,
  { stored, lost }: Batch,
  flags: Flags,
): 'done' | 'failed' | 'cancelled' | 'partial' {
  if (lost.length > 0) return 'failed';
  if (stored.size === runs.length) return 'done';
  return flags.stored ? 'partial' : 'cancelled';
}

/** Says what came of it, and ends with the code for it. Chemistry that cannot go on is a finding, not a failed command. */
function conclude(
  terminal: Terminal,
  { runs }: ComparePlan,
  { stored, lost }: Batch,
  found: Comparison,
  out: string,
  json: string | undefined,
): void {
  const interrupted = interruptCode();
  if (interrupted !== undefined) {
    terminal.complain(`interrupted: ${stored.size} of ${plural(runs.length, 'run')} are kept in ${out}`);
    // Going on must not begin anew.
    const words = process.argv.slice(2).filter((word) => word !== '--fresh');
    terminal.complain(`go on with: ${thisCommand()} ${words.map(quoted).join(' ')}`);
    throw new Ended(interrupted);
  }
  if (json !== '-') {
    terminal.print(compareText(terminal, found));
    terminal.print(`Look in ${out}/: compare.md, .csv, .json, .svg`);
  }
  const error = terminal.wordInk.bold(terminal.wordInk.red('error:'));
  for (const { run, error: cause } of lost) {
    const { experiment, recipe } = run.setting;
    terminal.complain(`${error} ${experiment} ${recipe}, seed ${run.seed}: ${cause.message}`);
  }
  if (lost.length === 0) return;
  terminal.complain('  hint: the same command tries these again and keeps the others');
  throw new Ended(exitCodes.failed);
}
