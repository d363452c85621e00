import { availableParallelism } from 'node:os';
import type { EnsembleTimes } from '../measure/ensembles.js';
import { inProcesses } from '../processes.js';
import { number, time } from '../report/format.js';
import type { Target } from '../report/result.js';
import { geometricMean, median } from '../statistics.js';
import type { Suite } from './suite.js';

const PROBLEMS = ['robertson_1e5', 'pollu', 'multistate', 'neural_3'];
/** Over one at a time, on one core. */
const GOAL = 1.6;
/** Workers are near-linear when each is worth this part of a core. */
const NEAR_LINEAR = 0.8;

/** Time of a member one at a time over its time by a way. */
const speedup = (runs: readonly EnsembleTimes[], way: number): number =>
  median(runs.map(({ alone, ways }) => alone / ways[way].micros));

/** Many runs of one small network. */
export const ensembles: Suite = async ({ effort, problems, say }) => {
  const workers = [...new Set([1, 2, availableParallelism()])].filter((n) => n <= availableParallelism());
  const data: Record<string, EnsembleTimes[]> = {};
  for (const problem of PROBLEMS.filter((name) => problems.includes(name))) {
    say(`ensemble of ${problem}`);
    data[problem] = await inProcesses(effort.processes, 'ensembles', { problem, workers, effort });
  }
  const found = Object.values(data);
  const ways = [0, ...workers];
  const means = ways.map((_, way) => geometricMean(found.map((runs) => speedup(runs, way))));
  const same = (way: number) => found.every((runs) => runs.every((run) => run.ways[way].identical));
  const targets: Target[] =
    found.length === 0
      ? []
      : [
          {
            what: 'ensembles of small networks, one core',
            reach: `≥ ${GOAL}× one at a time, to the bit`,
            found: `${number(means[0])}×, ${same(0) ? 'the same bits' : 'other bits'}`,
            met: means[0] >= GOAL && same(0),
          },
          ...ways.slice(1).flatMap((count, i): Target[] => {
            if (count === 1) return [];
            const gain = means[i + 1] / means[1];
            return [
              {
                what: `ensembles with ${count} workers`,
                reach: `≥ ${NEAR_LINEAR * count}× one worker`,
                found: `${number(gain)}×`,
                met: gain >= NEAR_LINEAR * count,
              },
            ];
          }),
        ];
  return {
    title: 'Ensembles',
    intro: `Runs of one network from ${found[0]?.[0].members ?? 'many'} different starts at rtol 1e-6: \`simulateMany\` against one run after the other on one simulator, warm, workers started.`,
    tables: [
      {
        title: '',
        head: [
          'problem',
          'one at a time',
          'simulateMany',
          ...workers.map((n) => `${n} worker${n === 1 ? '' : 's'}`),
          'same bits',
        ],
        rows: Object.entries(data).map(([problem, runs]) => [
          problem,
          `${time(median(runs.map(({ alone }) => alone)))} a member`,
          ...ways.map((_, way) => `${number(speedup(runs, way))}×`),
          runs.every((run) => run.ways.every(({ identical }) => identical)) ? 'yes' : 'no',
        ]),
      },
    ],
    targets,
    notes: [],
    figures: [],
    data,
  };
};
