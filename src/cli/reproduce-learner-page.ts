import type { LearnerReport } from '../learning/index.js';
import { differenceFigure, type Figure, type HtmlSection, learnerCourseFigure } from '../plot/index.js';
import type { LearnerPlan, PlannedLearnerRun } from './reproduce-learner-plan.js';
import type { LearnerRow } from './reproduce-learner-rows.js';
import { learnerExplanations, learnerPageTable, learnerRemarks } from './reproduce-learner-tables.js';
import { nameOf } from './reproduce-plan.js';
import { type AddFigure, experimentSections } from './reproduce-sections.js';
import type { StoredRun } from './reproduce-stored.js';

/** Runs of other systems, with the rows of their table. */
export interface LearnerResults {
  plan: LearnerPlan;
  stored: ReadonlyMap<PlannedLearnerRun, StoredRun<LearnerReport>>;
  rows: readonly LearnerRow[];
}

/** The table and a section for every experiment of other systems. */
export async function learnerSections(
  { plan: { settings, runs }, stored, rows }: LearnerResults,
  add: AddFigure,
  done: () => void,
): Promise<HtmlSection[]> {
  const figures = async (experiment: string): Promise<string[]> => {
    const drawn: string[] = [];
    const all = settings
      .filter((setting) => setting.experiment === experiment)
      .map((setting) => ({
        setting,
        reports: runs.flatMap((run) => (run.setting === setting ? (stored.get(run)?.result ?? []) : [])),
      }));
    const differences = differencePicture(all);
    if (differences) drawn.push(await add(`${experiment}-difference`, differences));
    for (const { setting, reports } of all) {
      const shown = reports.find(({ status, measure }) => status === 'done' && measure === 'accuracy');
      if (shown === undefined) continue;
      drawn.push(await add(`${experiment}-${nameOf(setting)}-error`, coursePicture(setting.recipe, shown)));
    }
    return drawn;
  };
  return experimentSections({
    ...{ title: 'Other systems', table: learnerPageTable(rows), explanations: learnerExplanations },
    ...{ rows, remarks: learnerRemarks, figures, done },
  });
}

function coursePicture(recipe: string, { seed, history }: LearnerReport): Figure {
  return learnerCourseFigure({
    steps: history.map(({ step }) => step),
    error: history.map(({ error }) => error),
    twin: history.map(({ twinError }) => twinError),
    going: history.map(({ going }) => going),
    title: `${recipe}, seed ${seed}: error of each step`,
  });
}

/** Of experiments that measure a difference or an agreement: every seed of every recipe. */
function differencePicture(
  all: readonly { setting: { recipe: string }; reports: readonly LearnerReport[] }[],
): Figure | undefined {
  const columns = all.flatMap(({ setting, reports }) => {
    const values = reports.flatMap(({ measure, status, metrics }) => {
      if (status !== 'done') return [];
      if (measure === 'agreement') return metrics.outputDifference ?? [];
      return measure === 'difference' ? [metrics.difference] : [];
    });
    return values.length === 0 ? [] : [{ name: setting.recipe, values }];
  });
  if (columns.length === 0) return undefined;
  const inferred = all.some(({ reports }) => reports.some(({ measure }) => measure === 'agreement'));
  return differenceFigure({
    columns,
    ...(inferred && {
      title: 'Difference from the digital network',
      label: 'largest |output − digital output|',
    }),
  });
}
