import { eventProblems } from '../event-problems.js';
import { type EventTimes, eventMethods } from '../measure/events.js';
import { inProcesses } from '../processes.js';
import { number } from '../report/format.js';
import { geometricMean, median } from '../statistics.js';
import type { Suite } from './suite.js';

/** Naive over ours. */
const GOAL = 10;

const others = eventMethods.filter((method) => method !== 'auto' && method !== 'next');

const nanoseconds = (value: number): string => `${number(value)} ns`;

/** Events of exact stochastic simulation. */
export const stochastic: Suite = async ({ effort, say }) => {
  const data: Record<string, EventTimes[]> = {};
  for (const problem of Object.keys(eventProblems)) {
    say(`events of ${problem}`);
    data[problem] = await inProcesses(effort.processes, 'events', { problem, effort });
  }
  const found = Object.values(data);
  const over = (runs: readonly EventTimes[], of: (run: EventTimes) => number) =>
    median(runs.map((run) => of(run) / run.byMethod.auto));
  const naive = found.map((runs) => over(runs, (run) => run.naive));
  const mean = geometricMean(naive);
  const absent = found.flat().find(({ native }) => typeof native === 'string')?.native;
  return {
    title: 'Stochastic simulation',
    intro:
      'Nanoseconds of an event of one long run, everything but parsing included, by every exact method; ratios are formed ' +
      'in one process. Dependents: propensities that an event changes, on average over channels. Naive: objects by name, all propensities anew before every event. C: the direct method with a dependency graph, `native/ssa.c`.',
    tables: [
      {
        title: '',
        head: ['problem', 'channels', ...eventMethods, 'JS engine / auto', 'naive / auto', 'C / auto'],
        rows: Object.entries(data).map(([problem, runs]) => [
          problem,
          String(runs[0].channels),
          ...eventMethods.map((method) => nanoseconds(median(runs.map(({ byMethod }) => byMethod[method])))),
          `${number(over(runs, ({ js }) => js))}×`,
          `${number(over(runs, (run) => run.naive))}×`,
          runs.every(({ native }) => typeof native === 'number')
            ? `${number(over(runs, ({ native }) => native as number))}×`
            : '–',
        ]),
      },
      {
        title: 'The next-reaction method against the others',
        head: ['problem', 'channels', 'dependents', ...others.map((method) => `${method} / next`)],
        rows: Object.entries(data).map(([problem, runs]) => [
          problem,
          String(runs[0].channels),
          number(runs[0].dependents),
          ...others.map(
            (method) => `${number(median(runs.map(({ byMethod }) => byMethod[method] / byMethod.next)))}×`,
          ),
        ]),
      },
    ],
    targets: [
      {
        what: 'an event of stochastic simulation: naive JavaScript / auto',
        reach: `≥ ${GOAL}×`,
        found: `${number(mean)}× (least ${number(Math.min(...naive))}×)`,
        met: mean >= GOAL,
      },
    ],
    notes: [
      'A search of npm found no package that simulates reaction networks stochastically: no peer races.',
      ...(absent === undefined ? [] : [String(absent)]),
    ],
    figures: [],
    data,
  };
};
