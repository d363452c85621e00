import { createPool, defaultSize, simulateStochasticOver } from '../batch/node.js';
import type { SimulateOptions } from '../simulate/types.js';
import type { StochasticEnsemble } from '../stochastic/ensemble.js';
import { StochasticFailure } from '../stochastic/failure.js';
import { simulateStochastic } from '../stochastic/inlined.js';
import type { StochasticSolution } from '../stochastic/solution.js';
import type { StochasticManyOptions } from '../stochastic/types.js';
import { ensembleTable, writeEnsemble } from './ensemble-output.js';
import { stochasticJson } from './ensemble-text.js';
import { refusing } from './failures.js';
import type { NetworkFile } from './input.js';
import { plural, seconds, short } from './numbers.js';
import { aboutFile } from './options.js';
import { startProgress } from './progress.js';
import { interruptible } from './signals.js';
import { finalTable, type SolutionTargets, writeSolution } from './solution-output.js';
import { endAfter } from './solve-failures.js';
import { type StochasticFlags, stochasticOptionsOf } from './stochastic-options.js';
import type { Terminal } from './terminal.js';

/** Flags of `simulate --stochastic`. */
export interface StochasticRunFlags extends StochasticFlags, SolutionTargets {
  method?: string;
}

/** Options of a run that mean the same to both kinds of simulation. */
type SharedOptions = Pick<
  SimulateOptions,
  'to' | 'save' | 'engine' | 'maxSeconds' | 'initial' | 'parameters'
>;

