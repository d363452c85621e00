import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { loadProblem } from '../problems.js';
import { ladder } from '../tolerances.js';
import { digitsReached } from '../work-precision.js';
import { type Contestant, type Family, TooSlow } from './contestant.js';
import { cvodeContestants, foldedCvodeContestants } from './cvode.js';
import { naiveContestant } from './naive.js';
import { numericContestant, odexContestant } from './npm.js';
import { ourContestants } from './ours.js';

/** How one solver did at one tolerance. Plain data. */
export type Outcome =
  | { kind: 'done'; micros: number; deviation: number; digits: number; steps: number | null }
  | { kind: 'slow'; seconds: number }
  | { kind: 'failed'; why: string }
  | { kind: 'absent'; why: string };

export interface Attempt {
  rtol: number;
  outcome: Outcome;
}

/** One solver on one problem, in one process. */
export interface Entry {
  name: string;
  family: Family;
  attempts: Attempt[];
}

/** All solvers on one problem, in one process. */
export interface Race {
  species: number;
  reactions: number;
  entries: Entry[];
}

export const contestants: readonly Contestant[] = [
  ...ourContestants,
  odexContestant,
  numericContestant,
  naiveContestant,
  ...cvodeContestants,
  ...foldedCvodeContestants,
];

/** What a race needs to be run in another process. */
export interface RaceOrder {
  problem: string;
  effort: Effort;
  /** Solvers left out, because they did not get anywhere before. */
  without: string[];
}

/**
 * Races every solver over the problem's tolerances, loosest first and side by side, so that a machine whose speed drifts
 * treats rivals alike. One that is too slow at a tolerance is not tried at tighter ones.
 * @throws (rejects) Absent when the problem is not on this machine
 */
export async function runRace({ problem: name, effort, without }: RaceOrder): Promise<Race> {
  const problem = await loadProblem(name);
  const racing = contestants.filter((contestant) => !without.includes(contestant.name));
  const entries: Entry[] = racing.map(({ name, family }) => ({ name, family, attempts: [] }));
  const out = new Set<Contestant>();
  for (const rtol of ladder(effort, problem)) {
    for (const [i, contestant] of racing.entries()) {
      if (out.has(contestant)) continue;
      const outcome = await outcomeOf(async () => {
        const { micros, deviation, end, steps } = await contestant.measure(problem, rtol, effort);
        const digits = Math.min(problem.trusted, digitsReached(end, problem.reference));
        return { kind: 'done', micros, deviation, digits, steps: steps ?? null };
      });
      entries[i].attempts.push({ rtol, outcome });
      if (outcome.kind === 'slow' || outcome.kind === 'absent') out.add(contestant);
    }
  }
  const { species, reactions } = problem.network;
  return { species: species.length, reactions: reactions.length, entries };
}

async function outcomeOf(measure: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof TooSlow) return { kind: 'slow', seconds: error.seconds };
    const why = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof Absent ? 'absent' : 'failed', why: why.split('\n')[0] };
  }
}
