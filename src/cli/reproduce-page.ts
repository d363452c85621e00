import { type Figure, type HtmlSection, htmlPage } from '../plot/index.js';
import {
  bandPicture,
  dataPicture,
  examplePicture,
  predictionPicture,
  stripPicture,
  weightsPicture,
} from './reproduce-figures.js';
import { explanations, pageTable } from './reproduce-page-table.js';
import { nameOf, type PlannedRun, type ReproducePlan, type Setting, taskOf } from './reproduce-plan.js';
import { measured, type Row, runsOf } from './reproduce-rows.js';
import type { StoredRun } from './reproduce-stored.js';
import { remarks } from './reproduce-tables.js';

/** What a reproduction shows. */
export interface Pictures {
  /** The table and all figures on one page that needs nothing else. */
  page: string;
  /** Every figure as SVG by name, such as `xor-rectified-loss`. */
  figures: Map<string, string>;
}

/**
 * Draws everything.
 * @param onExperiment called after each experiment with the number of those that are done
 * @returns `undefined` when the signal is aborted
 */
export async function drawAll(
  plan: ReproducePlan,
  stored: ReadonlyMap<PlannedRun, StoredRun>,
  rows: readonly Row[],
  signal: AbortSignal,
  onExperiment: (done: number) => void,
): Promise<Pictures | undefined> {
  // Loaded when there is something to draw, as in `plots.ts`.
  const { figureToSvg } = await import('../plot/node.js');
  const figures = new Map<string, string>();
  const sections: HtmlSection[] = [];
  const experiments = [...new Set(rows.map((row) => row.experiment))];
  const overview = experiments.length > 1 ? stripPicture('Accuracy of every seed', rows) : undefined;
  if (overview !== undefined) figures.set('accuracy', figureToSvg(overview));
  sections.push({
    title: 'Results',
    text: explanations.join('\n\n'),
    table: pageTable(rows),
    figures: [...figures.values()],
  });
  for (const [k, experiment] of experiments.entries()) {
    const own = rows.filter((row) => row.experiment === experiment);
    const drawn: string[] = [];
    for await (const [name, figure] of picturesOf(plan, stored, own)) {
      if (signal.aborted) return undefined;
      if (figure === undefined) continue;
      const svg = figureToSvg(figure);
      figures.set(`${experiment}-${name}`, svg);
      drawn.push(svg);
      // Drawing is synchronous; Ctrl-C is heard here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    sections.push({
      title: `${experiment}: ${own[0].title}`,
      text: [...remarks(own), 'Single runs shown are those whose figure is nearest to the median.'].join(
        '\n\n',
      ),
      figures: drawn,
    });
    onExperiment(k + 1);
  }
  const page = htmlPage({
    title: 'Neural CRNs, reproduced',
    intro:
      'Chemical reaction networks that learn, trained by simulated chemistry alone: the experiments of Nagipogu and ' +
      'Reif (arXiv 2409.00034) with two phases an example, and circuits that go beyond them. Made by neural-crn ' +
      'reproduce.',
    sections,
  });
  return { page, figures };
}

type Named = [name: string, figure: Figure | undefined];

/** All figures of an experiment. */
async function* picturesOf(
  plan: ReproducePlan,
  stored: ReadonlyMap<PlannedRun, StoredRun>,
  rows: readonly Row[],
): AsyncGenerator<Named> {
  const [first] = rows;
  const settings = plan.settings.filter(({ experiment }) => experiment === first.experiment);
  yield ['data', dataPicture(taskOf(settings[0], { seed: first.runs[0].seed }))];
  yield ['accuracy', stripPicture(`${first.experiment}: ${first.measure} of every seed`, rows)];
  for (const setting of settings) {
    const own = nameOf(setting);
    const ownRows = rows.filter((row) => row.recipe === setting.recipe);
    for (const row of ownRows) {
      const name = ownRows.length === 1 ? 'loss' : `loss-${row.seeds.replace(/\D+/g, '-')}`;
      yield [`${own}-${name}`, bandPicture(row, runsOfRow(plan, stored, setting, row))];
    }
    const shown = ownRows[0] && nearestToMedian(runsOfRow(plan, stored, setting, ownRows[0]), ownRows[0]);
    if (shown === undefined) continue;
    const task = taskOf(setting, { seed: shown.seed });
    yield [`${own}-predictions`, await predictionPicture(task, shown)];
    yield [`${own}-weights`, weightsPicture(shown)];
    yield [`${own}-concentrations`, await examplePicture(task, shown)];
  }
}

function runsOfRow(
  plan: ReproducePlan,
  stored: ReadonlyMap<PlannedRun, StoredRun>,
  setting: Setting,
  { seeds }: Row,
): StoredRun[] {
  const group = plan.groups.find(({ name }) => name === seeds);
  return group === undefined ? [] : runsOf(plan, setting, group).flatMap((run) => stored.get(run) ?? []);
}

/** The run that stands for the others; never one whose chemistry failed. */
function nearestToMedian(runs: readonly StoredRun[], { median }: Row): StoredRun | undefined {
  const whole = runs.filter(({ result }) => result.failure === undefined);
  const distance = (run: StoredRun) => Math.abs((measured(run).value ?? 0) - (median ?? 0));
  return [...whole].sort((a, b) => distance(a) - distance(b))[0];
}
