import type { LearnerReport } from '../learning/index.js';
import { distribution } from '../robustness/index.js';
import { type Claim, claimsOn, type Judgement, judge, type ValidationResult } from '../validation/index.js';
import type { LearnerPlan, PlannedLearnerRun } from './reproduce-learner-plan.js';
import type { SeedGroup, Setting } from './reproduce-plan.js';
import type { StoredRun } from './reproduce-stored.js';
import { type PlannedValidationRun, type ValidationPlan, validationOf } from './reproduce-validation-plan.js';

/** One line of the table of checks: a number of a setting over a group of seeds, beside what it ought to be. */
export interface CheckRow extends Pick<Claim, 'by' | 'wanted' | 'tolerance'>, Judgement {
  experiment: string;
  title: string;
  recipe: string;
  about: string;
  system: string;
  /** Whose reactions. */
  origin: string;
  seeds: string;
  /** What the number is. */
  number: string;
  over: NonNullable<Claim['over']>;
  /** Median time of a run, in seconds. */
  seconds: number;
  runs: { seed: number; value: number | null; failure?: string }[];
  /** Seeds whose runs are not there. */
  missing: number;
}

type Stored<Run, Result> = ReadonlyMap<Run, StoredRun<Result>>;

/** A row for every number of every validation and group of seeds that has a run. */
export const checkRowsOf = (
  plan: ValidationPlan,
  stored: Stored<PlannedValidationRun, ValidationResult>,
): CheckRow[] =>
  rowsOf(
    plan,
    stored,
    (setting) => {
      const { validation, recipe } = validationOf(setting);
      const { system, origin } = validation;
      return { system, origin, claims: recipe.claims };
    },
    ({ name }, { values }) => values[name] ?? null,
  );

/** A row for every number that a learner's runs must come to, with the settings of its recipe. */
export const learnerCheckRowsOf = (
  { settings, groups, runs }: LearnerPlan,
  stored: Stored<PlannedLearnerRun, LearnerReport>,
): CheckRow[] =>
  rowsOf(
    { settings: settings.filter(({ changed, clock }) => !changed && clock === undefined), groups, runs },
    stored,
    ({ experiment, recipe }, { system, origin }) => ({
      system,
      origin,
      claims: claimsOn(experiment, recipe),
    }),
    (claim, report) => claim.value(report),
  );

interface Checked<Own extends Claim> {
  system: string;
  origin: string;
  claims: readonly Own[];
}

function rowsOf<
  Own extends Claim,
  Run extends { setting: Setting; seed: number },
  Result extends { failure?: { message: string } },
>(
  plan: { settings: readonly Setting[]; groups: readonly SeedGroup[]; runs: readonly Run[] },
  stored: Stored<Run, Result>,
  checked: (setting: Setting, first: Result) => Checked<Own>,
  read: (claim: Own, result: Result) => number | null,
): CheckRow[] {
  return plan.settings.flatMap((setting) =>
    plan.groups.flatMap((group) => {
      const planned = plan.runs.filter((run) => run.setting === setting && group.seeds.includes(run.seed));
      const there = planned.flatMap((run) => stored.get(run) ?? []);
      if (there.length === 0) return [];
      const missing = planned.length - there.length;
      const { claims, system, origin } = checked(setting, there[0].result);
      const { experiment, title, recipe, about } = setting;
      const seconds = distribution(there.map((one) => one.seconds)).median ?? 0;
      return claims.map((claim): CheckRow => {
        const { name, by, wanted, tolerance, over = 'median' } = claim;
        const runs = there.map(({ seed, result }) => ({
          seed,
          value: read(claim, result),
          ...(result.failure && { failure: result.failure.message }),
        }));
        const judged = judge(
          claim,
          runs.map(({ value }) => value),
        );
        return {
          ...{ experiment, title, recipe, about, system, origin },
          ...{ seeds: group.name, number: name, by, wanted, tolerance, over, ...judged },
          // What is missing may yet turn it.
          ...(missing > 0 && { verdict: 'open' as const }),
          ...{ seconds, runs, missing },
        };
      });
    }),
  );
}

/** A run in a few words. */
export function validatedText(setting: Setting, { values, failure }: ValidationResult): string {
  if (failure) return 'failed';
  const { claims } = validationOf(setting).recipe;
  // Of one seed alone, what holds for most of them need not hold.
  const out = claims.filter(
    (claim) => claim.over === 'every' && judge(claim, [values[claim.name] ?? null]).verdict === 'out',
  );
  return out.length === 0 ? 'measured' : `out: ${out.map(({ name }) => name).join(', ')}`;
}
