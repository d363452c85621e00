import { type Figure, type HtmlSection, htmlPage } from '../plot/index.js';
import { accuracyPicture, imagesPicture } from './large-figures.js';
import type { CheckRow } from './reproduce-checks.js';
import {
  bandPicture,
  dataPicture,
  examplePicture,
  predictionPicture,
  stripPicture,
  weightsPicture,
} from './reproduce-figures.js';
import { type LearnerResults, learnerSections } from './reproduce-learner-page.js';
import { explanations, pageTable } from './reproduce-page-table.js';
import {
  nameOf,
  type PlannedRun,
  type ReproducePlan,
  type TrainedSetting,
  taskOf,
} from './reproduce-plan.js';
import { measured, type Row, runsOf } from './reproduce-rows.js';
import type { AddFigure } from './reproduce-sections.js';
import type { StoredRun } from './reproduce-stored.js';
import { remarks } from './reproduce-tables.js';
import { type ValidationResults, validationSections } from './reproduce-validation-page.js';

/** What a reproduction shows. */
export interface Pictures {
  /** The table and all figures on one page that needs nothing else. */
  page: string;
  /** Every figure as SVG by name, such as `xor-rectified-loss`. */
  figures: Map<string, string>;
}

/** Runs of Neural CRNs, those of other systems, and validations, with the rows of their tables. */
export interface Results {
  plan: ReproducePlan;
  stored: ReadonlyMap<PlannedRun, StoredRun>;
  rows: readonly Row[];
  learners: LearnerResults;
  validations: ValidationResults;
  /** Numbers known beforehand. */
  checks: readonly CheckRow[];
}

/**
 * Draws everything.
 * @param onExperiment called after each experiment with the number of those that are done
 * @returns `undefined` when the signal is aborted
 */
export async function drawAll(
  { plan, stored, rows, learners, validations, checks }: Results,
  signal: AbortSignal,
  onExperiment: (done: number) => void,
): Promise<Pictures | undefined> {
  // Loaded when there is something to draw, as in `plots.ts`.
  const { figureToSvg } = await import('../plot/node.js');
  const figures = new Map<string, string>();
  const sections: HtmlSection[] = [];
  let experiments = 0;
  const add = async (name: string, figure: Figure): Promise<string> => {
    const svg = figureToSvg(figure);
    figures.set(name, svg);
    // Drawing is synchronous; Ctrl-C is heard here.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    return svg;
  };
  const done = () => onExperiment(++experiments);
  try {
    if (rows.length > 0) sections.push(...(await trainingSections(plan, stored, rows, add, done)));
    if (learners.rows.length > 0) sections.push(...(await learnerSections(learners, add, done)));
    if (checks.length > 0) sections.push(...(await validationSections(validations, checks, add, done)));
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
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

async function trainingSections(
  plan: ReproducePlan,
  stored: ReadonlyMap<PlannedRun, StoredRun>,
  rows: readonly Row[],
  add: AddFigure,
  done: () => void,
): Promise<HtmlSection[]> {
  const experiments = [...new Set(rows.map((row) => row.experiment))];
  const overview = experiments.length > 1 ? stripPicture('Accuracy of every seed', rows) : undefined;
  const sections: HtmlSection[] = [
    {
      title: 'Results',
      text: explanations.join('\n\n'),
      table: pageTable(rows),
      figures: overview === undefined ? [] : [await add('accuracy', overview)],
    },
  ];
  for (const experiment of experiments) {
    const own = rows.filter((row) => row.experiment === experiment);
    const drawn: string[] = [];
    for await (const [name, figure] of picturesOf(plan, stored, own)) {
      if (figure !== undefined) drawn.push(await add(`${experiment}-${name}`, figure));
    }
    sections.push({
      title: `${experiment}: ${own[0].title}`,
      text: [...remarks(own), 'Single runs shown are those whose figure is nearest to the median.'].join(
        '\n\n',
      ),
      figures: drawn,
    });
    done();
  }
  return sections;
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
    const named = `${shown.recipe}, seed ${shown.seed}`;
    const { history, parameters } = shown.result.report;
    if (task.keepSteps === false) {
      yield [`${own}-accuracy`, accuracyPicture(history, `${named}: accuracy during training`)];
      yield [`${own}-images`, imagesPicture(task, parameters.theta, `${named}: weights of every node`)];
    }
    yield [`${own}-weights`, weightsPicture(shown)];
    yield [`${own}-concentrations`, await examplePicture(task, shown)];
  }
}

function runsOfRow(
  plan: ReproducePlan,
  stored: ReadonlyMap<PlannedRun, StoredRun>,
  setting: TrainedSetting,
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
