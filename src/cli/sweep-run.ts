import {
  createPool,
  defaultSize,
  type Pool,
  runSweep,
  type SweepPlan,
  type SweepResult,
} from '../batch/node.js';
import { type FileStore, openStore, StoreError } from '../batch/store/index.js';
import { InvalidInput } from './failures.js';
import { plural } from './numbers.js';
import { startProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** Who runs the cases. */
export interface Runner {
  pool: Pool;
  /** In words: `2 workers`. */
  who: string;
}

/** Milliseconds between two lines of progress where there is no bar. */
const SPACING = 10_000;

/** Opens a sweep's store and says what is in it. @throws InvalidInput where it cannot be used */
export function openSweepStore(
  path: string,
  plan: SweepPlan,
  changed: 'refuse' | 'extend' | 'aside',
  terminal: Terminal,
): FileStore {
  try {
    const store = openStore(path, plan, { changed });
    if (store.torn)
      terminal.say(`${path}: the last line was not whole and is left out; its case is run again`);
    if (store.damaged > 0) {
      terminal.complain(
        `${path}: ${plural(store.damaged, 'line')} cannot be read; their cases are run again`,
      );
    }
    if (store.foreign > 0) {
      terminal.say(
        `${path}: ${plural(store.foreign, 'outcome')} of other cases stay there, outside of the table`,
      );
    }
    return store;
  } catch (error) {
    throw asInvalid(error);
  }
}

/** A store's own error in the command's words. */
export function asInvalid(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const hint =
    error.code === 'changed'
      ? '--extend keeps those and runs the rest, --fresh starts anew; or give another --out'
      : error.hint;
  return new InvalidInput(error.message, hint, { cause: error });
}

/** A pool of this machine's processors. */
export function localRunner(workers: number | undefined, cases: number): Runner {
  const pool = createPool({ size: Math.max(1, Math.min(workers ?? defaultSize(), cases)) });
  return { pool, who: plural(pool.size, 'worker') };
}

/**
 * Runs what is missing. When the signal is aborted it ends with what there is.
 * @returns what there is, and cases that no worker could finish
 */
export async function completeSweep(
  plan: SweepPlan,
  store: FileStore,
  makeRunner: (cases: number) => Promise<Runner> | Runner,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<SweepResult> {
  const total = plan.cases.length;
  const there = store.outcomes.size;
  const outcomes = () => plan.cases.map((_, k) => store.outcomes.get(k));
  if (there === total || signal.aborted) return { outcomes: outcomes(), lost: [] };
  const { pool, who } = await makeRunner(total - there);
  terminal.say(`${plural(total - there, 'case')} to run${there > 0 ? `, ${there} are there` : ''}; ${who}`);
  const bar = startProgress(terminal, 'cases', total);
  let unsuccessful = 0;
  let told = performance.now();
  try {
    return await runSweep(pool, plan, {
      store,
      signal,
      onOutcome: (_, { status }) => {
        if (status !== 'done') unsuccessful++;
      },
      onProgress: ({ done, ended }) => {
        const trouble = unsuccessful > 0 ? `, ${unsuccessful} failed` : '';
        bar.update(done, `${ended}/${total}${trouble}`);
        const now = performance.now();
        if (process.stderr.isTTY || now - told < SPACING) return;
        told = now;
        terminal.say(`${ended} of ${plural(total, 'case')}${trouble}`);
      },
    });
  } catch (error) {
    if (signal.aborted) return { outcomes: outcomes(), lost: [] };
    throw asInvalid(error);
  } finally {
    bar.stop();
    await pool.dispose();
  }
}