/** Makes one stochastic run or an ensemble, and writes it. */
export async function simulateStochastically(
  terminal: Terminal,
  source: NetworkFile,
  flags: StochasticRunFlags,
  { to, save, engine, maxSeconds, initial, parameters }: SharedOptions,
): Promise<void> {
  const shared = Object.fromEntries(
    Object.entries({ to, save, engine, maxSeconds, initial, parameters }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as SharedOptions;
  const options = { ...shared, ...stochasticOptionsOf(flags, flags.method) };
  const began = performance.now();
  const failure =
    (flags.runs ?? 1) > 1
      ? await makeEnsemble(terminal, source, flags, options, began)
      : await makeRun(terminal, source, flags, options, began);
  if (failure === undefined) return;
  const { run, ensemble, time } = failure;
  const before = ensemble ? plural(ensemble.runs, 'run') : undefined;
  endAfter(
    terminal,
    failure,
    before === undefined ? `at time ${short(time)}` : `after ${before}`,
    Object.values(targetsOf(flags)).some((target) => target !== undefined),
    run === undefined
      ? undefined
      : `it was run ${run}: --run ${run} without --runs makes it alone${before ? `; ${before} before it` : ''}`,
  );
}

const targetsOf = ({ csv, json, plot, trajectories }: StochasticRunFlags) => ({
  csv,
  json,
  plot,
  trajectories,
});

async function makeRun(
  terminal: Terminal,
  { network, name }: NetworkFile,
  flags: StochasticRunFlags,
  options: StochasticManyOptions,
  began: number,
): Promise<StochasticFailure | undefined> {
  let failure: StochasticFailure | undefined;
  const solution = await interruptible(async (signal) => {
    const bar = startProgress(terminal, 'simulating', 1);
    try {
      return await refusing(
        () =>
          simulateStochastic(network, {
            ...options,
            ...(flags.run !== undefined && { run: flags.run }),
            signal,
            onProgress: ({ time, fraction, events }) =>
              bar.update(fraction, `t = ${short(time, 3)}, ${plural(events, 'event')}`),
          }),
        (message) => aboutFile(name, message),
      );
    } catch (error) {
      if (!(error instanceof StochasticFailure)) throw error;
      failure = error;
      return error.partial;
    } finally {
      bar.stop();
    }
  });
  if (solution === undefined) return failure;
  const unit = solution.unit === 'molecules' ? 'molecules' : undefined;
  const text = () => stochasticJson(solution, failure);
  await writeSolution(terminal, flags, solution, failure?.code, text, unit);
  if (flags.csv === undefined && flags.json === undefined && flags.plot === undefined) {
    terminal.print(finalTable(terminal, solution, failure?.time));
  }
  sayRounded(terminal, solution.rounded);
  if (failure === undefined) terminal.say(runLine(solution, performance.now() - began));
  return failure;
}

function runLine({ stats, times, seed, run }: StochasticSolution, elapsed: number): string {
  return [
    `reached time ${short(times[times.length - 1])} in ${plural(stats.events, 'event')}`,
    ...(stats.leaps > 0
      ? [`${plural(stats.leaps, 'leap')} (${plural(stats.rejectedLeaps, 'leap')} rejected)`]
      : []),
    ...(stats.crossings > 0 ? [plural(stats.crossings, 'crossing')] : []),
    ...(stats.extinctAt === null ? [] : [`nothing happens after ${short(stats.extinctAt)}`]),
    `seed ${seed}, run ${run}`,
    seconds(elapsed),
  ].join(', ');
}

/** Numbers of molecules that the runs of an ensemble may keep for quantiles: 200 MB. */
const MOST_KEPT = 2.5e7;

async function makeEnsemble(
  terminal: Terminal,
  { network, name }: NetworkFile,
  flags: StochasticRunFlags,
  options: StochasticManyOptions,
  began: number,
): Promise<StochasticFailure | undefined> {
  const runs = flags.runs!;
  const grid = options.save ?? network.simulation.save;
  const rows = typeof grid === 'number' ? grid + 1 : gridRows(grid);
  const fits = runs * rows * network.species.length <= MOST_KEPT;
  let failure: StochasticFailure | undefined;
  const pool = createPool({ size: flags.jobs ?? defaultSize() });
  const bar = startProgress(terminal, 'runs', runs);
  let ensemble: StochasticEnsemble | undefined;
  try {
    ensemble = await interruptible((signal) =>
      refusing(
        () =>
          simulateStochasticOver(pool, network, runs, {
            ...options,
            ...(flags.run !== undefined && { first: flags.run }),
            keep: fits || flags.trajectories !== undefined,
            signal,
            onProgress: ({ done }) => bar.update(done, `${done}/${runs}`),
            onRetry: ({ error }) => terminal.say(`${error.message}; once more`),
          }),
        (message) => aboutFile(name, message),
      ),
    );
  } catch (error) {
    if (!(error instanceof StochasticFailure)) throw error;
    failure = error;
    ensemble = error.ensemble;
  } finally {
    bar.stop();
    await pool.dispose();
  }
  if (ensemble === undefined) return failure;
  const made = ensemble;
  await writeEnsemble(terminal, flags, made, failure);
  if (Object.values(targetsOf(flags)).every((target) => target === undefined) && made.runs > 0) {
    terminal.print(ensembleTable(terminal, made));
  }
  if (made.runs > 0 && made.solutions.length === 0) {
    terminal.say('no quantiles: so many rows of so many runs are not kept; --save fewer rows for them');
  }
  sayRounded(terminal, made.rounded);
  if (failure === undefined) terminal.say(ensembleLine(made, performance.now() - began));
  return failure;
}

const DEFAULT_ROWS = 201;
const gridRows = (grid: { kind: string; intervals?: number; points?: number } | undefined): number =>
  grid === undefined ? DEFAULT_ROWS : (grid.points ?? (grid.intervals ?? 0) + 1);

function ensembleLine({ runs, seed, first, stats }: StochasticEnsemble, elapsed: number): string {
  return [
    `${plural(runs, 'run')} in ${plural(stats.events, 'event')}`,
    ...(stats.leaps > 0
      ? [`${plural(stats.leaps, 'leap')} (${plural(stats.rejectedLeaps, 'leap')} rejected)`]
      : []),
    ...(stats.extinct > 0 ? [`in ${plural(stats.extinct, 'run')} nothing happens any more at the end`] : []),
    `seed ${seed}, runs ${first} to ${first + runs - 1}`,
    seconds(elapsed),
  ].join(', ');
}

function sayRounded(terminal: Terminal, rounded: readonly string[]): void {
  if (rounded.length === 0) return;
  terminal.say(
    `no whole number of molecules at a start or dose, rounded by chance in each run: ${rounded.join(', ')}`,
  );
}
