import { Absent } from '../absent.js';
import type { Effort } from '../effort.js';
import { inProcess } from '../processes.js';
import type { Race } from './race.js';

/** Races of one problem in several processes; solvers that never finished in the first are left out of the others. */
async function repeatedRace(
  problem: string,
  effort: Effort,
  say: (line: string) => void,
): Promise<Race[] | string> {
  const races: Race[] = [];
  let without: string[] = [];
  for (let i = 1; i <= effort.processes; i++) {
    say(`race ${problem}, process ${i} of ${effort.processes}`);
    try {
      races.push(await inProcess('race', { problem, effort, without }));
    } catch (error) {
      // What a run of hours has measured is not thrown away for one process.
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      if (!(error instanceof Absent)) say(`process ${i} of ${problem} failed: ${why}`);
      return races.length > 0 ? races : why;
    }
    without = races[0].entries
      .filter(({ attempts }) => attempts.every(({ outcome }) => outcome.kind !== 'done'))
      .map(({ name }) => name);
  }
  return races;
}

/** Runs each problem's races once, when first asked for. */
export function rememberedRaces(
  effort: Effort,
  say: (line: string) => void,
): (problem: string) => Promise<Race[] | string> {
  const known = new Map<string, Promise<Race[] | string>>();
  return (problem) => {
    let races = known.get(problem);
    if (races === undefined) {
      races = repeatedRace(problem, effort, say);
      known.set(problem, races);
    }
    return races;
  };
}
