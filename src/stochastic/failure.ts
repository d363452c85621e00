import type { StochasticEnsemble } from './ensemble.js';
import type { StochasticSolution } from './solution.js';
import type { StochasticFailureCode } from './types.js';

/** What to try, by code. */
const hints: Record<StochasticFailureCode, string> = {
  eventLimit: "raise maxEvents, use method 'tau', take a smaller volume, or end earlier (to)",
  timeLimit: "raise maxSeconds, use method 'tau', take a smaller volume, or end earlier (to)",
  cancelled: 'the caller cancelled the run; partial holds what there is',
  blowUp:
    'numbers grow without bound in finite time: check for an autocatalytic reaction of order above 1 and for ' +
    'misplaced constants, or end earlier (to)',
  negative:
    'the reaction happens although there are too few molecules of what it takes: its rate law must be 0 there',
  propensity:
    'a propensity must be finite and not negative: a law with a difference must not go below 0 for any number of ' +
    'molecules that can come up; write each direction as a reaction of its own',
};

const summaries: Record<StochasticFailureCode, string> = {
  eventLimit: 'the event limit was reached',
  timeLimit: 'the time limit was reached',
  cancelled: 'the run was cancelled',
  blowUp: 'the events come ever faster',
  negative: 'a number of molecules would become negative',
  propensity: 'a propensity is negative or not finite',
};

export interface StochasticFailureDetails {
  time: number;
  events: number;
  species?: string | undefined;
  reaction?: string | undefined;
}

/** A stochastic run that did not reach its end. */
export class StochasticFailure extends Error {
  override readonly name = 'StochasticFailure';
  readonly code: StochasticFailureCode;
  /** Time reached. */
  readonly time: number;
  /** Reactions that had happened. */
  readonly events: number;
  /** The species and the reaction to blame, where there are such. */
  readonly species: string | undefined;
  readonly reaction: string | undefined;
  readonly hint: string;
  /** What was saved of the run before the failure. */
  partial: StochasticSolution | undefined;
  /** Number of the run, of an ensemble, and the ensemble of the runs before it. */
  run: number | undefined;
  ensemble: StochasticEnsemble | undefined;

  constructor(code: StochasticFailureCode, { time, events, species, reaction }: StochasticFailureDetails) {
    const where = [
      ...(species === undefined ? [] : [`species ${species}`]),
      ...(reaction === undefined ? [] : [reaction]),
    ].join(', ');
    super(
      `${summaries[code]}${where === '' ? '' : ` (${where})`} at time ${time} after ${events} events [${code}]; ` +
        hints[code],
    );
    this.code = code;
    this.time = time;
    this.events = events;
    this.species = species;
    this.reaction = reaction;
    this.hint = hints[code];
  }
}
