import { groupOf } from '../problems.js';
import { inProcesses } from '../processes.js';
import { number, time, tolerance } from '../report/format.js';
import type { Target } from '../report/result.js';
import type { Table } from '../report/table.js';
import { median } from '../statistics.js';
import { orAbsent } from './or-absent.js';
import { raced } from './solvers.js';
import type { Run, Suite } from './suite.js';

const SIZES = [3, 10, 30, 100];
const VARIANTS = ['default', 'interpreted', 'JS engine'] as const;
const RTOL = 1e-6;
/** Seconds of 50 epochs of 50 samples. */
const LEARNING_GOAL = 0.3;

/** Median over processes of what each variant takes; null where this build lacks it. */
type Times = Record<(typeof VARIANTS)[number], number | null>;

async function ofVariants(measure: (variant: string) => Promise<number[]>): Promise<Times> {
  const times = {} as Times;
  for (const variant of VARIANTS) {
    const found = await orAbsent(() => measure(variant));
    times[variant] = typeof found === 'string' ? null : median(found);
  }
  return times;
}

const over = (times: Times, slow: keyof Times, quick: keyof Times): string =>
  times[slow] === null || times[quick] === null ? '–' : number(times[slow] / times[quick]);

async function steps({ effort, say }: Run): Promise<{ table: Table; data: Record<string, Times> }> {
  const data: Record<string, Times> = {};
  for (const inputs of effort.quick ? SIZES.slice(0, 1) : SIZES) {
    say(`training step, ${inputs} inputs`);
    data[inputs] = await ofVariants(async (variant) => {
      const found = await inProcesses(effort.processes, 'trainingStep', {
        inputs,
        variant,
        rtol: RTOL,
        effort,
      });
      return found.map(({ micros }) => micros);
    });
  }
  return {
    data,
    table: {
      title: `Two-phase training steps (constant adjoint, diagonal, dual rails), rtol ${tolerance(RTOL)}`,
      head: ['inputs', 'default', 'steps/s', 'interpreted', 'JS engine', 'JS engine / default'],
      rows: Object.entries(data).map(([inputs, times]) => [
        inputs,
        ...(times.default === null ? ['–', '–'] : [time(times.default), number(1e6 / times.default)]),
        times.interpreted === null ? '–' : time(times.interpreted),
        times['JS engine'] === null ? '–' : time(times['JS engine']),
        over(times, 'JS engine', 'default'),
      ]),
    },
  };
}

async function learning({ effort, say }: Run): Promise<{ table: Table; target: Target; data: object }> {
  const data: Record<string, Times> = {};
  for (const rails of ['positive', 'dual'] as const) {
    say(`learning, ${rails} rails`);
    data[rails] = await ofVariants((variant) =>
      inProcesses(effort.processes, 'learning', { variant, rails, effort }),
    );
  }
  const slowest = Math.max(...Object.values(data).map((times) => times.default ?? Number.NaN)) / 1000;
  return {
    data,
    table: {
      title: 'Learning: linear regression with three inputs, 50 epochs of 50 samples',
      head: ['rails', 'default', 'interpreted', 'JS engine', 'JS engine / default'],
      rows: Object.entries(data).map(([rails, times]) => [
        rails,
        ...VARIANTS.map((variant) => (times[variant] === null ? '–' : `${number(times[variant])} ms`)),
        over(times, 'JS engine', 'default'),
      ]),
    },
    target: {
      what: 'learning, 50 samples × 50 epochs, three inputs',
      reach: `≤ ${LEARNING_GOAL} s`,
      found: `${number(slowest)} s with the slower of positive and dual rails`,
      met: Number.isNaN(slowest) ? null : slowest <= LEARNING_GOAL,
    },
  };
}

/** Forward stages against the rivals, and what learning costs. */
export const neural: Suite = async (run) => {
  const forward = await raced(run, (problem) => groupOf(problem) === 'neural');
  const step = await steps(run);
  const whole = await learning(run);
  return {
    title: 'Neural networks',
    intro:
      'The forward stage of dual-rail networks of n inputs with a full matrix, 2n² + 4n + 2 species of which all but 2n ' +
      'are held: rivals solve for all of them, and `folded` ones get our folding. Then training steps and whole trainings.',
    tables: [...forward.tables, step.table, whole.table],
    targets: [...forward.targets, whole.target],
    notes: forward.notes,
    figures: forward.figures,
    data: { forward: forward.data, steps: step.data, learning: whole.data },
  };
};
