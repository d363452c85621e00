import { checkFigure, finiteValues } from '../check.js';
import type { Panel, Panels } from '../figure.js';
import { extent, subtitle, unitOf } from './series.js';

export interface Pairs {
  target: ArrayLike<number>;
  prediction: ArrayLike<number>;
}

export interface ParityData {
  before: Pairs;
  after: Pairs;
  /** What is predicted. Default `'y'`. */
  label?: string;
  unit?: string;
  /** Default `'Predictions before and after training'`. */
  title?: string;
}

/** Room around the points, as a part of the axes' length. */
const ROOM = 0.05;

/**
 * Prediction against target, before and after training side by side on the same equal axes, with the line where they
 * agree. R² = 1 − Σe²/Σ(y − ȳ)² is worked out from the pairs given.
 */
export function parityFigure(data: ParityData): Panels {
  const sets = [
    { name: 'before training', color: '#d55e00', ...checkedPairs('before', data.before) },
    { name: 'after training', color: '#0072b2', ...checkedPairs('after', data.after) },
  ];
  const [low, high] = extent(sets.flatMap((s) => [...s.target, ...s.prediction]));
  const room = high > low ? (high - low) * ROOM : Math.max(1, Math.abs(low)) / 2;
  const domain: [number, number] = [low - room, high + room];
  const label = data.label ?? 'y';
  const panels = sets.map(
    (set, i): Panel => ({
      title: `${i === 0 ? 'Before' : 'After'} training: ${rSquaredText(set.target, set.prediction)}`,
      x: { label: `target ${label}`, ...unitOf(data.unit), scale: 'linear', domain },
      y: {
        label: i === 0 ? `predicted ${label}` : '',
        ...(i === 0 ? unitOf(data.unit) : {}),
        scale: 'linear',
        domain,
      },
      layers: [
        { kind: 'rule', at: 'identity', name: 'prediction = target' },
        { kind: 'points', name: set.name, x: set.target, y: set.prediction, color: set.color },
      ],
      legend: 'none',
      square: true,
    }),
  );
  const figure: Panels = {
    title: data.title ?? 'Predictions before and after training',
    ...subtitle(examplesNote(sets[0].target.length, sets[1].target.length)),
    width: 640,
    height: 400,
    columns: 2,
    panels,
    legend: {
      position: 'top',
      entries: [
        ...sets.map(({ name, color }) => ({ label: name, swatches: [{ kind: 'point' as const, color }] })),
        { label: 'prediction = target', swatches: [{ kind: 'line', color: '#555555', dash: 'dashed' }] },
      ],
    },
  };
  checkFigure(figure);
  return figure;
}

function examplesNote(before: number, after: number): string {
  return before === after ? `${before} examples.` : `${before} examples before, ${after} after training.`;
}

function checkedPairs(name: string, pairs: Pairs): { target: number[]; prediction: number[] } {
  const target = finiteValues(`${name}.target`, pairs.target);
  return { target, prediction: finiteValues(`${name}.prediction`, pairs.prediction, target.length) };
}

function rSquaredText(target: number[], prediction: number[]): string {
  const mean = target.reduce((a, b) => a + b, 0) / target.length;
  const total = target.reduce((a, t) => a + (t - mean) ** 2, 0);
  if (total === 0) return 'R² undefined (all targets equal)';
  const error = target.reduce((a, t, i) => a + (t - prediction[i]) ** 2, 0);
  const value = 1 - error / total;
  return `R² = ${value < -999 ? value.toExponential(1) : roundDown(value).toFixed(3)}`.replace('-', '−');
}

/** An R² below 1 must not be rounded up to it. */
const roundDown = (value: number): number => (value < 1 ? Math.min(value, 0.999) : value);
