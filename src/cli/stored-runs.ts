import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createPool, defaultSize, type TrainJobProgress, type WorkerHandle } from '../batch/node.js';
import { PACKAGE_VERSION } from '../learning/version.js';
import { plural, seconds } from './numbers.js';
import { writeAtomically } from './output.js';
import { startProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** A run to be made, or made already: what making and keeping it needs. */
export interface StorableRun {
  setting: { experiment: string; recipe: string };
  seed: number;
  /** A job of the package's worker, and what it takes. */
  job: string;
  input: unknown;
  /** Stands for everything that decides the result. */
  fingerprint: string;
  /** Where its result is kept. */
  file: string;
  /** Expected work, in no unit. */
  work: number;
}

/** A run as it is kept in its file. */
export interface KeptRun<Result> {
  format: 'neural-crn-run';
  version: 1;
  package: string;
  fingerprint: string;
  experiment: string;
  recipe: string;
  seed: number;
  /** How long it took where it was made. */
  seconds: number;
  result: Result;
}

/** Runs that are there, and what became of the others. */
export interface RunBatch<Run extends StorableRun, Kept> {
  stored: Map<Run, Kept>;
  /** Runs that no worker could finish. They are tried again the next time. */
  lost: { run: Run; error: Error }[];
}

/** The runs whose files are there already. */
export async function loadStored<Run extends StorableRun, Kept extends KeptRun<unknown>>(
  runs: readonly Run[],
): Promise<Map<Run, Kept>> {
  const stored = new Map<Run, Kept>();
  for (const run of runs) {
    const found = await loadRun<Kept>(run);
    if (found !== undefined) stored.set(run, found);
  }
  return stored;
}

async function loadRun<Kept extends KeptRun<unknown>>({
  file,
  fingerprint,
}: StorableRun): Promise<Kept | undefined> {
  try {
    const stored = JSON.parse(await readFile(file, 'utf8')) as Partial<Kept>;
    const fits =
      stored.format === 'neural-crn-run' && stored.version === 1 && stored.fingerprint === fingerprint;
    return fits ? (stored as Kept) : undefined;
  } catch {
    // Not there, or not what we wrote: it is computed and written anew.
    return undefined;
  }
}

/** How runs are made and told of. */
export interface CompleteOptions<Run, Kept> {
  /** Runs at the same time. Default: as many as there are processors. */
  jobs: number | undefined;
  terminal: Terminal;
  signal: AbortSignal;
  /** A run's outcome in a few words. */
  told: (run: Run, kept: Kept) => string;
  /** Starts a worker that knows the runs' jobs. Default: the package's own. */
  createWorker?: () => WorkerHandle;
}

/** Computes what is missing over the pool; every result is in its file as soon as it is there. */
export async function completeStored<Run extends StorableRun, Kept extends KeptRun<unknown>>(
  runs: readonly Run[],
  stored: Map<Run, Kept>,
  { jobs, terminal, signal, told, createWorker }: CompleteOptions<Run, Kept>,
): Promise<RunBatch<Run, Kept>> {
  const missing = runs.filter((run) => !stored.has(run));
  const lost: RunBatch<Run, Kept>['lost'] = [];
  if (missing.length === 0) return { stored, lost };
  const pool = createPool({
    size: Math.min(jobs ?? defaultSize(), missing.length),
    ...(createWorker && { createWorker }),
  });
  terminal.say(
    `${plural(missing.length, 'run')} to make${stored.size > 0 ? `, ${stored.size} are there` : ''}; ` +
      `${plural(pool.size, 'worker')}`,
  );
  const bar = startProgress(
    terminal,
    'runs',
    missing.reduce((sum, { work }) => sum + work, 0),
  );
  const parts = new Map<Run, number>();
  let finished = 0;
  const show = ({ setting, seed }: Run) => {
    let done = 0;
    for (const [run, part] of parts) done += part * run.work;
    bar.update(done, `${finished}/${missing.length}  ${setting.experiment} ${seed}`);
  };
  const make = async (run: Run): Promise<void> => {
    const { setting, seed, fingerprint, file } = run;
    const { experiment, recipe } = setting;
    let began = 0;
    try {
      const result = await pool.run<Kept['result']>(run.job, run.input, {
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
      } as Kept;
      await mkdir(dirname(file), { recursive: true });
      await writeAtomically(file, `${JSON.stringify(kept)}\n`);
      stored.set(run, kept);
      finished++;
      parts.set(run, 1);
      show(run);
      // Beside a bar, lines would only be in its way.
      if (!process.stderr.isTTY) {
        terminal.say(`${experiment} ${recipe}, seed ${seed}: ${told(run, kept)} (${seconds(elapsed)})`);
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
