import { ensembleFigure } from '../plot/index.js';
import type { StochasticEnsemble } from '../stochastic/ensemble.js';
import type { StochasticFailure } from '../stochastic/failure.js';
import { ensembleCsv, ensembleJson, quantiles, trajectoriesCsv } from './ensemble-text.js';
import { plural, short } from './numbers.js';
import { deliver } from './output.js';
import { writePlot } from './plots.js';
import type { SolutionTargets } from './solution-output.js';
import type { StochasticFlags } from './stochastic-options.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

/** Writes an ensemble, whole or of the runs before a failure, to where it is wanted. */
export async function writeEnsemble(
  terminal: Terminal,
  { csv, json, plot, trajectories }: SolutionTargets & Pick<StochasticFlags, 'trajectories'>,
  ensemble: StochasticEnsemble,
  failure: StochasticFailure | undefined,
): Promise<void> {
  const { runs, times, species } = ensemble;
  const what = `${plural(runs, 'run')}, ${plural(times.length, 'row')}, ${plural(species.length, 'species', 'species')}`;
  await deliver(json, terminal, () => ensembleJson(ensemble, failure), what);
  if (runs === 0) {
    if (csv !== undefined || plot !== undefined || trajectories !== undefined) {
      terminal.say('no run has ended: there is no table and no plot of them');
    }
    return;
  }
  await deliver(csv, terminal, () => ensembleCsv(ensemble), what);
  await deliver(trajectories, terminal, () => trajectoriesCsv(ensemble), what);
  if (plot === undefined) return;
  if (times.length < 2) {
    terminal.say(`no plot: only ${plural(times.length, 'row')} saved`);
    return;
  }
  const kept = ensemble.solutions.length > 0;
  const names = [...species, ...ensemble.observables];
  const figure = ensembleFigure({
    species: names,
    times,
    means: names.map((name) => ensemble.mean(name)),
    ...(kept && {
      bands: names.map((name) => ({
        low: ensemble.quantile(name, quantiles[0]),
        high: ensemble.quantile(name, quantiles[quantiles.length - 1]),
      })),
      note: `Mean of ${plural(runs, 'run')}; bands from the ${percent(quantiles[0])} to the ${percent(quantiles[2])} quantile.`,
    }),
    ...(!kept && { note: `Mean of ${plural(runs, 'run')}.` }),
    unit: ensemble.unit === 'molecules' ? 'molecules' : undefined,
  });
  await writePlot(plot, figure);
  terminal.say(`wrote ${plot}`);
}

const percent = (p: number): string => `${Number((100 * p).toPrecision(6))} %`;

/** Mean, standard deviation and quantiles of every species and observable at the last row. */
export function ensembleTable(terminal: Terminal, ensemble: StochasticEnsemble): string {
  const { species, observables, times, solutions } = ensemble;
  const last = times.length - 1;
  const kept = solutions.length > 0;
  const words = quantiles.map((p) => (p === 0.5 ? 'median' : percent(p)));
  const head = [`at t = ${short(times[last])}`, 'mean', 'sd', ...(kept ? words : [])];
  const rows = [...species, ...observables].map((name) => [
    name,
    terminal.ink.bold(short(ensemble.mean(name)[last])),
    Number.isNaN(ensemble.sd(name)[last]) ? '–' : short(ensemble.sd(name)[last]),
    ...(kept ? quantiles.map((p) => short(ensemble.quantile(name, p)[last])) : []),
  ]);
  return table(terminal, head, rows);
}
