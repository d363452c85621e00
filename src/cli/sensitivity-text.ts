import { type Chart, checkFigure, PALETTE } from '../plot/index.js';
import type { SensitivitySolution } from '../sensitivity/index.js';
import type { SolveFailure } from '../simulate/failure.js';
import { plural, short } from './numbers.js';
import { failureJson } from './solve-failures.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

/** Derivatives as they are shown. */
export interface Derived {
  solution: SensitivitySolution;
  /** Species and observables. */
  species: readonly string[];
  relative: boolean;
}

const columnOf = ({ solution, relative }: Derived, name: string, quantity: string): Float64Array =>
  relative ? solution.relativeSensitivity(name, quantity) : solution.sensitivity(name, quantity);

/** All of it, whole or partial: derivatives by time, by quantity, of what was asked for; null where there is none. */
export function sensitivityJson(derived: Derived, failure: SolveFailure | undefined): string {
  const { solution, species, relative } = derived;
  const { times, of, status, stats } = solution;
  const columns = of.map((quantity) => species.map((name) => columnOf(derived, name, quantity)));
  const concentrations = species.map((name) => solution.column(name));
  const at = (column: Float64Array, i: number) => (Number.isFinite(column[i]) ? column[i] : null);
  return JSON.stringify({
    species,
    of,
    relative,
    times: [...times],
    concentrations: Array.from(times, (_, i) => concentrations.map((column) => column[i])),
    sensitivities: Array.from(times, (_, i) =>
      columns.map((ofQuantity) => ofQuantity.map((column) => at(column, i))),
    ),
    status,
    stats,
    ...(failure === undefined ? {} : { failure: failureJson(failure) }),
  });
}

/** A row for each species, a column for each quantity, at the last saved time. */
export function sensitivityTable(terminal: Terminal, derived: Derived): string {
  const { solution, species, relative } = derived;
  const last = solution.times.length - 1;
  const text = (value: number) => (Number.isNaN(value) ? '–' : short(value));
  return table(
    terminal,
    [
      `t = ${short(solution.times[last])}`,
      ...solution.of.map((quantity) => (relative ? `dln/dln${quantity}` : `d/d${quantity}`)),
    ],
    species.map((name) => [
      name,
      ...solution.of.map((quantity) => text(columnOf(derived, name, quantity)[last])),
    ]),
  );
}

/** Lines that one picture can hold. */
const MOST_LINES = 12;
/** Times that span this factor, from above 0, are drawn on a logarithmic axis. */
const LOG_ABOVE = 1000;

/** The derivatives that reach furthest, over time. */
export function sensitivityFigure(derived: Derived): Chart {
  const { solution, species, relative } = derived;
  const d = relative ? 'dln' : 'd';
  const all = solution.of.flatMap((quantity) =>
    species.map((name) => ({
      name: `${d}${name}/${d}${quantity}`,
      values: columnOf(derived, name, quantity),
    })),
  );
  const reach = (values: Float64Array) =>
    values.reduce((most, value) => Math.max(most, Number.isFinite(value) ? Math.abs(value) : 0), 0);
  const lines = [...all].sort((a, b) => reach(b.values) - reach(a.values)).slice(0, MOST_LINES);
  const left = all.length - lines.length;
  const x = [...solution.times];
  const isLog = x[0] > 0 && x[x.length - 1] / x[0] > LOG_ABOVE;
  const figure: Chart = {
    title: relative ? 'Relative derivatives over time' : 'Derivatives over time',
    ...(left > 0 && {
      subtitle: `The ${MOST_LINES} that reach furthest; ${plural(left, 'other')} left out.`,
    }),
    width: 640,
    height: 420,
    x: { label: 'time', unit: 'model units', scale: isLog ? 'log' : 'linear' },
    y: { label: relative ? '(p/x) ∂x/∂p' : '∂x/∂p', unit: relative ? '%/%' : 'model units', scale: 'linear' },
    layers: lines.map(({ name, values }, i) => ({
      kind: 'line' as const,
      name,
      x,
      y: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
      color: PALETTE[i % PALETTE.length],
    })),
    legend: { position: 'right' },
  };
  checkFigure(figure);
  return figure;
}
