import type { Figure, HtmlPageData } from '../../src/plot/index.js';
import {
  accuracyStripFigure,
  concentrationsFigure,
  confusionFigure,
  dataFigure,
  decisionMapFigure,
  lossBandFigure,
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

/** XOR over the unit square, half understood: `side` is the truth, `guess` what a trained circuit says. */
const side = (x: number, y: number): number => Number(x >= 0.5 !== y >= 0.5);
const guess = (x: number, y: number): number => 0.5 - 1.6 * (x - 0.44 - 0.2 * y * y) * (y - 0.53 + 0.1 * x);
const unit = range(40).map((i) => i / 39);
const onGrid = <T>(xs: number[], ys: number[], f: (x: number, y: number) => T): T[] =>
  ys.flatMap((y) => xs.map((x) => f(x, y)));
/** Two incommensurate steps fill the square evenly. */
const spot = (i: number) => ({ x: wobble(i + 1) + 0.5, y: (i * 0.7548776662466927) % 1 });
const spots = range(101).map(spot);

const petals = range(150).map((i) => {
  const label = Math.floor(i / 50);
  return {
    x: [1.46, 4.26, 5.55][label] + 1.4 * wobble(i) * (label + 0.5) * 0.6,
    y: [0.25, 1.33, 2.03][label] + 0.6 * wobble(i * 7 + 3),
    label,
  };
});
const petalGrid = { x: range(60).map((i) => 0.5 + i * 0.11), y: range(40).map((i) => i * 0.07) };

const seeds = (n: number, f: (seed: number, epoch: number) => number): number[][] =>
  range(n).map((seed) => epochs.map((epoch) => f(seed, epoch)));
const seedLoss = (seed: number, epoch: number): number =>
  (0.9 + wobble(seed * 3 + 1)) * Math.exp(-epoch / (5 + 6 * (wobble(seed) + 0.5))) +
  0.05 * (1 + 0.5 * wobble(seed * 5)) * (1 + 0.1 * wobble(epoch + seed));

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
  'decision map, two classes': decisionMapFigure({
    x: unit,
    y: unit,
    scores: onGrid(unit, unit, guess),
    truth: onGrid(unit, unit, side),
    points: spots.map((p) => ({ ...p, label: side(p.x, p.y) })),
    labels: ['0', '1'],
    title: 'XOR, seed 0: predicted class over the plane',
    xLabel: 'x₁',
    yLabel: 'x₂',
  }),
  'decision map, three classes, wide': decisionMapFigure({
    ...petalGrid,
    scores: [0, 1, 2].map((k) =>
      onGrid(
        petalGrid.x,
        petalGrid.y,
        (x, y) => -((x - [1.46, 4.26, 5.55][k]) ** 2) - (y - [0.25, 1.33, 2.03][k]) ** 2,
      ),
    ),
    points: petals,
    labels: ['setosa', 'versicolor', 'virginica'],
    xLabel: 'petal length (cm)',
    yLabel: 'petal width (cm)',
  }),
  'decision map, five classes with holes': decisionMapFigure({
    x: unit,
    y: unit,
    classes: onGrid(unit, unit, (x, y) =>
      Math.hypot(x - 0.5, y - 0.5) > 0.5
        ? null
        : Math.floor(2.49 + (2.49 * Math.atan2(y - 0.47, x - 0.5)) / 3.15),
    ),
    truth: onGrid(unit, unit, (x, y) => Math.floor(2.49 + (2.49 * Math.atan2(y - 0.5, x - 0.55)) / 3.15)),
    points: range(40).map((i) => ({ ...spot(i), label: i % 5 })),
    labels: ['first', 'second', 'third', 'fourth', 'fifth'],
    xLabel: 'x₁',
    yLabel: 'x₂',
  }),
  'confusions of three classes': confusionFigure({
    counts: [
      [10, 0, 0],
      [0, 9, 1],
      [0, 2, 1208],
    ],
    labels: ['setosa', 'versicolor', 'virginica'],
    what: 'validation examples',
  }),
  'confusions of two classes with long names': confusionFigure({
    counts: [
      [3, 4],
      [0, 5],
    ],
    labels: ['phosphorylated kinase complex at the membrane', 'unphosphorylated kinase'],
  }),
  'confusions of fifty classes': confusionFigure({
    counts: range(50).map((k) => range(50).map((c) => Math.max(0, Math.round(9 - (k - c) ** 2 * 3)))),
    labels: range(50).map((k) => `class ${k}`),
  }),
  'loss band of ten seeds': lossBandFigure({
    epochs,
    runs: seeds(10, seedLoss),
    train: seeds(10, (seed, epoch) => 1.15 * seedLoss(seed, epoch)),
    reference: [
      { label: 'ideal twin', value: 0.049 },
      { label: 'authors', value: 0.0637 },
    ],
    title: 'E5 XOR: loss over ten seeds',
  }),
  'loss band of one seed, one epoch': lossBandFigure({ epochs: [0], runs: [[0.4]] }),
  'loss band that touches zero': lossBandFigure({
    epochs,
    runs: seeds(3, (seed, epoch) => Math.max(0, 2 - epoch / (12 + seed))),
  }),
  'data of two classes': dataFigure({
    points: spots.map((p) => ({ ...p, label: side(p.x, p.y) })),
    labels: ['0', '1'],
    title: 'XOR: training data',
  }),
  'data of a regression': dataFigure({
    points: spots.map(({ x, y }) => ({ x: 2 * x, y: 2 * y, label: Math.sin(2 * x) + 4 * y * y })),
    targetLabel: 'y = sin x₁ + x₂²',
    unit: 'µM',
  }),
  'data of a regression, negative and tiny': dataFigure({
    points: range(30).map((i) => ({ ...spot(i), label: 1e-7 * wobble(i) })),
  }),
  'data of one example': dataFigure({ points: [{ x: 1, y: 2, label: -3 }] }),
  'accuracy strip': accuracyStripFigure({
    rows: [
      ['E2 linear, 2P-const', 92, 94.4, 1.5],
      ['E5 XOR, 2P-exact, authors’ settings', 84, 84.7, 14],
      ['E5 rings, 2P-leaky', 78, undefined, 16],
      [
        'E6 XOR, network R, improved settings and a name that is far too long for its row',
        98.6,
        undefined,
        2.6,
      ],
      ['E8 Iris', 97, undefined, 0],
      ['negative control: constant adjoint on full Θ, XOR', 51, 53.3, 6],
    ].map(([name, centre, reference, width], r) => ({
      name: name as string,
      values: range(10).map((i) => (centre as number) + (width as number) * wobble(i + 11 * r + 1)),
      ...(reference === undefined ? {} : { reference: reference as number }),
    })),
    title: 'Grid accuracy of every seed',
  }),
  'accuracy strip of one row': accuracyStripFigure({
    rows: [{ name: 'E1', values: [0.12, 0.12, 0.12] }],
    unit: 'label units²',
    label: 'loss',
  }),
};

/** A page with everything a page may have; the same figure occurs twice, so that ids would clash. */
export const PAGE = (draw: (figure: Figure) => string): HtmlPageData => ({
  title: 'Neural CRNs <reproduced>',
  intro: 'Every experiment over ten seeds & more.\n\nA second paragraph.',
  sections: [
    {
      title: 'Summary',
      text: 'Medians over seeds 0–9.',
      table: {
        columns: ['experiment', 'species', 'reactions', 'authors’ figure', 'ours, median (range)'],
        rows: [
          ['E1', 14, 20, null, '0.13 (0.12–0.15)'],
          ['E5 "XOR" <cubic>', 30, 54, 84.7, '86.0 % (75–93)'],
          ['change', -2, 0, null, ''],
        ],
      },
      figures: [draw(SAMPLES['accuracy strip'])],
    },
    {
      title: 'E5 XOR & rings',
      figures: [
        'data of two classes',
        'decision map, two classes',
        'loss band of ten seeds',
        'all layers',
        'all layers',
        'concentrations, n = 2',
        'weights',
      ].map((name) => draw(SAMPLES[name])),
    },
  ],
});
