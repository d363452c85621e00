import { groupOf } from '../problems.js';
import { number } from '../report/format.js';
import type { Target } from '../report/result.js';
import type { Race } from './race.js';
import { type GroupRatio, groupRatio, named, ofFamily, ratioAt, type Side } from './ratios.js';

/** Digits at which solvers are compared. */
export const comparedDigits: readonly number[] = [4, 6];

interface Goal {
  what: string;
  of: (problem: string) => boolean;
  rival: Side;
  ours: Side;
  /** Least geometric mean, and least ratio of any one problem. */
  mean: number;
  each?: number;
}

const cvode = { rival: ofFamily('native'), ours: named('default') };
const inGroup = (group: string) => (problem: string) => groupOf(problem) === group;
const only = (name: string) => (problem: string) => problem === name;

const goals: Goal[] = [
  { what: 'small stiff problems: CVODE / default', of: inGroup('small'), ...cvode, mean: 4, each: 1 },
  {
    what: 'small stiff problems: best npm / default',
    of: inGroup('small'),
    rival: ofFamily('npm'),
    ours: named('default'),
    mean: 8,
  },
  {
    what: 'small stiff problems: JS engine / interpreted',
    of: inGroup('small'),
    rival: named('JS engine'),
    ours: named('interpreted'),
    mean: 3,
  },
  {
    what: 'small stiff problems: JS engine / generated',
    of: inGroup('small'),
    rival: named('JS engine'),
    ours: named('generated'),
    mean: 6,
  },
  { what: 'neural, 10 inputs: CVODE / default', of: only('neural_10'), ...cvode, mean: 10 },
  { what: 'neural, 30 inputs: CVODE / default', of: only('neural_30'), ...cvode, mean: 30 },
  { what: 'neural, 100 inputs: CVODE / default', of: only('neural_100'), ...cvode, mean: 80 },
  { what: '80 to 400 species: CVODE / default', of: inGroup('medium'), ...cvode, mean: 1, each: 0.85 },
  { what: 'BCR: CVODE with KLU / default', of: inGroup('large'), ...cvode, mean: 5 },
];

/** The goals that the raced problems have a say in. */
export function raceTargets(races: ReadonlyMap<string, readonly Race[]>): Target[] {
  return goals.flatMap(({ what, of, rival, ours, mean, each }) => {
    const problems = [...races].filter(([problem]) => of(problem));
    if (problems.length === 0) return [];
    const found = comparedDigits.map((digits) => ({
      digits,
      ratio: groupRatio(new Map(problems.map(([p, list]) => [p, ratioAt(list, rival, ours, digits)]))),
    }));
    const told = found.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
    return {
      what,
      reach: each === undefined ? `≥ ${mean}` : `≥ ${mean}, each ≥ ${each}`,
      found: found
        .map(({ digits, ratio }) => `${digits} digits: ${ratioText(ratio, problems.length)}`)
        .join('; '),
      met:
        told.length === 0
          ? null
          : told.every((ratio) => ratio.mean >= mean && ratio.least.ratio >= (each ?? 0)),
    };
  });
}

function ratioText(ratio: GroupRatio | null, all: number): string {
  if (ratio === null) return 'not reached';
  const { mean, least, problems } = ratio;
  if (all === 1) return number(mean);
  const count = problems < all ? `, ${problems} of ${all} problems` : '';
  return `${number(mean)} (least ${number(least.ratio)}, ${least.problem}${count})`;
}
