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

/** Time of a member one at a time over its time by the way with so many workers; null where this build lacks it. */
function speedup(runs: readonly EnsembleTimes[], way: number): number | null {
  const ratios = runs.flatMap(({ alone, ways }) => {
    const { micros } = ways[way];
    return micros === null ? [] : [alone / micros];
  });
  return ratios.length === 0 ? null : median(ratios);
}

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
  const means = ways.map((_, way) => {
    const ratios = found.flatMap((runs) => speedup(runs, way) ?? []);
    return ratios.length === 0 ? null : geometricMean(ratios);
  });
  const same = (way: number) => found.every((runs) => runs.every((run) => run.ways[way].identical));
  const targets: Target[] =
    found.length === 0
      ? []
      : [
          {
            what: 'ensembles of small networks, one core',
            reach: `≥ ${GOAL}× one at a time, to the bit`,
            found: `${means[0] === null ? '–' : number(means[0])}×, ${same(0) ? 'the same bits' : 'other bits'}`,
            met: means[0] === null ? null : means[0] >= GOAL && same(0),
          },
          ...ways.slice(1).flatMap((count, i): Target[] => {
            const [one, all] = [means[1], means[i + 1]];
            if (count === 1) return [];
            return [
              {
                what: `ensembles with ${count} workers`,
                reach: `≥ ${NEAR_LINEAR * count}× one worker`,
                found: one === null || all === null ? '–' : `${number(all / one)}×`,
                met: one === null || all === null ? null : all / one >= NEAR_LINEAR * count,
              },
            ];
          }),
        ];
  const reasons = new Set(found.flatMap((runs) => runs[0].ways.flatMap(({ why }) => why ?? [])));
  return {
    title: 'Ensembles',
    intro: `Runs of one network from ${found[0]?.[0].members ?? 'many'} different starts at rtol 1e-6: \`simulateMany\` against one run after the other on one simulator.`,
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
          ...ways.map((_, way) => {
            const ratio = speedup(runs, way);
            return ratio === null ? '–' : `${number(ratio)}×`;
          }),
          runs.every((run) => run.ways.every(({ identical, why }) => identical || why !== null))
            ? 'yes'
            : 'no',
        ]),
      },
    ],
    targets,
    notes: [...reasons].map((why) => `workers: ${why}`),
    figures: [],
    data,
  };
};
