import { distribution } from '../robustness/index.js';
import { type Claim, type Judgement, judge, type ValidationResult } from '../validation/index.js';
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

type Stored = ReadonlyMap<PlannedValidationRun, StoredRun<ValidationResult>>;

/** A row for every number of every setting and group of seeds that has a run. */
export function checkRowsOf({ settings, groups, runs }: ValidationPlan, stored: Stored): CheckRow[] {
  return settings.flatMap((setting) =>
    groups.flatMap((group) => {
      const own = runs.filter((run) => run.setting === setting && group.seeds.includes(run.seed));
      return rowsOf(setting, group, own, stored);
    }),
  );
}

function rowsOf(
  setting: Setting,
  group: SeedGroup,
  planned: readonly PlannedValidationRun[],
  stored: Stored,
): CheckRow[] {
  const there = planned.flatMap((run) => stored.get(run) ?? []);
  if (there.length === 0) return [];
  const { experiment, title, recipe, about } = setting;
  const { validation, recipe: own } = validationOf(setting);
  const missing = planned.length - there.length;
  return own.claims.map((claim) => {
    const { name, by, wanted, tolerance, over = 'median' } = claim;
    const runs = there.map(({ seed, result: { values, failure } }) => ({
      seed,
      value: values[name] ?? null,
      ...(failure && { failure: failure.message }),
    }));
    const judged = judge(
      claim,
      runs.map(({ value }) => value),
    );
    return {
      ...{ experiment, title, recipe, about, system: validation.system, origin: validation.origin },
      ...{ seeds: group.name, number: name, by, wanted, tolerance, over, ...judged },
      // What is missing may yet turn it.
      ...(missing > 0 && { verdict: 'open' as const }),
      seconds: distribution(there.map(({ seconds }) => seconds)).median ?? 0,
      runs,
      missing,
    };
  });
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
