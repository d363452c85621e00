import { csvText } from '../simulate/csv.js';
import type { StochasticEnsemble } from '../stochastic/ensemble.js';
import type { StochasticFailure } from '../stochastic/failure.js';
import type { StochasticSolution } from '../stochastic/solution.js';
import { rowsJson } from './solution-text.js';
import { type FailureJson, hintOf, withoutHint } from './solve-failures.js';

/** Quantiles that an ensemble's JSON and plot have. */
export const quantiles = [0.05, 0.5, 0.95];

/** A failed stochastic run as JSON. */
function stochasticFailureJson(
  failure: StochasticFailure,
): FailureJson & { reaction?: string; run?: number } {
  const { code, time, events, species, reaction, run } = failure;
  return {
    code,
    time,
    step: events,
    ...(species === undefined ? {} : { species }),
    ...(reaction === undefined ? {} : { reaction }),
    ...(run === undefined ? {} : { run }),
    message: withoutHint(failure),
    hint: hintOf(failure),
  };
}

/** One stochastic run as JSON, in pieces: as a solution, its rows under `concentrations` or `molecules`. */
export function stochasticJson(
  solution: StochasticSolution,
  failure: StochasticFailure | undefined,
): Generator<string> {
  const { unit, seed, run, rounded, status, stats } = solution;
  return rowsJson(solution, unit === 'molecules' ? 'molecules' : 'concentrations', {
    seed,
    run,
    ...(rounded.length > 0 && { rounded }),
    status,
    stats,
    ...(failure !== undefined && { failure: stochasticFailureJson(failure) }),
  });
}

/** What there is of a species or observable over the saved times, and what it is called; quantiles where the runs were kept. */
function statisticsOf(ensemble: StochasticEnsemble, name: string): { of: string; values: Float64Array }[] {
  return [
    { of: 'mean', values: ensemble.mean(name) },
    { of: 'sd', values: ensemble.sd(name) },
    ...(ensemble.solutions.length > 0
      ? quantiles.map((p) => ({ of: `q${p}`, values: ensemble.quantile(name, p) }))
      : []),
  ];
}

/** An ensemble as `time,A mean,A sd,A q0.05,A q0.5,A q0.95,B mean,…`, in pieces. */
export function* ensembleCsv(ensemble: StochasticEnsemble): Generator<string> {
  const columns = [...ensemble.species, ...ensemble.observables].flatMap((name) =>
    statisticsOf(ensemble, name).map(({ of, values }) => ({ head: `${name} ${of}`, values })),
  );
  yield csvText([['time', ...columns.map(({ head }) => head)]]);
  for (const [i, time] of ensemble.times.entries()) {
    yield csvText([[time, ...columns.map(({ values }) => values[i])]]);
  }
}

/** An ensemble as JSON: means, deviations and, where its runs were kept, quantiles, per time per species. */
export function* ensembleJson(
  ensemble: StochasticEnsemble,
  failure: StochasticFailure | undefined,
): Generator<string> {
  const { species, observables, times, unit, runs, seed, first, rounded, stats, solutions } = ensemble;
  const rows = (names: readonly string[], column: (name: string) => Float64Array) => {
    const columns = names.map(column);
    return Array.from(times, (_, i) =>
      columns.map((values) => (runs === 0 || Number.isNaN(values[i]) ? null : values[i])),
    );
  };
  yield JSON.stringify({ species, times: [...times], unit, runs, seed, first }).slice(0, -1);
  const statistics = (names: readonly string[]) =>
    JSON.stringify({
      mean: rows(names, (name) => ensemble.mean(name)),
      sd: rows(names, (name) => ensemble.sd(name)),
      ...(solutions.length > 0 && {
        quantiles: quantiles.map((p) => ({ p, values: rows(names, (name) => ensemble.quantile(name, p)) })),
      }),
    });
  yield `,${statistics(species).slice(1, -1)}`;
  if (observables.length > 0) {
    yield `,"observables":{"names":${JSON.stringify(observables)},${statistics(observables).slice(1)}`;
  }
  const rest = {
    ...(rounded.length > 0 && { rounded }),
    status: failure?.code ?? 'done',
    stats,
    ...(failure !== undefined && { failure: stochasticFailureJson(failure) }),
  };
  yield `,${JSON.stringify(rest).slice(1)}\n`;
}

/** Every run of an ensemble as `run,time,…species,…observables`, in pieces. */
export function* trajectoriesCsv({ species, observables, solutions }: StochasticEnsemble): Generator<string> {
  yield csvText([['run', 'time', ...species, ...observables]]);
  for (const solution of solutions) {
    yield csvText(
      Array.from(solution.times, (time, i) => [
        solution.run,
        time,
        ...solution.row(i),
        ...solution.observed(i),
      ]),
    );
  }
}
