import { rncrn } from '../circuits/index.js';
import { fieldTasks, trainRncrn } from '../learning/index.js';
import { simulate } from '../simulate/inlined.js';
import type { Claim } from './claim.js';
import { peaksOf } from './peaks.js';
import {
  inPart,
  type Measurement,
  sizeClaims,
  type Validation,
  type ValidationContext,
  type ValidationRecipe,
  yes,
} from './validation.js';

/** Courses of the visible species from several starts. */
export interface ShownField {
  title: string;
  times: number[];
  /** By start: each visible species over time. */
  courses: { from: number[]; species: number[][] }[];
}

type FieldName = keyof typeof fieldTasks;
/** What a field's course says of it. */
type Judge = (courses: ShownField['courses'], times: number[]) => Record<string, number>;

/** A row in so many units of time. */
const EVERY = 0.1;
/** Until when courses are drawn; later, a cycle goes over itself. */
const DRAWN = 25;

function recipe(
  title: string,
  name: FieldName,
  { starts, to, seconds }: { starts: readonly (readonly number[])[]; to: number; seconds: number },
  claims: readonly Claim[],
  judged: Judge,
): ValidationRecipe<ShownField> {
  const task = fieldTasks[name];
  const { neurons, beta, points, starts: trainings } = task;
  return {
    title,
    settings: { name, box: task.box, neurons, beta, points, trainings, starts, to },
    claims: [
      {
        name: 'field off by, of its own',
        by: 'mathematics',
        wanted: 0.05,
        tolerance: { kind: 'atMost' },
      },
      ...claims,
    ],
    seconds,
    async measure(seed, { engine, signal, onProgress }: ValidationContext) {
      const { settings, rmse, scale } = await trainRncrn(task, {
        ...{ neurons, beta: [...beta], points, starts: trainings, seed },
        ...(signal && { signal }),
      });
      onProgress?.(0.5);
      const times = Array.from({ length: Math.round(to / EVERY) + 1 }, (_, k) => k * EVERY);
      const courses: ShownField['courses'] = [];
      const { counts } = rncrn(settings);
      for (const [k, start] of starts.entries()) {
        const { network, visible } = rncrn({ ...settings, start });
        const run = await simulate(network, {
          to,
          saveAt: times,
          ...(engine && { engine }),
          ...(signal && { signal }),
        });
        courses.push({ from: [...start], species: visible.map((species) => [...run.column(species)]) });
        onProgress?.(0.5 + (0.5 * (k + 1)) / starts.length);
      }
      const { species, reactions } = counts;
      const drawn = (values: readonly number[]) =>
        values.filter((_, row) => times[row] <= DRAWN).map((value) => Number(value.toPrecision(5)));
      const measurement: Measurement<ShownField> = {
        values: {
          'field off by, of its own': rmse / scale,
          species,
          reactions,
          ...judged(courses, times),
        },
        size: counts,
        shown: {
          title: task.title,
          times: drawn(times),
          courses: courses.map((one) => ({ ...one, species: one.species.map(drawn) })),
        },
      };
      return measurement;
    },
  };
}

const last = (values: readonly number[]): number => values[values.length - 1];

/** Where the field rests, and the threshold between. */
const [LOW, THRESHOLD, HIGH] = [1, 3, 5];

/** Of a value that the field itself has. */
const near = (name: string, wanted: number, by: number): Claim => ({
  name,
  by: 'mathematics',
  wanted,
  tolerance: { kind: 'within', by, relative: true },
});

/** Half of the time, in which a course comes to its cycle. */
const settledFrom = (times: readonly number[]) => times.length >> 1;

/** Radius and period of the cycle around (5, 5), which all starts ought to come to. */
const cycles: Judge = (courses, times) => {
  const from = settledFrom(times);
  const measured = courses.map(({ species: [x, y] }) => {
    const rows = Array.from({ length: times.length - from }, (_, k) => from + k);
    const radii = rows.map((row) => Math.sqrt((x[row] - 5) ** 2 + (y[row] - 5) ** 2));
    const peaks = peaksOf(x.slice(from), 5);
    const period = ((peaks[peaks.length - 1] - peaks[0]) * EVERY) / (peaks.length - 1);
    return { radius: radii.reduce((a, b) => a + b, 0) / radii.length, period };
  });
  const [inside, outside] = measured;
  return {
    'radius, from inside': inside.radius,
    'radius, from outside': outside.radius,
    period: inside.period,
  };
};

/** Recurrent neural reaction networks trained anew for every seed. */
export const rncrnFields: Validation<ShownField> = {
  title: 'recurrent neural reaction networks trained to follow a field',
  system: 'rncrn',
  origin: 'authors',
  source: 'Dack, Qureshi, Ouldridge & Plesa, arXiv 2406.03456',
  seedOf: 'starting weights of the digital training',
  standard: 'bistable',
  recipes: {
    bistable: recipe(
      'one species that rests at 1 or at 5, with a threshold at 3; three neurons',
      'bistable',
      { starts: [[0.4], [2.8], [3.2], [6]], to: 60, seconds: 1 },
      [
        near('rest from 0.4', LOW, 0.02),
        near('rest from 2.8', LOW, 0.02),
        near('rest from 3.2', HIGH, 0.02),
        near('rest from 6', HIGH, 0.02),
        inPart('starts on their sides', 1),
        ...sizeClaims(4, 16, 'mathematics'),
      ],
      (courses) => ({
        ...Object.fromEntries(courses.map(({ from, species: [x] }) => [`rest from ${from[0]}`, last(x)])),
        'starts on their sides': yes(
          courses.every(({ from, species: [x] }) => from[0] > THRESHOLD === last(x) > THRESHOLD),
        ),
      }),
    ),
    hopf: recipe(
      'two species on a limit cycle of radius 2 around 5, 5; six neurons',
      'hopf',
      {
        starts: [
          [4.8, 5],
          [7.4, 5],
        ],
        to: 100,
        seconds: 5,
      },
      [
        near('radius, from inside', 2, 0.05),
        near('radius, from outside', 2, 0.05),
        near('period', 2 * Math.PI, 0.05),
        // The authors' file for two visible species and six neurons has as many.
        ...sizeClaims(8, 44),
      ],
      cycles,
    ),
  },
};
