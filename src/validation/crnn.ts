import { countsOf } from '../circuits/index.js';
import { discover } from '../discover/index.js';
import type { Network } from '../network/index.js';
import { simulate } from '../simulate/inlined.js';
import type { Claim } from './claim.js';
import { fourChanges, fourConstants, fourCourses } from './four-reactions.js';
import { inPart, type Validation, type ValidationContext, type ValidationRecipe, yes } from './validation.js';

/** One run that was measured, and that of the reactions that were found. */
export interface ShownDiscovery {
  reactions: string[];
  times: number[];
  species: { name: string; values: number[]; measured: number[] }[];
}

interface Settings {
  courses: number;
  points: number;
  noise: number;
  /** Reactions that are looked for. */
  reactions: number;
}

const FOUND = 'the four reactions and no other';
const PRUNED = 'reactions pruned';
const constantOf = (reaction: string) => `k of ${reaction}`;

const rounded = (value: number) => Number(value.toPrecision(5));

function recipe(
  title: string,
  settings: Settings,
  { off, seconds, listed = true }: { off: number; seconds: number; listed?: boolean },
): ValidationRecipe<ShownDiscovery> {
  const claims: Claim[] = [
    inPart(FOUND, 0.9, 'ours'),
    ...fourChanges.map(
      (reaction): Claim => ({
        name: constantOf(reaction),
        by: 'authors',
        wanted: fourConstants[reaction],
        tolerance: { kind: 'within', by: off, relative: true },
      }),
    ),
    {
      name: PRUNED,
      by: 'mathematics',
      wanted: settings.reactions - fourChanges.length,
      tolerance: { kind: 'within', by: 0 },
    },
  ];
  return {
    title,
    listed,
    settings,
    claims,
    seconds,
    async measure(seed, { signal, onProgress }: ValidationContext) {
      const { reactions: asked, ...data } = settings;
      const experiments = await fourCourses(seed, data);
      const { network, reactions, pruned } = await discover(experiments, {
        reactions: asked,
        seed,
        ...(signal && { signal }),
        ...(onProgress && { onProgress: ({ fraction }) => onProgress(fraction) }),
      });
      signal?.throwIfAborted();
      const found = reactions.map(({ reaction }) => reaction).sort();
      // What was not found has a constant of 0.
      const constants = fourChanges.map((reaction) => [
        constantOf(reaction),
        reactions.find((one) => one.reaction === reaction)?.constant ?? 0,
      ]);
      return {
        values: {
          [FOUND]: yes(found.join() === [...fourChanges].sort().join()),
          ...Object.fromEntries(constants),
          [PRUNED]: pruned,
        },
        size: countsOf(network),
        shown: await shownOf(
          network,
          reactions.map(({ reaction, constant }) => `${reaction} (${constant.toPrecision(3)})`),
          experiments[0],
        ),
      };
    },
  };
}

async function shownOf(
  network: Network,
  reactions: string[],
  { initial = {}, times, values }: Awaited<ReturnType<typeof fourCourses>>[number],
): Promise<ShownDiscovery> {
  const at = Array.from(times);
  const run = await simulate(network, { initial, to: at[at.length - 1], saveAt: at });
  return {
    reactions,
    times: at.map(rounded),
    species: Object.entries(values).map(([name, measured]) => ({
      name,
      values: [...run.column(name)].map(rounded),
      measured: Array.from(measured).map(rounded),
    })),
  };
}

const NOISE = 0.05;

/** Reactions learned anew from every seed's measurements. */
export const crnnReactions: Validation<ShownDiscovery> = {
  title: 'four reactions learned from concentrations with 5 % noise: Ji & Deng’s first case, our search',
  system: 'crnn',
  origin: 'authors',
  source: 'Ji & Deng, J. Phys. Chem. A 125 (2021) 1082–1092',
  seedOf: 'starts of the runs, noise, and weights to begin with',
  standard: 'six-runs',
  takesEngine: false,
  recipes: {
    'six-runs': recipe(
      'six runs of 25 times',
      { courses: 6, points: 25, noise: NOISE, reactions: 4 },
      { off: 0.02, seconds: 15 },
    ),
    'six-reactions': recipe(
      'the same, looking for six reactions, of which two are to go',
      { courses: 6, points: 25, noise: NOISE, reactions: 6 },
      { off: 0.02, seconds: 30 },
    ),
    'twenty-runs': recipe(
      'twenty runs of 100 times, as many as the authors have',
      { courses: 20, points: 100, noise: NOISE, reactions: 4 },
      { off: 0.01, seconds: 120, listed: false },
    ),
  },
};
