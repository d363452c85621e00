import type { Chart, Dash, LineLayer } from '../../src/plot/index.js';
import type { Entry, Race } from './race.js';
import { mergedAttempts } from './ratios.js';

/** Worse answers would stretch the axis and tell nothing. */
const LEAST_DIGITS = 1;

const dashes: Record<Entry['family'], Dash> = {
  wasm: 'solid',
  js: 'dashed',
  npm: 'dotted',
  naive: 'dotted',
  native: 'dashdot',
  'native folded': 'dashdot',
};

/** Variants of ours that differ by method; the others differ by kernels. */
const methods: readonly string[] = ['rodas4', 'rodas5p', 'tsit5', 'bdf'];

/**
 * Work against precision: time of a solve over digits reached, a line a solver, along its tolerances. Lower and further
 * right is better.
 */
function workPrecision(title: string, races: readonly Race[], of: (entry: Entry) => boolean): Chart | null {
  const layers = races[0].entries.filter(of).flatMap(({ name, family }): LineLayer[] => {
    const points = mergedAttempts(races, name)
      .flatMap(({ outcome }) => (outcome.kind === 'done' && outcome.digits >= LEAST_DIGITS ? [outcome] : []))
      // Once a line is where the reference is trusted no further, all its points fall on one digit.
      .filter(({ digits }, i, all) => digits !== all[i - 1]?.digits);
    if (points.length === 0) return [];
    return [
      {
        kind: 'line',
        name,
        x: points.map(({ digits }) => digits),
        y: points.map(({ micros }) => micros),
        dash: dashes[family],
        markers: true,
        ...(name === 'default' ? { width: 2.75 } : {}),
      },
    ];
  });
  if (layers.length === 0) return null;
  return {
    title,
    width: 720,
    height: 480,
    x: { label: 'significant digits', scale: 'linear' },
    y: { label: 'time of a solve', unit: 'µs', scale: 'log' },
    layers,
    legend: { position: 'right' },
  };
}

/** Two figures of a problem: us among rivals, and our methods among themselves. */
export function raceFigures(problem: string, races: readonly Race[]): { name: string; figure: Chart }[] {
  const rivals = workPrecision(
    `Work and precision: ${problem}`,
    races,
    ({ name, family }) => !methods.includes(name) && family !== 'native folded',
  );
  const own = workPrecision(`Methods: ${problem}`, races, ({ name }) => methods.includes(name));
  return [
    ...(rivals === null ? [] : [{ name: `work-precision-${problem}`, figure: rivals }]),
    ...(own === null ? [] : [{ name: `methods-${problem}`, figure: own }]),
  ];
}
