import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createPool, defaultSize, type TrainJobProgress, type TrainJobResult } from '../batch/node.js';
import type { LearnerReport } from '../learning/index.js';
import { PACKAGE_VERSION } from '../learning/version.js';
import { plural, seconds } from './numbers.js';
import { writeAtomically } from './output.js';
import { startProgress } from './progress.js';
import { learnedText } from './reproduce-learner-rows.js';
import { measured, measuredText } from './reproduce-rows.js';
import type { AnyRun, AnyStored, StoredRun, StoredRuns } from './reproduce-stored.js';
import type { Terminal } from './terminal.js';

/** Runs that are there, and what became of the others. */
export interface Batch {
  stored: StoredRuns;
  /** Runs that no worker could finish. They are tried again the next time. */
  lost: { run: AnyRun; error: Error }[];
}

/** The runs whose files are there already. */
export async function loadRuns(runs: readonly AnyRun[]): Promise<StoredRuns> {
  const stored: StoredRuns = new Map();
  for (const run of runs) {
    const found = await loadRun(run);
    if (found !== undefined) stored.set(run, found);
  }
  return stored;
}

async function loadRun({ file, fingerprint }: AnyRun): Promise<AnyStored | undefined> {
  try {
    const stored = JSON.parse(await readFile(file, 'utf8')) as Partial<AnyStored>;
    const fits =
      stored.format === 'neural-crn-run' && stored.version === 1 && stored.fingerprint === fingerprint;
    return fits ? (stored as AnyStored) : undefined;
  } catch {
    // Not there, or not what we wrote: it is computed and written anew.
    return undefined;
  }
}

/** Computes what is missing over the pool; every result is in its file as soon as it is there. */
export async function completeRuns(
  runs: readonly AnyRun[],
  stored: StoredRuns,
  jobs: number | undefined,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Batch> {
  const missing = runs.filter((run) => !stored.has(run));
  const lost: Batch['lost'] = [];
  if (missing.length === 0) return { stored, lost };
  const pool = createPool({ size: Math.min(jobs ?? defaultSize(), missing.length) });
  terminal.say(
    `${plural(missing.length, 'run')} to make${stored.size > 0 ? `, ${stored.size} are there` : ''}; ` +
      `${plural(pool.size, 'worker')}`,
  );
  const bar = startProgress(
    terminal,
    'runs',
    missing.reduce((sum, { work }) => sum + work, 0),
  );
  const parts = new Map<AnyRun, number>();
  let finished = 0;
  const show = ({ setting, seed }: AnyRun) => {
    let done = 0;
    for (const [run, part] of parts) done += part * run.work;
    bar.update(done, `${finished}/${missing.length}  ${setting.experiment} ${seed}`);
  };
  const make = async (run: AnyRun): Promise<void> => {
    const { setting, seed, fingerprint, file } = run;
    const { experiment, recipe } = setting;
    let began = 0;
    try {
      const result = await pool.run<TrainJobResult | LearnerReport>(run.job, run.input, {
        signal,
        onStart: () => {
          began = performance.now();
        },
        onProgress: (value) => {
          const { step, steps } = value as TrainJobProgress;
          parts.set(run, step / steps);
          show(run);
        },
      });
      const elapsed = performance.now() - began;
      const kept = {
        format: 'neural-crn-run',
        version: 1,
        package: PACKAGE_VERSION,
        fingerprint,
        experiment,
        recipe,
        seed,
        seconds: elapsed / 1000,
        result,
      } as AnyStored;
      await mkdir(dirname(file), { recursive: true });
      await writeAtomically(file, `${JSON.stringify(kept)}\n`);
      stored.set(run, kept);
      finished++;
      parts.set(run, 1);
      show(run);
      // Beside a bar, lines would only be in its way.
      if (!process.stderr.isTTY) {
        terminal.say(`${experiment} ${recipe}, seed ${seed}: ${toldText(run, kept)} (${seconds(elapsed)})`);
      }
    } catch (error) {
      if (signal.aborted) return;
      // Files that cannot be written stop everything; a job that fails does not stop the others.
      if ((error as Error).name === 'InvalidInput') throw error;
      lost.push({ run, error: error as Error });
    }
  };
  try {
    await Promise.all(missing.map(make));
  } finally {
    bar.stop();
    await pool.dispose();
  }
  return { stored, lost };
}

const toldText = ({ job }: AnyRun, kept: AnyStored): string =>
  job === 'train'
    ? measuredText(measured(kept as StoredRun))
    : learnedText((kept as StoredRun<LearnerReport>).result);
