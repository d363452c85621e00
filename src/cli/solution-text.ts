import { csvText } from '../simulate/csv.js';
import type { SolveFailure } from '../simulate/failure.js';
import type { Solution } from '../simulate/solution.js';
import { failureJson } from './solve-failures.js';

/** Rows made into text at a time: a large solution as one string would be longer than strings can be. */
const ROWS = 2000;

/** Pieces of `make(first, end)` over all rows. */
function* byRows(count: number, make: (first: number, end: number) => string): Generator<string> {
  for (let first = 0; first < count; first += ROWS) yield make(first, Math.min(count, first + ROWS));
}

const rowsOf = <T>(first: number, end: number, row: (i: number) => T): T[] =>
  Array.from({ length: end - first }, (_, i) => row(first + i));

/** A solution as `time,…species,…observables`, in pieces. */
export function* solutionCsv(solution: Solution<unknown, string>): Generator<string> {
  const { species, observables, times } = solution;
  yield csvText([['time', ...species, ...observables]]);
  yield* byRows(times.length, (first, end) =>
    csvText(rowsOf(first, end, (i) => [times[i], ...solution.row(i), ...solution.observed(i)])),
  );
}

/** A solution, whole or partial, as JSON on one line, in pieces. */
export function solutionJson(solution: Solution, failure: SolveFailure | undefined): Generator<string> {
  const { status, stats } = solution;
  const rest = { status, stats, ...(failure === undefined ? {} : { failure: failureJson(failure) }) };
  return rowsJson(solution, 'concentrations', rest);
}

/** The rows of a solution as JSON, and what is to follow them, in pieces. @param values the key of the rows */
export function* rowsJson(
  solution: Solution<unknown, string>,
  values: string,
  rest: object,
): Generator<string> {
  const { species, observables, times } = solution;
  const list = (row: (i: number) => unknown) =>
    byRows(
      times.length,
      (first, end) => (first > 0 ? ',' : '') + JSON.stringify(rowsOf(first, end, row)).slice(1, -1),
    );
  yield `{"species":${JSON.stringify(species)},"times":[`;
  yield* list((i) => times[i]);
  yield `],${JSON.stringify(values)}:[`;
  yield* list((i) => [...solution.row(i)]);
  if (observables.length > 0) {
    yield `],"observables":{"names":${JSON.stringify(observables)},"values":[`;
    yield* list((i) => [...solution.observed(i)]);
    yield ']}';
  } else {
    yield ']';
  }
  yield `,${JSON.stringify(rest).slice(1)}\n`;
}
