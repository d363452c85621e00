import { timeCourseFigure } from '../plot/index.js';
import type { Solution } from '../simulate/solution.js';
import { plural, short } from './numbers.js';
import { deliver } from './output.js';
import { writePlot } from './plots.js';
import { solutionCsv } from './solution-text.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

type AnySolution = Solution<unknown, string>;

/** Where the numbers of a run are to go. */
export interface SolutionTargets {
  csv?: string;
  json?: string;
  plot?: string;
}

/**
 * Writes a run, whole or partial, to where it is wanted.
 * @param stopped why it did not reach its end, if it did not
 * @param unit what concentrations are called in a plot
 */
export async function writeSolution(
  terminal: Terminal,
  { csv, json, plot }: SolutionTargets,
  solution: AnySolution,
  stopped: string | undefined,
  makeJson: () => Iterable<string>,
  unit?: string,
): Promise<void> {
  const { times, observables, species } = solution;
  const sums = observables.length > 0 ? `, ${plural(observables.length, 'observable')}` : '';
  const what = `${plural(times.length, 'row')}, ${plural(species.length, 'species', 'species')}${sums}`;
  await deliver(csv, terminal, () => solutionCsv(solution), what);
  await deliver(json, terminal, makeJson, what);
  if (plot === undefined) return;
  if (times.length < 2) {
    terminal.say(`no plot: only ${plural(times.length, 'row')} saved`);
    return;
  }
  // Whoever names observables wants to look at them; a model of a thousand species has a few.
  const drawn = observables.length > 0 ? observables : species;
  const [title, noun] =
    observables.length > 0
      ? ['Observables', 'observables']
      : [unit === undefined ? 'Concentrations' : 'Numbers', 'species'];
  const figure = timeCourseFigure({
    species: drawn,
    noun,
    times,
    columns: drawn.map((name) => solution.column(name)),
    yScale: 'auto',
    title: stopped === undefined ? `${title} over time` : `${title} until the run stopped (${stopped})`,
    ...(unit !== undefined && { unit }),
  });
  await writePlot(plot, figure);
  terminal.say(`wrote ${plot}`);
}

/** First and last numbers of every species, and observables under them. */
export function finalTable(terminal: Terminal, solution: AnySolution, stopped: number | undefined): string {
  const { species, observables, times, final, finalObserved } = solution;
  const end = stopped ?? times[times.length - 1];
  const first = times.length > 1 ? solution.row(0) : undefined;
  const head = ['species', ...(first ? [`t = ${short(times[0])}`] : []), `t = ${short(end)}`];
  const rows = species.map((name, s) => [
    name,
    ...(first ? [short(first[s])] : []),
    terminal.ink.bold(short(final[name])),
  ]);
  const observed = first && solution.observed(0);
  for (const [k, name] of observables.entries()) {
    rows.push([
      name,
      ...(observed ? [short(observed[k])] : []),
      terminal.ink.bold(short(finalObserved[name])),
    ]);
  }
  return table(terminal, head, rows);
}
