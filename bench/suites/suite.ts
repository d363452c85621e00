import type { Effort } from '../effort.js';
import type { Race } from '../race/race.js';
import type { SuiteResult } from '../report/result.js';

/** What a suite is given. */
export interface Run {
  effort: Effort;
  /** Problems asked for; the suites choose among them. */
  problems: readonly string[];
  /** A line of progress. */
  say: (line: string) => void;
  /** Races of a problem in every process, run once however many suites ask; a text says why there is none. */
  races: (problem: string) => Promise<Race[] | string>;
}

export type Suite = (run: Run) => Promise<SuiteResult>;
