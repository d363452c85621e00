import { type SensitivityTimes, type SensitivityWay, sensitivityWays } from '../measure/sensitivities.js';
import type { SensitivityGrowth } from '../measure/sensitivity-growth.js';
import { inProcesses } from '../processes.js';
import { count, number, time } from '../report/format.js';
import { median } from '../statistics.js';
import type { Suite } from './suite.js';

const PROBLEMS = ['robertson_1e5', 'pollu', 'neural_3', 'neural_10'];
/** Those by whose first constants, and by ever more of them, derivatives are taken. */
const GROWING = ['pollu', 'neural_10'];

const ratio = (runs: readonly SensitivityTimes[], over: SensitivityWay, under: SensitivityWay): string =>
  number(median(runs.map(({ micros }) => micros[over] / micros[under])));

const digits = (runs: readonly SensitivityTimes[], way: SensitivityWay): string =>
  number(median(runs.map((run) => run.digits[way] as number)));

/** Derivatives by all rate constants of a network, forward, by the adjoint and by differences. */
export const sensitivities: Suite = async ({ effort, problems, say }) => {
  const data: Record<string, SensitivityTimes[]> = {};
  for (const problem of PROBLEMS.filter((name) => problems.includes(name))) {
    say(`sensitivities of ${problem}`);
    data[problem] = await inProcesses(effort.processes, 'sensitivities', { problem, effort });
  }
  const growth: Record<string, SensitivityGrowth[]> = {};
  for (const problem of GROWING.filter((name) => problems.includes(name))) {
    say(`sensitivities of ${problem} by ever more constants`);
    growth[problem] = await inProcesses(effort.processes, 'sensitivityGrowth', { problem, effort });
  }
  const found = Object.entries(data);
  const ways = sensitivityWays.filter((way) => way !== 'run');
  return {
    title: 'Sensitivities',
    intro:
      'Derivatives by all rate constants at rtol 1e-6: of every concentration at the end by forward sensitivities and by one ' +
      'run more for each constant (“differences”), and of a weighted sum of them by the adjoint. “State” controls the error of the state alone. ' +
      'Ratios are formed within one process.',
    tables: [
      {
        title: 'Time',
        head: [
          'problem',
          'constants',
          'a run',
          ...ways.map((way) => `${way} / run`),
          'differences / forward',
          'forward / adjoint',
        ],
        rows: found.map(([problem, runs]) => [
          problem,
          count(runs[0].constants),
          time(median(runs.map(({ micros }) => micros.run))),
          ...ways.map((way) => ratio(runs, way, 'run')),
          ratio(runs, 'differences', 'forward'),
          ratio(runs, 'forward', 'adjoint'),
        ]),
      },
      {
        title: 'By the number of constants, in plain runs',
        head: [
          'problem',
          'constants',
          'forward',
          'differences',
          'adjoint',
          'differences / forward',
          'differences / adjoint',
        ],
        rows: Object.entries(growth).flatMap(([problem, runs]) =>
          runs[0].constants.map((constants, i) => {
            const share = (of: (run: SensitivityGrowth) => number) => number(median(runs.map(of)));
            return [
              problem,
              count(constants),
              share(({ forward, run }) => forward[i] / run),
              share(({ differences, run }) => differences[i] / run),
              share(({ adjoint, run }) => adjoint / run),
              share(({ differences, forward }) => differences[i] / forward[i]),
              share(({ differences, adjoint }) => differences[i] / adjoint),
            ];
          }),
        ),
      },
      {
        title: 'Digits of the gradient of the weighted sum: the median over the constants',
        head: ['problem', ...ways],
        rows: found.map(([problem, runs]) => [problem, ...ways.map((way) => digits(runs, way))]),
      },
    ],
    targets: [],
    notes: [],
    figures: [],
    data: { all: data, growth },
  };
};
