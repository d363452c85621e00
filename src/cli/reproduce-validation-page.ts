import type { Figure, HtmlSection } from '../plot/index.js';
import type { ValidationResult } from '../validation/index.js';
import { checkExplanations, checkPageTable, checkRemarks } from './reproduce-check-tables.js';
import type { CheckRow } from './reproduce-checks.js';
import { type AddFigure, experimentSections } from './reproduce-sections.js';
import type { StoredRun } from './reproduce-stored.js';
import type { PlannedValidationRun, ValidationPlan } from './reproduce-validation-plan.js';
import { validationFigures } from './validation-figures.js';

/** Seeds of validations. */
export interface ValidationResults {
  plan: ValidationPlan;
  stored: ReadonlyMap<PlannedValidationRun, StoredRun<ValidationResult>>;
}

/** The table of all checks, and a section for every validation. */
export async function validationSections(
  { plan: { settings, runs }, stored }: ValidationResults,
  rows: readonly CheckRow[],
  add: AddFigure,
  done: () => void,
): Promise<HtmlSection[]> {
  const figures = async (experiment: string): Promise<string[]> => {
    const drawn: string[] = [];
    for (const setting of settings.filter((one) => one.experiment === experiment)) {
      const shown = runs
        .filter((run) => run.setting === setting)
        .flatMap((run) => {
          const kept = stored.get(run);
          return kept?.result.shown === undefined ? [] : [{ seed: run.seed, shown: kept.result.shown }];
        });
      if (shown.length === 0) continue;
      const pictures: readonly [string, Figure][] = validationFigures(experiment, setting.recipe, shown);
      for (const [name, figure] of pictures) drawn.push(await add(`${experiment}-${name}`, figure));
    }
    return drawn;
  };
  return experimentSections({
    ...{ title: 'Numbers known beforehand', table: checkPageTable(rows), explanations: checkExplanations },
    ...{ rows, remarks: checkRemarks, figures, done },
  });
}
