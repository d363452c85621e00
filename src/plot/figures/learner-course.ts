import { checkFigure, finiteValues } from '../check.js';
import type { Chart, Layer } from '../figure.js';
import { PALETTE } from '../palette.js';

export interface LearnerCourseData {
  /** Steps, counted from 1. */
  steps: ArrayLike<number>;
  /** Σ|y − a| of the chemistry in each step. */
  error: ArrayLike<number>;
  /** The same of its ideal twin. */
  twin: ArrayLike<number>;
  /** Which part of a step the chemistry made, from 0 to 1; drawn where it is ever less than 1. */
  going?: ArrayLike<number>;
  /** Where it stops itself. */
  tolerance?: number;
  /** Default `'Error during learning'`. */
  title?: string;
}

/** The error of a learner's steps beside its ideal twin's, and the latch by which it stops itself. */
export function learnerCourseFigure(data: LearnerCourseData): Chart {
  const x = finiteValues('steps', data.steps);
  const error = finiteValues('error', data.error, x.length);
  const twin = finiteValues('twin', data.twin, x.length);
  const going = data.going && finiteValues('going', data.going, x.length);
  const layers: Layer[] = [
    { kind: 'line', name: 'chemistry', x, y: error, color: PALETTE[0], width: 2.25 },
    { kind: 'line', name: 'ideal twin', x, y: twin, color: '#000000', dash: 'dashed' },
  ];
  if (going?.some((part) => part < 1)) {
    layers.push({
      kind: 'line',
      name: 'part of the step made',
      x,
      y: going,
      color: PALETTE[1],
      dash: 'dotted',
    });
  }
  if (data.tolerance !== undefined && data.tolerance > 0) {
    layers.push({
      kind: 'rule',
      at: { y: data.tolerance },
      name: 'tolerance',
      color: '#555555',
      dash: 'dashdot',
    });
  }
  const figure: Chart = {
    title: data.title ?? 'Error during learning',
    width: 640,
    height: 400,
    x: { label: 'step', scale: 'linear', integer: true },
    y: { label: 'Σ|y − a| of the step', scale: 'linear' },
    layers,
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return figure;
}

export interface DifferenceData {
  /** From left to right: a name and a value > 0 for each seed. */
  columns: readonly { name: string; values: ArrayLike<number> }[];
  /** Default `'Difference from the ideal twin'`. */
  title?: string;
  /** Of the vertical axis. Default `'largest |w − w_twin|'`. */
  label?: string;
}

/** A dot for each seed over each name, on a logarithmic axis, with a line through the medians. */
export function differenceFigure({ columns, title, label }: DifferenceData): Chart {
  const dots = { x: [] as number[], y: [] as number[] };
  const medians: number[] = columns.map(({ name, values }, c) => {
    const sorted = [...finiteValues(name, values)].sort((a, b) => a - b);
    for (const value of sorted) {
      dots.x.push(c);
      dots.y.push(value);
    }
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  });
  const figure: Chart = {
    title: title ?? 'Difference from the ideal twin',
    width: 640,
    height: 400,
    x: {
      label: 'recipe',
      scale: 'linear',
      domain: [-0.5, columns.length - 0.5],
      ticks: columns.map(({ name }, value) => ({ value, label: name })),
    },
    y: { label: label ?? 'largest |w − w_twin|', scale: 'log' },
    layers: [
      { kind: 'line', name: 'median', x: medians.map((_, c) => c), y: medians, color: PALETTE[0] },
      { kind: 'points', name: 'seeds', ...dots, color: PALETTE[1] },
    ],
    legend: { position: 'top' },
  };
  checkFigure(figure);
  return figure;
}
