import type { Solution } from './solution.js';
import type { RunStatus } from './types.js';

export type FailureCode = Exclude<RunStatus, 'done'>;

/** What to try, by code. */
const hints: Record<FailureCode, string> = {
  stepLimit: 'raise maxSteps, loosen rtol, or end earlier (to)',
  timeLimit: 'raise maxSeconds, loosen rtol, or end earlier (to)',
  cancelled: 'the caller cancelled the run; partial holds what there is',
  blowUp:
    'a concentration grows without bound in finite time: check for an autocatalytic reaction of order above 1 and ' +
    'for misplaced constants, or end earlier (to)',
  negative:
    'the solution leaves the domain of non-negative concentrations: a reaction consumes a species that its rate does ' +
    'not depend on, or atol is smaller than rounding allows (raise it for this species)',
  singular: 'the linear systems of the method cannot be solved: check for constants of extreme size',
};

/** What to try when the steps shrink to nothing without anything growing. */
export const stuckHint =
  'nothing grows without bound, but no step is small enough: check for rate constants or concentrations of extreme ' +
  'size, or tolerances beyond what doubles resolve';

/** What to try when an explicit method runs out of steps because they must be small to be stable. */
export const stiffHint =
  "the problem is stiff here: an explicit method's steps are limited by stability, not by accuracy; use method rodas5p or auto";

const summaries: Record<FailureCode, string> = {
  stepLimit: 'the step limit was reached',
  timeLimit: 'the time limit was reached',
  cancelled: 'the run was cancelled',
  blowUp: 'the step size fell to nothing',
  negative: 'a concentration would become negative',
  singular: 'a linear system is singular',
};

/** A run that did not reach its end. */
export class SolveFailure extends Error {
  override readonly name = 'SolveFailure';
  readonly code: FailureCode;
  /** Time reached. */
  readonly time: number;
  /** Accepted steps taken. */
  readonly step: number;
  /** The species to blame, where one is. */
  readonly species: string | undefined;
  readonly hint: string;
  /** What was saved before the failure; set by `simulate`. */
  partial: Solution | undefined;

  constructor(
    code: FailureCode,
    details: { time: number; step: number; species?: string | undefined; hint?: string | undefined },
  ) {
    const hint = details.hint ?? hints[code];
    const where = details.species === undefined ? '' : ` (species ${details.species})`;
    super(
      `${summaries[code]}${where} at time ${details.time} after ${details.step} steps [${code}]; ${hint}`,
    );
    this.code = code;
    this.time = details.time;
    this.step = details.step;
    this.species = details.species;
    this.hint = hint;
  }
}
