import type { Chart } from '../../src/plot/index.js';
import { type GrowthTimes, growing } from '../measure/growth.js';
import { inProcesses } from '../processes.js';
import { count, number, time, tolerance } from '../report/format.js';
import type { Table } from '../report/table.js';
import { fittedExponent, median } from '../statistics.js';
import type { Run, Suite } from './suite.js';

const INPUTS = [1, 3, 10, 30, 100, 300];
/** Below, what a step costs whatever its size hides the growth. */
const FITTED_FROM = 10;
/** Of the cost of a training step in the inputs. */
const GOAL = 1.1;
const RTOL = 1e-6;
/** In a quick run: small, small. */
const QUICK_SIZES = 2;

interface Series {
  name: string;
  x: number[];
  y: number[];
}

const loglog = (title: string, label: string, series: Series[]): Chart => ({
  title,
  width: 640,
  height: 420,
  x: { label, scale: 'log' },
  y: { label: 'time', unit: 'µs', scale: 'log' },
  layers: series.map(({ name, x, y }) => ({ kind: 'line', name, x, y, markers: true })),
  legend: { position: 'right' },
});

interface Step {
  inputs: number;
  species: number;
  reactions: number;
  micros: number;
}

async function trainingSteps({ effort, say }: Run): Promise<Step[]> {
  const steps: Step[] = [];
  for (const inputs of effort.quick ? INPUTS.slice(0, QUICK_SIZES) : INPUTS) {
    say(`training step, ${inputs} inputs`);
    const order = { inputs, variant: 'default', rtol: RTOL, effort };
    const found = await inProcesses(effort.processes, 'trainingStep', order);
    const { species, reactions } = found[0];
    steps.push({ inputs, species, reactions, micros: median(found.map(({ micros }) => micros)) });
  }
  return steps;
}

const COSTS = ['parse', 'compile', 'solve', 'step'] as const;

async function growth({ effort, say }: Run, family: keyof typeof growing): Promise<GrowthTimes[]> {
  const times: GrowthTimes[] = [];
  const { sizes } = growing[family];
  for (const size of effort.quick ? sizes.slice(0, QUICK_SIZES) : sizes) {
    say(`${family} of size ${size}`);
    const found = await inProcesses(effort.processes, 'growth', { family, size, effort });
    const middle = Object.fromEntries(COSTS.map((cost) => [cost, median(found.map((one) => one[cost]))]));
    times.push({ ...found[0], ...middle });
  }
  return times;
}

function stepsTable(steps: readonly Step[], exponent: number): Table {
  return {
    title: `A training step by its inputs, rtol ${tolerance(RTOL)}`,
    head: ['inputs', 'species', 'reactions', 'a step', 'a step and input'],
    rows: [
      ...steps.map(({ inputs, species, reactions, micros }) => [
        String(inputs),
        count(species),
        count(reactions),
        time(micros),
        time(micros / inputs),
      ]),
      [`exponent from ${FITTED_FROM} inputs`, '', '', number(exponent), ''],
    ],
  };
}

function growthTable(title: string, times: readonly GrowthTimes[]): Table {
  const species = times.map((one) => one.species);
  return {
    title,
    head: [
      'species',
      'reactions',
      'unknowns',
      'entries of L + U',
      'parse',
      'compile',
      'solve',
      'one step of it',
    ],
    rows: [
      ...times.map((one) => [
        count(one.species),
        count(one.reactions),
        count(one.unknowns),
        count(one.fill),
        ...COSTS.map((cost) => time(one[cost])),
      ]),
      [
        'exponent',
        '',
        '',
        '',
        ...COSTS.map((cost) =>
          number(
            fittedExponent(
              species,
              times.map((one) => one[cost]),
            ),
          ),
        ),
      ],
    ],
  };
}

/** How cost grows with a network: fitted exponents. */
export const scaling: Suite = async (run) => {
  const steps = await trainingSteps(run);
  const brusselators = await growth(run, 'bruss1d');
  const forward = await growth(run, 'neural');
  const large = steps.filter(({ inputs }) => inputs >= FITTED_FROM);
  const fitted = large.length >= 2 ? large : steps;
  const exponent = fittedExponent(
    fitted.map(({ inputs }) => inputs),
    fitted.map(({ micros }) => micros),
  );
  const bySpecies = (times: readonly GrowthTimes[]) =>
    COSTS.map((cost) => ({
      name: cost,
      x: times.map((one) => one.species),
      y: times.map((one) => one[cost]),
    }));
  return {
    title: 'Scaling',
    intro:
      'Cost against size. The training step is that of the constant-adjoint diagonal circuit with dual rails, both phases ' +
      'with their doses. The diffusing Brusselator keeps all its species unknown; the neural forward stage folds to 2n.',
    tables: [
      stepsTable(steps, exponent),
      growthTable('Diffusing Brusselator', brusselators),
      growthTable('Neural forward stage', forward),
    ],
    targets: [
      {
        what: `exponent of a training step in its inputs, ${FITTED_FROM} to ${INPUTS.at(-1)}`,
        reach: `≤ ${GOAL}`,
        found: large.length >= 2 ? number(exponent) : 'too few sizes',
        met: large.length >= 2 ? exponent <= GOAL : null,
      },
    ],
    notes: [],
    figures: [
      {
        name: 'scaling-training-step',
        figure: loglog('A training step by its inputs', 'inputs', [
          { name: 'training step', x: steps.map((s) => s.inputs), y: steps.map((s) => s.micros) },
        ]),
      },
      {
        name: 'scaling-bruss1d',
        figure: loglog('Diffusing Brusselator by its species', 'species', bySpecies(brusselators)),
      },
      {
        name: 'scaling-neural',
        figure: loglog('Neural forward stage by its species', 'species', bySpecies(forward)),
      },
    ],
    data: { steps, bruss1d: brusselators, neural: forward },
  };
};
