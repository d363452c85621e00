import { cvodeCaveats } from '../native/build.js';
import { groupOf } from '../problems.js';
import { raceFigures } from '../race/figures.js';
import type { Race } from '../race/race.js';
import { absences, ratiosTable, timesTable, triedAt } from '../race/tables.js';
import { comparedDigits, raceTargets } from '../race/targets.js';
import type { SuiteResult } from '../report/result.js';
import { tabulated } from '../tolerances.js';
import type { Run, Suite } from './suite.js';

/** Tables, goals and figures of races over some problems. */
export async function raced(
  { races, problems, say }: Run,
  wanted: (problem: string) => boolean,
): Promise<Omit<SuiteResult, 'title' | 'intro'>> {
  const all = new Map<string, Race[]>();
  const notes: string[] = [];
  for (const problem of problems.filter(wanted)) {
    const list = await races(problem);
    if (typeof list !== 'string') all.set(problem, list);
    else {
      say(`no ${problem}: ${list}`);
      notes.push(`${problem} was not raced: ${list}`);
    }
  }
  if (all.size === 0) return { tables: [], targets: [], notes, figures: [], data: {} };
  return {
    tables: [
      ...tabulated
        .filter((rtol) => [...all.values()].some((list) => triedAt(list, rtol)))
        .map((rtol) => timesTable(all, rtol)),
      ...comparedDigits.map((digits) => ratiosTable(all, digits)),
    ],
    targets: raceTargets(all),
    notes: [...notes, ...(await cvodeCaveats()), ...absences(all)],
    figures: [...all].flatMap(([problem, list]) => raceFigures(problem, list)),
    data: Object.fromEntries(all),
  };
}

/** Every solver on the problems of the literature. */
export const solvers: Suite = async (run) => {
  const found = await raced(run, (problem) => groupOf(problem) !== 'neural');
  return {
    title: 'Solvers',
    intro:
      'One solve from the initial state to the end state, memory reused, only the end saved. `default` is ours with no ' +
      'option but the tolerances. Ratios compare equal digits: work–precision curves are interpolated, and of several ' +
      'solvers or tolerances the cheapest that reaches the digits counts.',
    ...found,
    notes: ['Neural forward stages are raced by the suite `neural`.', ...found.notes],
  };
};
