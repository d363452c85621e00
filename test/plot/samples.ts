import type { Figure } from '../../src/plot/index.js';
import {
  concentrationsFigure,
  lossCurveFigure,
  parityFigure,
  timeCourseFigure,
  weightsFigure,
} from '../../src/plot/index.js';

/** Numbers that look like data and are the same in every run: the fractional parts of multiples of the golden ratio. */
const wobble = (i: number): number => ((i * 0.6180339887498949) % 1) - 0.5;
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** One example through a two-phase dual-rail circuit of `n` inputs, in outline. */
export function twoPhases(n: number): {
  times: number[];
  series: { name: string; values: number[] }[];
  phases: { name: string; from: number; to: number }[];
} {
  const first = range(41).map((i) => i * 0.0125);
  const second = range(101).map((i) => 0.5 + i * 0.1);
  const times = [...first, ...second];
  const late = (t: number, i: number) => (i < first.length ? 0 : t - 0.5);
  const make = (name: string, f: (t: number, since: number) => number) => ({
    name,
    values: times.map((t, i) => f(t, late(t, i))),
  });
  const series = range(n).flatMap((k) => [
    make(`X[${k + 1}]+`, (_, s) => (k + 1) * Math.exp(-s)),
    make(`X[${k + 1}]-`, () => 0),
    make(`Z[${k + 1}]+`, (t, s) => (k + 1 + Math.min(t, 0.5)) * Math.exp(-10 * s)),
    make(`Z[${k + 1}]-`, () => 0),
    make(`G[${k + 1}]+`, () => 0),
    make(`G[${k + 1}]-`, (_, s) => s * Math.exp(-2 * s)),
    make(`P[${k + 1}]+`, (_, s) => 0.3 + 0.1 * k + 0.4 * (1 - Math.exp(-s))),
    make(`P[${k + 1}]-`, () => 0),
  ]);
  series.push(
    make('E+', () => 0),
    make('E-', (_, s) => 2 * s * Math.exp(-3 * s)),
    make('Y+', (_, s) => 9.5 * Math.exp(-10 * s)),
    make('Y-', () => 0),
  );
  return {
    times,
    series,
    phases: [
      { name: 'feed-forward', from: 0, to: 0.5 },
      { name: 'learning', from: 0.5, to: 10.5 },
    ],
  };
}

const epochs = range(51);
const loss = epochs.map((i) => 1.6 * Math.exp(-i / 4) + 0.07 + 0.002 * wobble(i));
const targets = range(60).map((i) => 2 + 6 * (wobble(i) + 0.5));
const logTimes = [0, ...range(61).map((i) => 10 ** (-5 + i / 6))];
const phases = twoPhases(2);

/** Every figure of the main jobs and the corners of the description. */
export const SAMPLES: Record<string, Figure> = {
  loss: lossCurveFigure({
    epochs,
    trainLoss: loss.map((l) => l * 1.2),
    validationLoss: loss,
    ideal: { epochs, validationLoss: loss.map((l) => l * 1.01) },
    floor: 0.05,
    unit: 'label units²',
  }),
  'loss of one epoch': lossCurveFigure({ epochs: [0], trainLoss: [5.861], validationLoss: [5.5] }),
  parity: parityFigure({
    before: { target: targets, prediction: targets.map((t, i) => 0.3 * t + wobble(i)) },
    after: { target: targets, prediction: targets.map((t, i) => t + 0.3 * wobble(i)) },
    unit: 'µM',
  }),
  'concentrations, n = 2': concentrationsFigure({ ...phases, unit: 'µM', timeUnit: 's' }),
  'concentrations, n = 4': concentrationsFigure(twoPhases(4)),
  'concentrations, symlog': concentrationsFigure({ ...phases, yScale: 'symlog' }),
  'concentrations, six phases': concentrationsFigure({
    times: range(61),
    series: [{ name: 'A', values: range(61).map((i) => Math.sin(i / 5) + 1) }],
    phases: range(6).map((i) => ({ name: `phase number ${i + 1}`, from: i * 10, to: i * 10 + 10 })),
  }),
  weights: weightsFigure({
    steps: range(301),
    series: range(14).map((k) => ({
      name: `theta[${k}]`,
      values: range(301).map((i) => k / 7 - 1 + (k / 10) * (1 - Math.exp(-i / 80))),
    })),
    ideal: [{ name: 'theta[13]', value: 2.2 }],
  }),
  'time course, log-log': timeCourseFigure({
    species: ['A', 'B', 'C'],
    times: logTimes,
    columns: [
      logTimes.map((t) => 1 / (1 + t / 100)),
      logTimes.map((t) => 3.6e-5 * (1 - Math.exp(-t / 1e-3))),
      logTimes.map((t) => 1 - 1 / (1 + t / 100)),
    ],
    yScale: 'log',
    unit: 'M',
    timeUnit: 's',
  }),
  'time course, tiny values, long names': timeCourseFigure({
    species: range(30).map((k) => `phosphorylated_kinase_complex_${k}`),
    times: range(201).map((i) => i / 10),
    columns: range(30).map((k) => range(201).map((i) => k * 1e-7 * (1 + Math.sin(i / 30 + k)))),
  }),
  'wide tick labels': {
    title: 'Wide tick labels',
    width: 330,
    height: 260,
    x: { label: 'event', scale: 'linear' },
    y: { label: 'count', scale: 'linear' },
    layers: [{ kind: 'line', name: 'a', x: [100_000, 100_000.4], y: [0, 100_000] }],
  },
  'all layers': {
    title: 'All kinds of layers',
    subtitle: 'With a subtitle that has to be broken into several lines. '.repeat(4),
    width: 640,
    height: 420,
    x: { label: 'time', unit: 's', scale: 'linear' },
    y: {
      label: 'signed error, under a label too long for its axis',
      unit: 'mol/L',
      scale: 'symlog',
      domain: [-200, 100],
    },
    layers: [
      { kind: 'band', from: 0, to: 20, label: 'feed-forward' },
      { kind: 'band', from: 20, to: 600, label: 'learning' },
      { kind: 'line', name: 'error', x: [0, 100, 200, 300, 600], y: [-500, 1, null, 2, 80], dash: 'dashdot' },
      { kind: 'points', name: 'samples', x: [100, 200], y: [10, -10], symbol: 'cross' },
      { kind: 'rule', at: { y: 0 }, name: 'zero' },
      { kind: 'rule', at: { x: 300 } },
    ],
  },
};
